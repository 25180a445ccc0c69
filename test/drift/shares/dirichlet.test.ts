import { describe, expect, it } from "vitest";
import { category } from "../../../src/drift/kinds/category.js";
import { dirichletEvidence } from "../../../src/drift/shares/dirichlet.js";
import { createMetric, observeRun } from "../../../src/drift/shares/share-metric.js";
import type { Watch } from "../../../src/drift/shares/watch.js";
import { lnGamma } from "../../../src/measure/ln-gamma.js";
import { metricSettings } from "../streams.js";

/** A watch with a baseline of 60 a and 40 b, after these runs. */
function watchAfter(runs: readonly (readonly string[])[]): Watch {
  const settings = metricSettings({ kind: "category", baselineRuns: 1 });
  const baseline = Array.from({ length: 100 }, (_, i) => (i < 60 ? "a" : "b"));
  let state = createMetric(category, settings);
  [baseline, ...runs].forEach((values, runId) => {
    state = observeRun(category, settings, state, { runId, at: runId, values }, Infinity).state;
  });
  if (state.phase !== "watching") {
    throw new Error(`expected to be watching, found ${state.phase}`);
  }
  return state.watch;
}

/** Section 1.5 written out for one start. */
function evidenceOfStart(before: readonly number[], since: readonly number[]): number {
  const known = before.map((count) => count + 0.2);
  const total = known.reduce((a, b) => a + b);
  const n = since.reduce((a, b) => a + b);
  const L = (a: readonly number[]): number => {
    const sum = a.reduce((x, y) => x + y);
    return a.reduce(
      (ln, a_i, i) => ln + lnGamma(a_i + (since[i] ?? 0)) - lnGamma(a_i),
      lnGamma(sum) - lnGamma(sum + n),
    );
  };
  return [2, 8, 30].reduce(
    (mean, c) => mean + Math.exp(L(known.map((b) => (c * b) / total)) - L(known)) / 3,
    0,
  );
}

describe("dirichletEvidence", () => {
  it("is the sum over the starts of the mean over the memories", () => {
    const { shares, history } = watchAfter([
      ["a", "a", "b"],
      ["b", "b", "b", "new"],
    ]);
    const expected = evidenceOfStart([60, 40, 0], [2, 4, 1]) + evidenceOfStart([62, 41, 0], [0, 3, 1]);
    expect(dirichletEvidence(shares, history)).toBeCloseTo(expected, 9);
  });

  it("grows when the mix changes and stays near the number of runs when it does not", () => {
    const same = watchAfter(Array.from({ length: 5 }, () => ["a", "a", "a", "b", "b"]));
    const other = watchAfter(Array.from({ length: 5 }, () => ["b", "b", "b", "b", "b"]));
    expect(dirichletEvidence(same.shares, same.history)).toBeLessThan(5);
    expect(dirichletEvidence(other.shares, other.history)).toBeGreaterThan(1_000);
  });

  it("is nothing before the first run", () => {
    const { shares, history } = watchAfter([]);
    expect(dirichletEvidence(shares, history)).toBe(0);
  });
});
