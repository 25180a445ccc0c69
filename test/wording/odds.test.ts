import { describe, expect, it } from "vitest";
import { sayOdds } from "../../src/wording/odds.js";

describe("sayOdds", () => {
  it.each([
    [0.4, "more than once a month"],
    [1.2, "about once a month"],
    [9, "about once in 9 months"],
    [23.4, "about once in 23 months"],
    [24, "about once in 2 years"],
    [168, "about once in 14 years"],
    [240, "about once in 20 years"],
    [241, "less than once in 20 years"],
    [Number.POSITIVE_INFINITY, "less than once in 20 years"],
    [Number.NaN, "more than once a month"],
  ])("says %d months as %s", (months, said) => {
    expect(sayOdds(months)).toBe(said);
  });
});
