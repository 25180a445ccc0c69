import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

describe("cost", () => {
  it.each([
    [12_000, "pass", undefined],
    [12_001, "fail", "cost 0.012001 USD, expected at most 0.012 USD"],
    [null, "skipped", "the source reports no cost"],
  ])("says of %s millionths of a dollar: %s", async (costMicros, status, reason) => {
    const verdict = await judge({ type: "cost", maxUsd: 0.012 }, anOutput("x", { costMicros }));
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });
});
