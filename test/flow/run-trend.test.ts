import { describe, expect, it } from "vitest";
import { runSlots } from "../../src/flow/run.js";
import { runTrend } from "../../src/flow/run-trend.js";
import { pushApp } from "../http/push-app.js";
import { benchGround, draft, hour, monday, options } from "./bench-ground.js";

/** Runs of one output each, in order; "a refund" is wrong, and one wrong output opens incident 1. */
async function runs(...texts: readonly string[]) {
  const watch = await pushApp({
    automation: {
      checks: [{ id: "no-refund", type: "not-contains", any: ["refund"], rule: "zeroTolerance" }],
    },
  });
  await watch.order({ do: "run", automation: "replies" });
  let sent = 0;
  const run = async (output: string) => {
    watch.time.now += 60_000;
    await watch.push(JSON.stringify([{ id: `o${sent++}`, output }]));
    watch.time.now += 60_000;
    await watch.order({ do: "run", automation: "replies" });
  };
  for (const text of texts) await run(text);
  return { ...watch, run };
}

describe("how the check of an incident passed, run by run", () => {
  it("parts the runs at the beginning of the change, the oldest first", async () => {
    const { ground } = await runs("fine", "well", "a refund", "good", "a refund");
    const trend = runTrend(ground, 1);
    expect(trend?.runs.map(({ hits, n, changed }) => [hits, n, changed])).toEqual([
      [1, 1, false],
      [1, 1, false],
      [0, 1, true],
      [1, 1, true],
      [0, 1, true],
    ]);
    expect(trend).toMatchObject({
      title: "Output contains nothing forbidden: passed",
      before: { hits: 2, n: 2, runs: 2, interval: { high: 1 } },
      since: { hits: 1, n: 3, runs: 3 },
    });
  });

  it("knows no side before where it was never good", async () => {
    const { ground } = await runs("a refund", "a refund");
    expect(runTrend(ground, 1)).toMatchObject({ before: null, since: { hits: 0, n: 2 } });
  });

  it("ends with the incident", async () => {
    const { ground, run, order } = await runs("fine", "a refund");
    const end = { do: "move", incident: 1, event: "false-alarm", who: "Tom Ashby", why: "a test" };
    expect((await order(end)).status).toBe(200);
    await run("good");
    expect(runTrend(ground, 1)?.runs).toHaveLength(2);
  });

  it("counts no more runs and outputs than it is given", async () => {
    const { ground } = await runs("fine", "well", "good", "a refund");
    const of = (bounds: { mostRuns: number; mostOutputs: number }) =>
      ground.store.runs
        .ofCheck("replies", "no-refund", { untilAt: ground.clock.now(), ...bounds })
        .map(({ hits }) => hits);
    expect(of({ mostRuns: 2, mostOutputs: 100 })).toEqual([1, 0]);
    expect(of({ mostRuns: 60, mostOutputs: 3 })).toEqual([1, 1, 0]);
    expect(of({ mostRuns: 60, mostOutputs: 0 })).toEqual([]);
  });

  it("is nothing without an incident", async () => {
    const { ground } = await runs("fine");
    expect(runTrend(ground, 1)).toBeNull();
  });
});

describe("how a measure of an incident changed, run by run", () => {
  /** Ten quiet runs of 20 outputs and three others; the trend of the incident they open. */
  async function changeTo(
    before: (index: number, at: number) => Readonly<Parameters<typeof draft>>,
    since: (index: number, at: number) => Readonly<Parameters<typeof draft>>,
  ) {
    const bench = benchGround({ checks: [], categories: ["$.kind"] });
    for (let at = 1; at < 14; at += 1) {
      const slotAt = monday + at * hour;
      for (let index = 0; index < 20; index += 1)
        bench.source.outputs.push(draft(...(at < 11 ? before : since)(index, at)));
      bench.clock.set(slotAt);
      await runSlots(bench.ground, bench.watched, [slotAt], options);
    }
    return runTrend(bench.ground, 1);
  }
  const stamp = (index: number, at: number) => monday + (at - 1) * hour + index * 60_000;
  const kindOf = (kind: (index: number) => string) => (index: number, at: number) =>
    [
      `${at}-${index}`,
      stamp(index, at),
      JSON.stringify({ kind: kind(index) }),
      { fields: { kind: kind(index) } },
    ] as const;

  it("counts the outputs of the category that the incident speaks of", async () => {
    const other = (index: number) => (index % 2 === 0 ? "billing" : "order");
    const trend = await changeTo(
      kindOf((index) => (index < 3 ? "general" : other(index))),
      kindOf((index) => (index < 15 ? "general" : other(index))),
    );
    expect(trend?.title).toBe("outputs with kind “general”");
    expect(trend?.runs.map(({ hits, n, changed }) => [hits, n, changed])).toEqual([
      ...Array(10).fill([3, 20, false]),
      ...Array(3).fill([15, 20, true]),
    ]);
    expect(trend).toMatchObject({
      before: { hits: 30, n: 200, runs: 10 },
      since: { hits: 45, n: 60, runs: 3 },
    });
  });

  it("counts the outputs that have a field", async () => {
    const fielded = (more: (index: number) => object) => (index: number, at: number) => {
      const fields = { kind: "order", ...more(index) };
      return [`${at}-${index}`, stamp(index, at), JSON.stringify(fields), { fields }] as const;
    };
    const trend = await changeTo(
      fielded((index) => ({ total: index })),
      fielded(() => ({})),
    );
    expect(trend?.title).toBe("outputs with `total`");
    expect(trend).toMatchObject({ before: { hits: 200, n: 200 }, since: { hits: 0, n: 60 } });
  });
});
