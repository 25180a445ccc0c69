import { describe, expect, it } from "vitest";
import { runTrend } from "../../src/flow/run-trend.js";
import { pushApp } from "../http/push-app.js";

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
      title: "Output contains nothing forbidden",
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
