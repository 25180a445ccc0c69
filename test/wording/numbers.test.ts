import { describe, expect, it } from "vitest";
import { sayChange, sayCount, sayNumber, sayOf, sayShare } from "../../src/wording/numbers.js";

describe("sayShare", () => {
  it.each([
    [310, 323, "96%"],
    [29, 41, "about 71%"],
    [291, 300, "97%"],
    [992, 1_000, "99.2%"],
    [990, 1_000, "99.0%"],
    [4, 1_000, "0.4%"],
    [10, 1_000, "1%"],
    [26, 26, "100%"],
    [0, 12, "0%"],
    [99_999, 100_000, "over 99.9%"],
    [1, 100_000, "under 0.1%"],
  ])("says %i of %i as %s", (hits, n, said) => {
    expect(sayShare({ hits, n })).toBe(said);
  });
});

describe("sayChange", () => {
  it.each([
    [{ hits: 310, n: 323 }, { hits: 29, n: 41 }, "fell from 96% to about 71%"],
    [{ hits: 42, n: 300 }, { hits: 57, n: 80 }, "rose from 14% to about 71%"],
    [{ hits: 990, n: 1_000 }, { hits: 950, n: 1_000 }, "fell from 99.0% to about 95%"],
    [{ hits: 300, n: 300 }, { hits: 0, n: 20 }, "fell from 100% to 0%"],
    [{ hits: 0, n: 300 }, { hits: 20, n: 20 }, "rose from 0% to 100%"],
    [{ hits: 602, n: 1_000 }, { hits: 598, n: 1_000 }, "fell from 60.2% to about 59.8%"],
  ])("says %o then %o as %s", (before, since, said) => {
    expect(sayChange(before, since)).toBe(said);
  });

  it("fits the headline of a category", () => {
    const change = sayChange({ hits: 42, n: 300 }, { hits: 57, n: 80 });
    expect(`Support triage: tickets filed as "general" ${change}`).toBe(
      'Support triage: tickets filed as "general" rose from 14% to about 71%',
    );
  });
});

describe("counts and numbers", () => {
  it.each([
    [1_412, "1,412"],
    [1_234_567.8, "1,234,568"],
    [9.6, "9.6"],
    [0.03456, "0.0346"],
    [0.5, "0.5"],
    [-3, "−3"],
    [-0.0000001, "−1e-7"],
    [99.96, "100"],
    [0, "0"],
    [Number.NaN, "no number"],
  ])("says %d as %s", (value, said) => {
    expect(sayNumber(value)).toBe(said);
  });

  it("counts with the right word", () => {
    expect(sayCount(1, "output")).toBe("1 output");
    expect(sayCount(1_412, "output")).toBe("1,412 outputs");
    expect(sayCount(2, "person", "people")).toBe("2 people");
    expect(sayOf({ hits: 12, n: 41 })).toBe("12 of 41");
  });
});
