import { describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { forget } from "../../src/flow/forget.js";
import { unregisteredActivity } from "../../src/flow/register/unregistered.js";
import { sweep } from "../../src/flow/retain.js";
import { pushApp, pushToken } from "./push-app.js";

const output = (id: string, text = "Dear Anna, here is our offer.") =>
  JSON.stringify({ id, output: text, model: "ridge-large-3" });

/** How long what is registered is kept: not of matter here. */
const plan = {
  bodiesMs: 100 * dayMs,
  verdictsMs: 400 * dayMs,
  messagesMs: 90 * dayMs,
  of: () => ({ bodiesMs: 100 * dayMs, verdictsMs: 400 * dayMs }),
};

describe("outputs under a name nobody registered", () => {
  it("are refused, counted and kept redacted where the sender shows a known token", async () => {
    const { push, ground, ask } = await pushApp();
    const answer = await push(output("1", "Pay to DE89 3704 0044 0532 0130 00"), {}, "sales-drafts");
    expect(answer).toMatchObject({ status: 404, json: { error: "automation-unknown" } });
    expect(answer.json.message).toContain("noted as unregistered activity");
    await push(output("2"), {}, "sales-drafts");
    const [found] = unregisteredActivity(ground).names;
    expect(found).toMatchObject({
      name: "sales-drafts",
      sender: "replies",
      requests: 2,
      outputs: 2,
      kept: 2,
      model: "ridge-large-3",
      fields: "id, output, model",
    });
    expect(JSON.stringify(ground.store.unregistered.textsOf(found?.id ?? 0, 9))).toContain("[iban]");
    const { text } = await ask("/register");
    expect(text).toContain("Sends outputs, not registered");
    expect(text).toContain("<b>sales-drafts</b>");
    expect(text).toContain("PUSH_TOKEN_SALES_DRAFTS");
  });

  it("leave a stranger's name and nothing of what it sent", async () => {
    const { ask, ground } = await pushApp();
    for (const headers of [{}, { authorization: "Bearer guessed" }]) {
      const init = { method: "POST", body: output("1", "stranger's words"), headers };
      expect((await ask("/v1/outputs/guessed", init)).status).toBe(404);
    }
    const [found] = unregisteredActivity(ground).names;
    expect(found).toMatchObject({
      name: "guessed",
      sender: null,
      requests: 2,
      outputs: 0,
      kept: 0,
      model: null,
    });
  });

  it("never fill the disk: names and texts end at their limits, and what was dropped is counted", async () => {
    const { push, ask, ground, time } = await pushApp();
    for (let index = 0; index < 30; index += 1) await push(output(`${index}`, "x".repeat(9_000)), {}, "one");
    for (let index = 0; index < 130; index += 1) {
      time.monotonic += 60_000;
      await push(output("1"), {}, `known-${index}`);
      await ask(`/v1/outputs/stranger-${index}`, { method: "POST", body: output("1") });
    }
    const { names, dropped } = unregisteredActivity(ground);
    expect(names.filter(({ sender }) => sender !== null)).toHaveLength(100);
    expect(names.filter(({ sender }) => sender === null)).toHaveLength(20);
    expect(dropped).toBe(31 + 110);
    const one = names.find(({ name }) => name === "one");
    expect(one).toMatchObject({ outputs: 30, kept: 20 });
    const texts = ground.store.unregistered.textsOf(one?.id ?? 0, 99);
    expect(Math.max(...texts.map(({ text }) => text.length))).toBeLessThanOrEqual(2_000);
    expect(Buffer.byteLength((await ask("/register")).text)).toBeLessThan(50_000);
  });

  it("go by age: texts after 30 days, names after 90 without another word", async () => {
    const { push, ground, time } = await pushApp();
    await push(output("1"), {}, "sales-drafts");
    const { signal } = new AbortController();
    time.now += 31 * dayMs;
    await sweep(ground, plan, signal);
    expect(unregisteredActivity(ground).names).toMatchObject([{ name: "sales-drafts", outputs: 1, kept: 0 }]);
    time.now += 60 * dayMs;
    await sweep(ground, plan, signal);
    expect(unregisteredActivity(ground).names).toEqual([]);
  });

  it("are forgotten with a person", async () => {
    const { push, ground } = await pushApp();
    await push(output("1"), {}, "drafts-of-anna");
    await forget(ground, { of: { text: "Anna" }, preview: false, who: "Tom Ashby", why: "asked for it" });
    const { names } = unregisteredActivity(ground);
    expect(names.map(({ name }) => name)).toEqual(["drafts-of-[forgotten]"]);
    expect(ground.store.unregistered.textsOf(names[0]?.id ?? 0, 1)[0]?.text).toBe(
      "Dear [forgotten], here is our offer.",
    );
  });

  it("are no longer listed once somebody registers the name", async () => {
    const { push, ground } = await pushApp();
    await push(output("1"), {}, "sales-drafts");
    const [first] = ground.register.automations;
    if (first === undefined) throw new Error("nothing is registered");
    const named = { ...first, entry: { ...first.entry, id: "sales-drafts" } };
    const register = { ...ground.register, automations: [...ground.register.automations, named] };
    expect(unregisteredActivity({ ...ground, register }).names).toEqual([]);
  });

  it("never show the token", async () => {
    const { push, ask } = await pushApp();
    const { text } = await push(output("1"), {}, "sales-drafts");
    expect(text + (await ask("/register")).text).not.toContain(pushToken);
  });
});
