import { describe, expect, it } from "vitest";
import { knownPassShare } from "../../src/drift/known-pass-share.js";
import { outputsToNotice } from "../../src/drift/outputs-to-notice.js";
import { sightOf } from "../../src/drift/sight.js";

function share(usual: number, known: number, floor: number | null = null) {
  const found = knownPassShare({ hits: usual * known, n: known }, floor);
  if (found === null) throw new Error("no pass share");
  return found;
}

const watching = { level: 1_000, outputsPerRun: 20, minimumEffect: 0.03 };

/** Relative entropy of one coin against another. */
function divergence(p: number, q: number): number {
  return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
}

describe("how many outputs pass until a fall shows", () => {
  // mean delays of DETECTION 1.9: A = 1,000, 20 outputs a run, baseline and 20 unchanged runs
  it.each([
    [0.95, 0.85, 500, 132, 0.15],
    [0.95, 0.7, 500, 37, 0.15],
    [0.84, 0.51, 500, 37, 0.15],
    [0.99, 0.95, 500, 326, 0.15],
    [0.8, 0.7, 500, 564, 0.25],
    [0.5, 0.4, 500, 1_020, 0.25],
    [0.9, 0.96, 500, 753, 0.25],
    [0.95, 0.9, 500, 872, 0.25],
    [0.95, 0.85, 440, 134, 0.25],
    [0.99, 0.95, 440, 345, 0.25],
    [0.95, 0.85, 700, 113, 0.25],
    [0.99, 0.95, 700, 227, 0.25],
    [0.84, 0.51, 700, 39, 0.25],
  ])("is what was measured for %s to %s with %i outputs known: %i, within %s of it", (...row) => {
    const [before, after, known, measured, tolerance] = row;
    const outputs = outputsToNotice(share(before, known), after, watching) ?? 0;
    expect(Math.abs(outputs / measured - 1)).toBeLessThanOrEqual(tolerance);
  });

  // the same with runs of other sizes
  it.each([
    [5, 0.95, 0.85, 200, 158],
    [5, 0.95, 0.7, 200, 30],
    [10, 0.95, 0.85, 300, 143],
    [10, 0.95, 0.7, 300, 33],
    [50, 0.95, 0.85, 1_100, 142],
    [50, 0.95, 0.7, 1_100, 55],
    [50, 0.99, 0.95, 1_100, 336],
    [1, 0.95, 0.7, 120, 23],
    [1, 0.84, 0.51, 120, 22],
  ])(
    "is within a third of what was measured with runs of %i for %s to %s",
    (size, before, after, known, measured) => {
      const outputs = outputsToNotice(share(before, known), after, { ...watching, outputsPerRun: size }) ?? 0;
      expect(Math.abs(outputs / measured - 1)).toBeLessThanOrEqual(1 / 3);
    },
  );

  it("is shorter with a stated floor: 0.99 to 0.95 in 151 outputs", () => {
    const outputs = outputsToNotice(share(0.99, 0, 0.99), 0.95, watching) ?? 0;
    expect(Math.abs(outputs / 151 - 1)).toBeLessThanOrEqual(0.15);
  });

  it("is a whole run where one run shows it", () => {
    expect(outputsToNotice(share(0.95, 1_000), 0.2, { ...watching, outputsPerRun: 40 })).toBe(40);
  });

  it.each([
    ["nothing has changed", share(0.9, 500), 0.9],
    ["the change is smaller than is worth telling", share(0.99, 5_000), 0.97],
    ["too little is known", share(0.95, 40), 0.85],
    ["it stays above the stated floor", share(0.95, 500, 0.8), 0.85],
  ])("has no answer where %s", (_why, known, after) => {
    expect(outputsToNotice(known, after, watching)).toBeNull();
  });

  it("takes longer when runs vary, and with a higher alarm level", () => {
    const known = share(0.95, 500);
    const usual = outputsToNotice(known, 0.8, watching) ?? 0;
    expect(outputsToNotice({ ...known, variation: 2 }, 0.8, watching) ?? 0).toBeGreaterThan(1.5 * usual);
    expect(outputsToNotice(known, 0.8, { ...watching, level: 1e5 }) ?? 0).toBeGreaterThan(1.3 * usual);
  });
});

describe("what can be seen of a share now", () => {
  // DETECTION 5: known outputs x KL(before, after) must reach ln A
  it.each([
    [0.95, 100, 1_000],
    [0.95, 200, 1_000],
    [0.84, 100, 1_000],
    [0.9, 60, 1_000],
    [0.95, 227, 100_000],
    [0.9, 314, 100_000],
  ])("ends where the known outputs do: usual %s, %i known, A = %i", (usual, known, level) => {
    const { nearest } = sightOf(share(usual, known), { ...watching, level, outputsPerRun: 5 }, "less");
    const bound = Array.from({ length: 99 }, (_, i) => usual - (i + 1) / 100).find(
      (after) => known * divergence(usual, after) >= Math.log(level),
    );
    expect(Math.abs((nearest ?? 0) - (bound ?? 9))).toBeLessThanOrEqual(0.025);
  });

  it("is nothing where no fall could be shown, and improves with every output", () => {
    const hard = { ...watching, level: 1e14 };
    expect(sightOf(share(0.6, 3), hard, "less").nearest).toBeNull();
    const seen = [40, 100, 300, 1_000, 5_000].map(
      (n) => sightOf(share(0.95, n), watching, "less").nearest ?? 0,
    );
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeCloseTo(0.92, 5);
  });

  it("tells of 10 and of 20 points, down or up, as far as there are so many", () => {
    const points = (usual: number, towards: "less" | "more") =>
      sightOf(share(usual, 500), watching, towards).changes.map((each) => [
        each.points,
        each.after.toFixed(2),
      ]);
    expect(points(0.95, "less")).toEqual([
      [10, "0.85"],
      [20, "0.75"],
    ]);
    expect(points(0.15, "less")).toEqual([[10, "0.05"]]);
    expect(points(0.02, "more")).toEqual([
      [10, "0.12"],
      [20, "0.22"],
    ]);
  });
});
