import { describe, expect, it } from "vitest";
import { anOutput, faultsOf, judge } from "../judge.js";

describe("latency", () => {
  it.each([
    [2_000, "pass", undefined],
    [2_000.5, "fail", "took 2000.5 ms, expected at most 2000 ms"],
    [null, "skipped", "the source reports no latency"],
  ])("says of %s ms: %s", async (latencyMs, status, reason) => {
    const verdict = await judge({ type: "latency", maxMs: 2_000 }, anOutput("x", { latencyMs }));
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it("refuses a limit of nothing", () => {
    expect(faultsOf({ id: "a", type: "latency", maxMs: 0 })).toHaveLength(1);
  });
});
