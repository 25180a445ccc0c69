import { describe, expect, it } from "vitest";
import { logAddExp, logSumExp } from "../../src/measure/log-sum.js";

const zero = Number.NEGATIVE_INFINITY;

describe("logAddExp", () => {
  it.each([
    { a: Math.log(2), b: Math.log(3), sum: Math.log(5) },
    { a: 1_000, b: 1_000, sum: 1_000 + Math.LN2 },
    { a: -5_000, b: 3, sum: 3 },
    { a: zero, b: -4, sum: -4 },
    { a: zero, b: zero, sum: zero },
  ])("adds $a and $b", ({ a, b, sum }) => {
    expect(logAddExp(a, b)).toBeCloseTo(sum, 12);
    expect(logAddExp(b, a)).toBeCloseTo(sum, 12);
  });
});

describe("logSumExp", () => {
  it.each([
    { values: [Math.log(1), Math.log(2), Math.log(4)], sum: Math.log(7) },
    { values: [-9_000, -9_000], sum: -9_000 + Math.LN2 },
    { values: [zero, 2], sum: 2 },
    { values: [zero, zero], sum: zero },
    { values: [], sum: zero },
  ])("sums $values", ({ values, sum }) => {
    expect(logSumExp(values)).toBeCloseTo(sum, 12);
  });
});
