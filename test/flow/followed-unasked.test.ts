import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../src/domain/output.js";
import { runSlots } from "../../src/flow/run.js";
import type { IncidentMessage } from "../../src/notify/message.js";
import { parseStructured } from "../../src/text/parse-json.js";
import { benchGround, draft, hour, monday, options, recordingChannel } from "./bench-ground.js";

const english = "Thank you for your order, it left our warehouse this morning and will arrive on Friday.";
const german =
  "Vielen Dank für Ihre Bestellung, sie hat unser Lager heute Morgen verlassen und kommt am Freitag.";

/** What the run saw of one output, by metric. */
async function observedOf(change: Partial<OutputDraft> & { readonly text: string }) {
  const bench = benchGround({ checks: [] });
  const at = monday + 1;
  const fields = parseStructured(change.text);
  bench.source.outputs.push(draft("a", at, change.text, { fields, ...change }));
  bench.clock.set(monday + hour);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  return bench.ground.store.outputs.between("invoices", 0, at + 1, 1)[0]?.observed ?? {};
}

describe("what is taken from an output without being asked", () => {
  it.each<[string, Partial<OutputDraft> & { text: string }, string, unknown]>([
    ["its tokens", { text: "ok", tokens: 713 }, "tokens", 713],
    ["that it took more than one try", { text: "ok", retries: 2 }, "retried", true],
    ["that it came at once", { text: "ok", retries: 0 }, "retried", false],
    ["no tries where the source counts none", { text: "ok" }, "retried", undefined],
    ["no tokens where the source gives none", { text: "ok" }, "tokens", undefined],
    [
      "one word for the vendors' reasons",
      { text: "ok", finishReason: "MAX_TOKENS" },
      "finish-reason",
      "length",
    ],
    ["a reason that nobody lists", { text: "ok", finishReason: "on a whim" }, "finish-reason", "on a whim"],
    [
      "no address in a reason",
      { text: "ok", finishReason: "ask jo@example.com" },
      "finish-reason",
      expect.not.stringContaining("jo@"),
    ],
    ["a refusal", { text: "I'm sorry, but I can't help with that." }, "refusals", true],
    ["a refusal in a field", { text: '{"note":"I am unable to assist with this."}' }, "refusals", true],
    ["a refusal by a filter", { text: "", finishReason: "content_filter" }, "refusals", true],
    ["no refusal", { text: english }, "refusals", false],
    [
      "nothing about refusals where the automation failed",
      { text: "", error: "down" },
      "refusals",
      undefined,
    ],
    ["its language", { text: german }, "language", "de"],
    [
      "the language of its longest text",
      { text: JSON.stringify({ category: "billing", note: german }) },
      "language",
      "de",
    ],
    ["no language of a short text", { text: "ok, thank you" }, "language", undefined],
    [
      "no language of figures",
      {
        text: "Topper 3 x 49.90 = 149.70; Lampe 2 x 19.90 = 39.80; Matte 1 x 9.90 = 9.90; Summe 199.40 EUR netto",
      },
      "language",
      undefined,
    ],
    ["the language of its input", { text: english, input: german }, "input-language", "de"],
    ["the length of its input in characters", { text: "ok", input: "grüß 🙂" }, "input-length", 6],
    ["no length where no input is known", { text: "ok" }, "input-length", undefined],
    ["nothing rewritten where it was approved", { text: "abcd", approval: "approved" }, "rewritten", 0],
    [
      "the share that people rewrote",
      { text: "abcdefgh", finalText: "abcdefXY", approval: "edited" },
      "rewritten",
      0.25,
    ],
    [
      "no share of a rejected one",
      { text: "abcd", finalText: "x", approval: "rejected" },
      "rewritten",
      undefined,
    ],
    ["no share where nobody said", { text: "abcd" }, "rewritten", undefined],
  ])("%s", async (_name, change, metric, expected) => {
    expect((await observedOf(change))[metric]).toEqual(expected);
  });
});

/** Twenty outputs an hour: so many wrong, with the given input. */
async function runHours(
  bench: ReturnType<typeof benchGround>,
  first: number,
  runs: number,
  of: (n: number) => OutputDraft,
) {
  for (let index = first; index < first + runs; index += 1) {
    const slotAt = monday + index * hour;
    for (let n = 0; n < 20; n += 1) {
      const { id, at, ...rest } = of(n);
      bench.source.outputs.push({ ...rest, id: `${id}-${index}`, at: slotAt - hour + (at ?? 0) });
    }
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  }
}

const usual = (n: number) =>
  draft(`u${n}`, n * 60_000, n === 0 ? "bad" : `ok ${n}`, { input: `${english} ${n}` });
const wrong = (n: number) =>
  draft(`w${n}`, n * 60_000, n < 9 ? "bad" : `ok ${n}`, { input: `${english} ${n}` });
const otherWork = (n: number) =>
  draft(`o${n}`, n * 60_000, n < 9 ? "bad" : `ok ${n}`, { input: `${german} ${german} ${n}` });

async function messageAfter(then: (n: number) => OutputDraft) {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready] });
  await runHours(bench, 1, 10, usual);
  await runHours(bench, 11, 5, then);
  return {
    bench,
    messages: channel.messages,
    facts: channel.messages.flatMap((each: IncidentMessage) => each.facts),
  };
}

describe("a fall in quality", () => {
  it("says that the work changed, where inputs moved with the outputs", async () => {
    const { bench, facts } = await messageAfter(otherWork);
    expect(facts.join("\n")).toContain("The work changed at the same time: ");
    const found = bench.ground.store.findings.active("invoices").map((each) => each.finding);
    expect(found.filter(({ metric }) => metric?.startsWith("input"))).toMatchObject([
      { level: "digest", metric: expect.any(String) },
      { level: "digest", metric: expect.any(String) },
    ]);
    expect(found.map(({ sentence }) => sentence).join("\n")).toContain(
      "outputs with a language of the input never seen before rose from 0% to 100% (“de”) since",
    );
  });

  it("points to the AI, where the inputs stayed as they were", async () => {
    const { facts } = await messageAfter(wrong);
    expect(facts).toContain(
      "The work looks the same (no change seen in the length and language of inputs): look at the AI first",
    );
  });

  it("says neither where inputs are not seen", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    await runHours(bench, 1, 10, (n) => ({ ...usual(n), input: null }));
    await runHours(bench, 11, 5, (n) => ({ ...wrong(n), input: null }));
    expect(channel.messages.length).toBeGreaterThan(0);
    expect(JSON.stringify(channel.messages)).not.toContain("The work ");
  });
});
