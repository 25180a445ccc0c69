import { describe, expect, it } from "vitest";
import { anOutput, faultsOf, judge } from "../judge.js";

describe("tokens", () => {
  it.each([
    [{ max: 100 }, 100, "pass"],
    [{ min: 5 }, 5, "pass"],
    [{ min: 0, max: 0 }, 0, "pass"],
    [{ max: 100 }, 101, "took 101 tokens, expected at most 100"],
    [{ min: 5, max: 100 }, 1, "took 1 token, expected at least 5 and at most 100"],
  ])("judges %j on %i tokens", async (limits, tokens, said) => {
    const verdict = await judge({ type: "tokens", ...limits }, anOutput("x", { tokens }));
    expect(verdict.status === "fail" ? verdict.reason : verdict.status).toBe(said);
  });

  it("skips where the source counts none", async () => {
    expect(await judge({ type: "tokens", max: 1 }, "x")).toEqual({
      status: "skipped",
      reason: "the source reports no tokens",
    });
  });

  it("refuses limits that say nothing or exclude all", () => {
    expect(faultsOf({ id: "a", type: "tokens" })).toEqual([": tokens needs min, max or both"]);
    expect(faultsOf({ id: "a", type: "tokens", min: 2, max: 1 })).toEqual([": min 2 is above max 1"]);
  });
});
