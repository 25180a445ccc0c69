import { describe, expect, it } from "vitest";
import { ascending, median, quantile } from "../../src/measure/quantile.js";

describe("quantile", () => {
  it.each([
    { sorted: [1, 2, 3, 4], q: 0.5, value: 2.5 },
    { sorted: [1, 2, 3, 4], q: 0.25, value: 1.75 },
    { sorted: [1, 2, 3, 4], q: 1, value: 4 },
    { sorted: [7], q: 0.9, value: 7 },
    { sorted: [-1.7e308, 1.7e308], q: 0.5, value: 0 },
  ])("takes the $q quantile of $sorted", ({ sorted, q, value }) => {
    expect(quantile(sorted, q)).toBeCloseTo(value, 12);
  });

  it("has none of an empty list", () => {
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe("median", () => {
  it("does not ask for order and leaves the list alone", () => {
    const values = [10, 2, 9];
    expect(median(values)).toBe(9);
    expect(values).toEqual([10, 2, 9]);
  });
});

describe("ascending", () => {
  it("sorts as numbers, not as text", () => {
    expect(ascending([10, 9, -1])).toEqual([-1, 9, 10]);
  });
});
