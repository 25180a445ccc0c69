import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../../src/measure/wilson-interval.js";

describe("wilsonInterval", () => {
  it.each([
    { hits: 8, n: 10, low: 0.49016, high: 0.94332 },
    { hits: 0, n: 10, low: 0, high: 0.27753 },
    { hits: 10, n: 10, low: 0.72247, high: 1 },
    { hits: 81, n: 263, low: 0.25529, high: 0.36621 },
  ])("gives $low to $high for $hits of $n", ({ hits, n, low, high }) => {
    const interval = wilsonInterval({ hits, n });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("leaves everything open when nothing was seen", () => {
    expect(wilsonInterval({ hits: 0, n: 0 })).toEqual({ low: 0, high: 1 });
  });
});
