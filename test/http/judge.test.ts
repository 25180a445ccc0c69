import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dayMs } from "../../src/domain/time.js";
import { pickSpotChecks } from "../../src/flow/pick-spot-checks.js";
import { stripped } from "./incident-app.js";
import { pushApp } from "./push-app.js";

const sameOrigin = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };

const folder = mkdtempSync(join(tmpdir(), "evenkeel-judge-page-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A golden set of one case that nobody is ever asked. */
function goldenSettings(): object {
  const cases = join(folder, "golden.jsonl");
  writeFileSync(cases, '{"id":"a","input":"Where is it?","expected":"On its way."}\n');
  return { golden: { cases, effects: "none", probe: { type: "command", argv: ["true"] } } };
}

/** A week after three outputs had come, one of which was picked. */
async function pickedApp(text = "We will send it tomorrow.", more: object = {}) {
  const watch = await pushApp({
    automation: {
      ...more,
      checks: [{ id: "no-promise", title: "Promises nothing", type: "not-contains", any: ["tomorrow"] }],
      spotCheck: { question: "Could a colleague send this reply as it is?" },
    },
  });
  await watch.order({ do: "run", automation: "replies" });
  watch.time.now += 60_000;
  await watch.push(JSON.stringify([{ id: "a", output: text, input: "When does it come?" }]));
  watch.time.now += 7 * dayMs;
  const [watched] = watch.ground.register.automations;
  if (watched === undefined) throw new Error("nothing is watched");
  watch.ground.store.transaction(() => pickSpotChecks(watch.ground, watched, watch.time.now));
  const post = (fields: Record<string, string>, headers: Record<string, string> = sameOrigin) =>
    watch.follow("/spot-checks/1", { method: "POST", headers, body: new URLSearchParams(fields).toString() });
  const said = () => watch.ground.store.judgements.of(watch.ground.store.spotChecks.get(1)?.output ?? 0);
  return { ...watch, post, said };
}

const sent = { answer: "wrong", who: "Tom Ashby", note: "promises a day", correction: "We send it soon." };

describe("the page of a spot check", () => {
  it("shows input, output and question, and nothing that would lead whoever judges", async () => {
    const { ask } = await pickedApp();
    const queue = await ask("/spot-checks");
    expect(stripped(queue.text)).toContain("1 output to look at");
    expect(queue.text).toContain('href="/spot-checks/1"');
    const page = stripped((await ask("/spot-checks/1")).text);
    expect(page).toContain("Could a colleague send this reply as it is?");
    expect(page).toContain("When does it come?");
    expect(page).toContain("We will send it tomorrow.");
    expect(page).not.toContain("failed it");
    expect(page).not.toContain("It was picked");
  });

  it("records what someone says, and then tells what the checks said", async () => {
    const { post, said, ask } = await pickedApp();
    const answer = await post(sent);
    expect(answer.status).toBe(200);
    const page = stripped(answer.text);
    expect(page).toContain("Recorded as said by Tom Ashby: wrong.");
    expect(page).toContain("0 checks passed it, 1 failed it. It was picked by chance");
    expect(said()).toMatchObject([
      { answer: "wrong", note: "promises a day", correction: "We send it soon." },
    ]);
    expect(stripped((await ask("/spot-checks")).text)).toContain("No output waits to be looked at");
  });

  it("leads to a page that tells it out of what is on record, so that loading it again repeats nothing", async () => {
    const { ask, said } = await pickedApp();
    const body = new URLSearchParams(sent);
    const { status, headers } = await ask("/spot-checks/1", { method: "POST", headers: sameOrigin, body });
    expect(status).toBe(303);
    expect(headers.get("location")).toBe("/spot-checks/1?done=1");
    const before = said();
    for (let again = 0; again < 2; again += 1)
      expect(stripped((await ask("/spot-checks/1?done=1")).text)).toContain(
        "Recorded as said by Tom Ashby: wrong. Thank you.",
      );
    expect(said()).toEqual(before);
    for (const done of ["2", "0", "-1", "known", "<b>paid</b>", "99999999999999999999"]) {
      const { status: shown, text } = await ask(`/spot-checks/1?done=${encodeURIComponent(done)}`);
      expect(shown).toBe(200);
      expect(text).not.toMatch(/role="status"|<b>paid/);
    }
  });

  it("changes nothing when it is only looked at, however often and however", async () => {
    const { ask, said } = await pickedApp();
    for (const method of ["HEAD", "GET", "GET", "GET"]) await ask("/spot-checks/1", { method });
    expect(said()).toEqual([]);
  });

  it.each([
    ["from another site", { ...sameOrigin, "sec-fetch-site": "cross-site" }, sent, 403],
    ["without a known name", sameOrigin, { ...sent, who: "Nobody" }, 400],
    ["with an answer that is none", sameOrigin, { ...sent, answer: "maybe" }, 400],
    ["that is no form", { ...sameOrigin, "content-type": "application/json" }, sent, 400],
  ])("refuses one %s", async (_, headers, fields, status) => {
    const { post, said } = await pickedApp();
    expect((await post(fields, headers)).status).toBe(status);
    expect(said()).toEqual([]);
  });

  it("keeps what was written when it is refused", async () => {
    const { post } = await pickedApp();
    const { text } = await post({ ...sent, who: "" });
    expect(text).toContain("We send it soon.");
    expect(text).toContain("choose your name");
  });

  it("shows hostile output as text", async () => {
    const { ask } = await pickedApp('<script>alert(1)</script><img src="https://beacon.example.com/x">');
    const { text } = await ask("/spot-checks/1");
    expect(text).not.toContain("<script");
    expect(text).not.toContain("<img");
    expect(text).toContain("&lt;script&gt;");
  });

  it("offers to make it a known answer once it is judged, in one click by whoever judged", async () => {
    const { post, ask, follow, ground } = await pickedApp(undefined, goldenSettings());
    expect((await ask("/spot-checks/1")).text).not.toContain("Make it a known answer");
    const judged = await post(sent);
    expect(judged.text).toContain('action="/spot-checks/1/promote"');
    expect(judged.text).toContain('<input type="hidden" name="who" value="Tom Ashby"/>');
    expect(stripped(judged.text)).toContain("Personal data is hidden in it, and so it is asked.");
    const promote = (headers: Record<string, string>, who = "Tom Ashby") =>
      follow("/spot-checks/1/promote", { method: "POST", headers, body: new URLSearchParams({ who }) });
    expect((await promote({ ...sameOrigin, "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await promote(sameOrigin, "Nobody")).status).toBe(400);
    expect(ground.store.goldenPromoted.of("replies")).toEqual([]);
    const done = await promote(sameOrigin);
    expect(done.status).toBe(200);
    expect(stripped(done.text)).toContain("It is the known answer “spot-check-1” now, to be reviewed by");
    expect(stripped(done.text)).toContain("It is a known answer, “spot-check-1”, by Tom Ashby.");
    expect(ground.store.goldenPromoted.of("replies")).toMatchObject([
      { input: "When does it come?", expected: "We send it soon.", corrected: true, saidBy: "Tom Ashby" },
    ]);
  });

  it("shows on the automation's page how true quality goes and which known answers people contradict", async () => {
    const { post, ask } = await pickedApp(undefined, goldenSettings());
    const page = async () => stripped((await ask("/a/replies")).text);
    expect(await page()).toContain("Nobody has judged an output that chance picked");
    await post(sent);
    await ask("/spot-checks/1/promote", {
      method: "POST",
      headers: sameOrigin,
      body: new URLSearchParams({ who: "Tom Ashby" }),
    });
    expect(await page()).not.toContain("Known answers that people contradict");
    await post({ ...sent, answer: "right", correction: "" });
    expect(await page()).toContain("“spot-check-1”: the output that it corrects was judged right since");
    expect(await page()).toMatch(/about 100% right, probably 21% to 100% \(1 output picked by chance/);
  });

  it("says why an output cannot become one, and nothing of it where there is no golden set", async () => {
    const golden = await pickedApp(undefined, goldenSettings());
    const wrong = await golden.post({ ...sent, correction: "" });
    expect(stripped(wrong.text)).toContain("nobody has written what it should have said");
    expect(wrong.text).not.toContain("Make it a known answer");
    const without = await pickedApp();
    expect((await without.post(sent)).text).not.toContain("nown answer");
  });

  it("records nothing of an output that retention has taken, and keeps what was said before", async () => {
    const { post, said, ask, ground, order, time } = await pickedApp();
    await post({ ...sent, answer: "right" });
    await order({ do: "run", automation: "replies" });
    time.now += 500 * dayMs;
    const chunk = {
      automation: "replies",
      before: time.now,
      after: { at: 0, key: 0 },
      limit: 10,
      now: time.now,
    };
    ground.store.transaction(() => ground.store.retention.dropBodies(chunk));
    ground.store.transaction(() => ground.store.retention.dropOutputs(chunk));
    const page = await ask("/spot-checks/1");
    expect(page.status).toBe(200);
    expect(stripped(page.text)).toContain("Its text is no longer kept, so it cannot be judged any more.");
    expect(page.text).not.toContain("We will send it");
    const again = await post(sent);
    expect(again.status).toBe(400);
    expect(stripped(again.text)).toContain("Nothing was recorded: The text of output a is no longer kept");
    expect(said()).toMatchObject([{ answer: "right" }]);
  });

  it("says that there is none of that number", async () => {
    const { ask } = await pickedApp();
    expect((await ask("/spot-checks/77")).status).toBe(404);
  });
});
