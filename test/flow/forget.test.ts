import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import { forget } from "../../src/flow/forget.js";
import { runSlots } from "../../src/flow/run.js";
import { readMessage } from "../../src/notify/read-message.js";
import { openStore } from "../../src/store/open.js";
import { benchGround, draft, hour, monday, okCheck, options, recordingChannel } from "./bench-ground.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "evenkeel-forget-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const name = "Zoë O'Neil & <Sons>";

/** A run whose wrong output names a person, told of in a message; the store lies in a file. */
async function told() {
  const check = okCheck({
    rule: { kind: "zero-tolerance" },
    judge: (output) =>
      output.text.startsWith("ok")
        ? { status: "pass" }
        : {
            status: "fail",
            reason: `begins with "${output.text.slice(0, 30)}"`,
            excerpt: output.text.slice(0, 40),
          },
  });
  const bench = benchGround({ checks: [check], channels: [recordingChannel("ops").ready] });
  const path = join(folder, "evenkeel.db");
  const store = openStore({ path, newInstanceId: "0".repeat(32) });
  const ground = { ...bench.ground, store };
  const text = `bad answer for ${name}\nwho asked about the order of Friday`;
  bench.source.outputs.push(
    draft("a", monday + 1, text, { user: name, input: `Where is it? Yours, ${name.toUpperCase()}` }),
    draft("b", monday + 2, "ok nothing to see"),
  );
  bench.clock.set(monday + hour);
  store.registry.see("invoices", monday);
  store.registry.markHistoryRead("invoices", monday);
  await runSlots(ground, bench.watched, [monday + hour], options);
  return { ground, store };
}

/** Whether a text stands anywhere in the files of the folder, in any of the ways in which it may be written. */
function found(text: string): boolean {
  return readdirSync(folder).some((file) => {
    const bytes = existsSync(join(folder, file))
      ? readFileSync(join(folder, file), "utf8").toLowerCase()
      : "";
    return bytes.includes(text.toLowerCase());
  });
}

describe("forgetting", () => {
  it("a person leaves the name nowhere in the database nor in its log, and keeps what was counted", async () => {
    const { ground, store } = await told();
    const order = { of: { text: name }, who: "Ines Calder", why: "asked to be forgotten" };
    const preview = await forget(ground, { ...order, preview: true });
    expect(preview.rows).toMatchObject({ output: 1, verdict: 1, outbox: 1 });
    expect(store.outputs.between("invoices", 0, monday + hour, 9)[1]?.output.text).toContain(name);
    const done = await forget(ground, { ...order, preview: false });
    expect(done.rows).toEqual(preview.rows);
    for (const form of [name, "Zoë", "O'Neil", "O&#39;Neil"])
      expect([form, found(form)]).toEqual([form, false]);
    expect(store.outputs.checkTotals("invoices", "ok")).toEqual({ pass: 1, judged: 2 });
    expect(store.decisions.list("", 9)).toMatchObject([
      { what: "forget", subject: "a person", who: "Ines Calder" },
    ]);
    store.close();
    expect(found("Zoë")).toBe(false);
  });

  it("a person whose name has marks that mean something to a search is forgotten like any other", async () => {
    const { ground, store } = await told();
    const marked = "Anne-Marie (O.) [Quill]/2";
    store.decisions.record({
      at: monday,
      who: marked,
      why: "it was right",
      what: "accept-change",
      automation: "invoices",
      subject: "ok",
    });
    await forget(ground, { of: { text: marked }, preview: false, who: "Ines Calder", why: "asked for" });
    expect(store.decisions.list("invoices", 5).map(({ who }) => who)).toContain("[forgotten]");
    store.close();
  });

  it("an output takes its excerpts out of verdicts, findings and messages, and leaves the others alone", async () => {
    const { ground, store } = await told();
    const order = { of: { automation: "invoices", id: "a" }, who: "Ines Calder", why: "a wrong upload" };
    expect((await forget(ground, { ...order, preview: true })).rows).toMatchObject({ output: 1 });
    await forget(ground, { ...order, preview: false });
    for (const form of ["order of Friday", "bad answer for Zoë"])
      expect([form, found(form)]).toEqual([form, false]);
    expect(found("nothing to see")).toBe(true);
    // the row stays, so that its source cannot bring it back
    expect(store.outputs.knownHash("invoices", "source", "a")).not.toBeNull();
    store.close();
  });

  it("a person named in why a metric does not page keeps the metric, its state, and every status and zone", async () => {
    const { ground, store } = await told();
    const [metric] = store.metrics.list("invoices");
    if (metric === undefined) throw new Error("there is no metric");
    store.metrics.put({ ...metric, standingWhy: `${name} said so, when it was open in UTC` });
    const schedule = store.schedules.get("invoices", "sampled");
    const [incident] = store.incidents.open();
    const order = { who: "Ines Calder", why: "asked to be forgotten", preview: false };
    for (const text of [name, "open", "UTC", metric.phase, "sampled", "shares"])
      await forget(ground, { ...order, of: { text } });
    expect(store.metrics.get("invoices", metric.metric)).toEqual({
      ...metric,
      standingWhy: "[forgotten] said so, when it was [forgotten] in [forgotten]",
    });
    expect(store.schedules.get("invoices", "sampled")).toEqual(schedule);
    expect(store.incidents.open()).toEqual([incident]);
    store.close();
  });

  it("a person named like a word that a message is read by leaves the message readable", async () => {
    const { ground, store } = await told();
    const order = { who: "Ines Calder", why: "asked to be forgotten", preview: false };
    const [before] = store.outbox.inState("pending", 9);
    for (const text of ["open", "opened", "outputs", "headline", "wrong", "high"])
      await forget(ground, { ...order, of: { text } });
    const [after] = store.outbox.inState("pending", 9);
    const incidentOf = (stored = "") => {
      const message: Json = JSON.parse(stored);
      return readMessage(message).incident;
    };
    expect(incidentOf(after?.message)).toMatchObject({ status: incidentOf(before?.message)?.status });
    store.close();
  });

  it("an output leaves what is said of other automations alone", async () => {
    const { ground, store } = await told();
    const common = "who asked about the order of Friday";
    const why = `someone ${common}`;
    store.transaction(() => {
      store.freshSamples.ask("letters", monday, why);
      store.freshSamples.ask("invoices", monday, why);
    });
    const order = { of: { automation: "invoices", id: "a" }, who: "Ines Calder", why: "a wrong upload" };
    await forget(ground, { ...order, preview: false });
    const asked = store.freshSamples.owed();
    expect(asked.map((each) => [each.automation, each.why])).toEqual([
      ["invoices", "someone [forgotten]"],
      ["letters", why],
    ]);
    store.close();
  });

  it("an output whose text another one has too leaves the sentences that say it", async () => {
    const { ground, store } = await told();
    const copy = store.outputs
      .between("invoices", 0, monday + hour, 9)
      .find((each) => each.output.id === "b");
    if (copy === undefined) throw new Error("there is no output b");
    store.transaction(() => {
      const more = {
        automation: "invoices",
        origin: "source",
        contentHash: "c",
        verdicts: new Map(),
      } as const;
      store.outputs.add({ ...more, output: { ...copy.output, id: "c" }, observed: {}, strata: [] });
      store.freshSamples.ask("invoices", monday, `most say ${copy.output.text}`);
    });
    const order = { of: { automation: "invoices", id: "c" }, who: "Ines Calder", why: "a wrong upload" };
    await forget(ground, { ...order, preview: false });
    expect(store.freshSamples.owed()[0]?.why).toBe(`most say ${copy.output.text}`);
    store.close();
  });

  it.each([
    ["a person", { text: name }],
    ["an output", { automation: "invoices", id: "a" }],
  ])("ordered again after a kill on the way leaves nothing that quotes %s", async (_, of) => {
    for (let done = 0; ; done += 1) {
      const { ground, store } = await told();
      // what a page shows of it, cut off before the name ends
      store.transaction(() =>
        store.freshSamples.ask("invoices", monday, "bad answer for Zoë O'Neil & <S was seen"),
      );
      const order = { of, who: "Ines Calder", why: "asked to be forgotten", preview: false };
      const killed = { left: done };
      const dying: typeof store.transaction = (work) => {
        killed.left -= 1;
        if (killed.left < 0) throw new Error("killed");
        return store.transaction(work);
      };
      const first = forget({ ...ground, store: { ...store, transaction: dying } }, order);
      const died = await first.then(
        () => false,
        () => true,
      );
      if (died) await forget(ground, order);
      for (const form of ["Zoë", "bad answer"])
        expect([done, form, found(form)]).toEqual([done, form, false]);
      store.close();
      for (const file of readdirSync(folder)) rmSync(join(folder, file));
      if (!died) return;
    }
  });

  it("refuses a reason that would record the name, a text that is in everything, and an unknown output", async () => {
    const { ground, store } = await told();
    const order = { who: "Ines Calder", preview: false };
    await expect(forget(ground, { ...order, of: { text: name }, why: `${name} asked` })).rejects.toThrow(
      /say it otherwise/,
    );
    await expect(forget(ground, { ...order, of: { text: "an" }, why: "x" })).rejects.toThrow(/too short/);
    await expect(
      forget(ground, { ...order, of: { automation: "invoices", id: "z" }, why: "x" }),
    ).rejects.toThrow(/invoices has no output "z"/);
    store.close();
  });
});
