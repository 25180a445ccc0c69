import { describe, expect, it } from "vitest";
import { poissonInterval } from "../../src/measure/poisson-interval.js";

describe("the interval of a count of rare events", () => {
  // Garwood's table, as printed in textbooks of epidemiology
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [5, 1.623, 11.668],
    [10, 4.795, 18.39],
    [100, 81.36, 121.63],
  ])("of %s is %s to %s", (count, low, high) => {
    const interval = poissonInterval(count);
    expect(interval.low).toBeCloseTo(low, 2);
    expect(interval.high).toBeCloseTo(high, 2);
  });
});
