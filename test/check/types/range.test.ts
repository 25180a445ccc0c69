import { describe, expect, it } from "vitest";
import { faultsOf, judge } from "../judge.js";

describe("range", () => {
  it.each([
    [{ min: 0 }, "0", "pass", undefined],
    [{ min: 0, exclusive: true }, "0", "fail", "is 0, expected above 0"],
    [{ max: 5 }, "5.01", "fail", "is 5.01, expected at most 5"],
    [{ min: 1, max: 5 }, "-3e2", "fail", "is -300, expected at least 1 and at most 5"],
    [{ min: 1, max: 5 }, " 2 ", "pass", undefined],
    [{ min: 1 }, "12 EUR", "fail", 'is "12 EUR", expected a number at least 1'],
    [{ min: 1 }, "NaN", "fail", 'is "NaN", expected a number at least 1'],
    [{ on: "n", min: 1 }, '{"n":"2"}', "pass", undefined],
    [{ on: "n", min: 1 }, '{"n":null}', "fail", "$.n is null, expected a number at least 1"],
    [{ on: "n", max: 1, not: true }, '{"n":0.5}', "fail", "$.n is 0.5, expected it not to be at most 1"],
  ])("%j says of %s: %s", async (settings, text, status, reason) => {
    const verdict = await judge({ type: "range", ...settings }, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it("needs a limit, and limits in order", () => {
    expect(faultsOf({ id: "a", type: "range" })).toEqual([": range needs min, max or both"]);
    expect(faultsOf({ id: "a", type: "range", min: 2, max: 1 })).toEqual([": min 2 is above max 1"]);
  });
});
