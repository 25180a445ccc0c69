import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosine } from "../../src/measure/cosine.js";

describe("cosine", () => {
  it.each([
    ["the same direction", [1, 2], [2, 4], 1],
    ["a right angle", [1, 0], [0, 3], 0],
    ["the opposite direction", [1, 1], [-2, -2], -1],
    ["60 degrees", [1, 0], [1, Math.sqrt(3)], 0.5],
    ["numbers whose squares overflow", [1e200, 0], [1e200, 1e200], Math.SQRT1_2],
    ["numbers whose squares vanish", [1e-200, 0], [1e-200, 1e-200], Math.SQRT1_2],
  ])("of %s", (_name, left, right, expected) => {
    expect(cosine(left, right)).toBeCloseTo(expected, 12);
  });

  it.each([
    ["different length", [1], [1, 2]],
    ["no numbers", [], []],
    ["zeros", [0, 0], [1, 1]],
    ["an infinite number", [1, Number.POSITIVE_INFINITY], [1, 1]],
    ["no number", [1, Number.NaN], [1, 1]],
  ])("is unknown for %s", (_name, left, right) => {
    expect(cosine(left, right)).toBeNull();
  });

  it("is the same both ways, within -1 and 1, and does not know lengths", () => {
    const vector = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(vector, vector, fc.double({ min: 0.01, max: 100, noNaN: true }), (left, right, factor) => {
        const found = cosine(left, right);
        fc.pre(found !== null);
        expect(cosine(right, left)).toBeCloseTo(found, 9);
        expect(Math.abs(found)).toBeLessThanOrEqual(1);
        const longer = left.map((value) => value * factor);
        expect(cosine(longer, right)).toBeCloseTo(found, 6);
      }),
      { seed: 20261117, numRuns: 300 },
    );
  });
});
