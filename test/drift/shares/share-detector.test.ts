import { describe, expect, it } from "vitest";
import {
  largestEvidence,
  type Outlook,
  type Stories,
  storiesFromBaseline,
  storiesOfKnownRate,
  tellRun,
} from "../../../src/drift/shares/share-detector.js";

const outlook: Outlook = { odds: [1.5, 2.5, 6, 0.5], weights: [0.15, 0.45, 0.3, 0.1] };
const single: Outlook = { odds: [2.5], weights: [1] };

describe("a share whose rate is known", () => {
  // p = 0.9, odds x 2.5: p' = 0.9 / (0.9 + 2.5 * 0.1) = 0.782609, so a fail counts 2.173913 and a pass 0.869565.
  it.each([
    { runs: [[0, 1]], evidence: 2.173913 },
    { runs: [[1, 0]], evidence: 0.869565 },
    {
      runs: [
        [0, 1],
        [1, 0],
      ],
      evidence: 2.759924,
    },
    {
      runs: [
        [18, 2],
        [19, 1],
      ],
      evidence: 0.211083,
    },
  ])("gives the evidence worked by hand for $runs", ({ runs, evidence }) => {
    expect(lastEvidence(storiesOfKnownRate(0.9, single), single, runs)).toBeCloseTo(evidence, 5);
  });
});

describe("a share learned from a baseline", () => {
  const runs = [
    [19, 1],
    [17, 3],
    [12, 8],
    [20, 0],
  ] as const;

  it("agrees with the formula written out without logarithms", () => {
    const told = lastEvidence(storiesFromBaseline(95, 5, 0.1, outlook), outlook, runs);
    expect(told / writtenOut(95, 5, 0.1, runs)).toBeCloseTo(1, 9);
  });

  it("expects from a run without a change exactly one more unit of evidence", () => {
    let expected = 0;
    const fresh = storiesFromBaseline(47, 3, 0.1, outlook);
    for (const first of [true, false]) {
      const one = tellRun(fresh, outlook, first ? 1 : 0, first ? 0 : 1);
      for (const second of [true, false]) {
        const two = tellRun(one.stories, outlook, second ? 1 : 0, second ? 0 : 1);
        expected += chanceOf(fresh, first) * chanceOf(one.stories, second) * two.evidence;
      }
    }
    expect(expected).toBeCloseTo(2, 9);
  });

  it("stays finite through 20,000 runs and forgets nothing of them", () => {
    let told = { stories: storiesFromBaseline(95, 5, 0.1, outlook), evidence: 0 };
    for (let run = 0; run < 20_000; run += 1) {
      told = tellRun(told.stories, outlook, 19, 1);
    }
    expect(told.evidence).toBeGreaterThan(0);
    expect(told.evidence).toBeLessThan(100);
    expect(tellRun(told.stories, outlook, 4, 16).evidence).toBeGreaterThan(1e6);
  });

  it("stays finite when runs of 1,000 outputs all flip after 10,000 clean ones", () => {
    let told = { stories: storiesFromBaseline(1_000, 0, 0.1, outlook), evidence: 0 };
    for (let run = 0; run < 10; run += 1) {
      told = tellRun(told.stories, outlook, 1_000, 0);
    }
    for (let run = 0; run < 5; run += 1) {
      told = tellRun(told.stories, outlook, 0, 1_000);
      expect(told.evidence).toBe(largestEvidence);
      expect(told.stories.changed.flatMap((ratios) => [...ratios]).every(Number.isFinite)).toBe(true);
    }
  });
});

function lastEvidence(start: Stories, means: Outlook, runs: readonly (readonly number[])[]): number {
  let told = { stories: start, evidence: 0 };
  for (const [passes = 0, fails = 0] of runs) {
    told = tellRun(told.stories, means, passes, fails);
  }
  return told.evidence;
}

/** DETECTION 1.1 as it stands there, unscaled; good for a few runs only. */
function writtenOut(s0: number, f0: number, b: number, runs: readonly (readonly [number, number])[]): number {
  const rates = Array.from({ length: 150 }, (_, at) => Math.sin((Math.PI * (2 * at + 1)) / 600) ** 2);
  let changed = 0;
  let unchanged = 0;
  for (const p of rates) {
    const w0 = p ** s0 * (1 - p) ** (f0 + b - 0.5);
    unchanged += runs.reduce((w, [s, f]) => w * p ** s * (1 - p) ** f, w0);
    outlook.odds.forEach((odds, k) => {
      const q = p / (p + odds * (1 - p));
      let w = w0;
      let v = 0;
      for (const [s, f] of runs) {
        v = (w + v) * q ** s * (1 - q) ** f;
        w *= p ** s * (1 - p) ** f;
      }
      changed += (outlook.weights[k] ?? 0) * v;
    });
  }
  return changed / unchanged;
}

/** How likely the stories hold a pass, or a fail, to be next. */
function chanceOf({ passes, fails }: Stories, pass: boolean): number {
  const rates = Array.from({ length: 150 }, (_, at) => Math.sin((Math.PI * (2 * at + 1)) / 600) ** 2);
  const weights = rates.map((rate) => rate ** passes * (1 - rate) ** fails);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce(
    (sum, weight, at) => sum + (weight / all) * (pass ? (rates[at] ?? 0) : 1 - (rates[at] ?? 0)),
    0,
  );
}
