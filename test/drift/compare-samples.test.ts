import { describe, expect, it } from "vitest";
import { compareSamples } from "../../src/drift/compare-samples.js";
import { seeded } from "./streams.js";

const passes = (hits: number, n: number) => Array.from({ length: n }, (_, index) => index < hits);

describe("two samples around a change", () => {
  it("are too few under 20 on a side", () => {
    expect(compareSamples(passes(10, 19), passes(10, 50))).toEqual({
      what: "too-few",
      before: 19,
      since: 50,
    });
  });

  it("of passes have the p of Fisher's exact test", () => {
    // R: fisher.test(matrix(c(18, 2, 11, 9), 2))$p.value is 0.03095
    expect(compareSamples(passes(18, 20), passes(11, 20))).toMatchObject({
      p: expect.closeTo(0.03095, 4),
      large: true,
    });
    expect(compareSamples(passes(20, 20), passes(20, 20))).toMatchObject({ p: 1, large: false });
  });

  it("of constants, and of the same numbers, did not move", () => {
    const constant = Array.from({ length: 30 }, () => 7);
    expect(compareSamples(constant, constant)).toMatchObject({ what: "number", p: 1, large: false });
  });

  it("name the category that moved, its p times the number of categories", () => {
    const before = [...Array(50).fill("a"), ...Array(50).fill("b")];
    const since = [...Array(50).fill("a"), ...Array(20).fill("b"), ...Array(30).fill("c")];
    const compared = compareSamples(before, since);
    expect(compared).toMatchObject({
      category: "c",
      before: { hits: 0, n: 100 },
      since: { hits: 30, n: 100 },
    });
  });

  it("call moved what did not move in at most 1 of 100 comparisons, at level 0.01", () => {
    const random = seeded(7);
    const sample = (n: number) => Array.from({ length: n }, () => Math.exp(random() * 3));
    let moved = 0;
    for (let trial = 0; trial < 2_000; trial += 1) {
      const { p } = { p: 1, ...compareSamples(sample(200), sample(60)) };
      if (p <= 0.01) moved += 1;
    }
    expect(moved).toBeGreaterThan(5);
    expect(moved).toBeLessThan(34);
  });
});
