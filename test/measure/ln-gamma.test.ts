import { describe, expect, it } from "vitest";
import { lnBeta, lnGamma } from "../../src/measure/ln-gamma.js";

describe("lnGamma", () => {
  it.each([
    { x: 0.001, ln: 6.907178885383853 },
    { x: 0.5, ln: 0.5723649429247001 },
    { x: 1, ln: 0 },
    { x: 5, ln: Math.log(24) },
    { x: 100, ln: 359.1342053695754 },
    { x: 1e6, ln: 12815504.569147611 },
  ])("is $ln at $x", ({ x, ln }) => {
    expect(Math.abs(lnGamma(x) - ln)).toBeLessThan(1e-12 * Math.max(1, Math.abs(ln)));
  });
});

describe("lnBeta", () => {
  it("is ln(1/12) at 2 and 3", () => {
    expect(lnBeta(2, 3)).toBeCloseTo(-Math.log(12), 12);
  });

  it("is ln(pi) at one half and one half", () => {
    expect(lnBeta(0.5, 0.5)).toBeCloseTo(Math.log(Math.PI), 12);
  });
});
