import { describe, expect, it } from "vitest";
import { addRun, noVariation, phiOf } from "../../../src/drift/shares/variation.js";

function phiOfRuns(runs: readonly (readonly [number, number])[]): number {
  return phiOf(runs.map(([hits, n]) => ({ hits, n })).reduce(addRun, noVariation));
}

describe("phiOf", () => {
  // Five runs of 20 with 20, 10, 20, 10, 15: p = 0.75, X² = (25 + 25 + 25 + 25 + 0) / 3.75 = 26.67.
  it("is (X² + 5) / (K - 1 + 5) where the variation is beyond chance", () => {
    expect(
      phiOfRuns([
        [20, 20],
        [10, 20],
        [20, 20],
        [10, 20],
        [15, 20],
      ]),
    ).toBeCloseTo((100 / 3.75 + 5) / 9, 10);
  });

  // 17, 14, 15, 14, 15: X² = 6 / 3.75 = 1.6, under 4 + 2.33 sqrt(8) = 10.6.
  it("is 1 where chance explains the variation", () => {
    expect(
      phiOfRuns([
        [17, 20],
        [14, 20],
        [15, 20],
        [14, 20],
        [15, 20],
      ]),
    ).toBe(1);
  });

  it.each([
    { what: "no runs", runs: [] },
    { what: "one run", runs: [[3, 20]] as const },
    {
      what: "runs that always pass",
      runs: [
        [20, 20],
        [7, 7],
      ] as const,
    },
    {
      what: "runs that never pass",
      runs: [
        [0, 20],
        [0, 7],
      ] as const,
    },
  ])("is 1 for $what", ({ runs }) => {
    expect(phiOfRuns(runs)).toBe(1);
  });

  it("is 1 for runs of one output, whose spread says nothing", () => {
    expect(phiOfRuns(Array.from({ length: 100 }, (_, i) => [i % 10 === 0 ? 0 : 1, 1] as const))).toBe(1);
  });
});
