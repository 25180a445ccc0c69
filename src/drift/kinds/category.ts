import type { ShareName } from "../explanation.js";
import { dirichletEvidence } from "../shares/dirichlet.js";
import { averageEvidence } from "../shares/share-kind.js";
import { shareMetric } from "../shares/share-metric.js";
import { sizeOf } from "../shares/tally.js";
import type { SharePlan } from "../shares/watch.js";

const mostCategories = 50;
const outputsPerCategory = 5;
const mostBaselineOutputs = 300;
const longestLabel = 120;
const neverSeenWeight = 0.15;

/**
 * A category per output: the label it was given, the language it is in, the model that made it.
 *
 * Formula: evidence = (one-versus-rest + Dirichlet) / 2. One-versus-rest: a share detector for each of the
 * baseline's 50 commonest categories (odds times 2.5, 8, 1/2.5, 1/8, equally likely, b = 0.5, weight 0.85
 * times its share) and one for "never seen" (b = 0.1, weight 0.15), whose baseline is credited with the number
 * of categories seen exactly once, and holds those beyond the 50. Dirichlet: dirichlet.ts.
 * Assumes independent outputs. Smallest sample: 5 outputs per category seen, or 300 in all.
 * Defaults: DETECTION 1.5; without the credit 50 equal categories gave 7 false alarms per 1,000 runs.
 * Source: share-detector.ts; the credit: I. J. Good, 1953, "The population frequencies of species and the
 * estimation of population parameters", Biometrika 40.
 */
export const category = shareMetric({
  kind: "category",
  read: (value) => (typeof value === "string" ? value.slice(0, longestLabel) : null),
  baselineIsFull: (baseline) => {
    const outputs = sizeOf(baseline);
    return outputs >= outputsPerCategory * baseline.size || outputs >= mostBaselineOutputs;
  },
  plan: (baseline) => {
    const n = sizeOf(baseline);
    const commonest = [...baseline].sort(([, a], [, b]) => b - a).slice(0, mostCategories);
    const kept = commonest.reduce((sum, [, count]) => sum + count, 0);
    const seenOnce = [...baseline.values()].filter((count) => count === 1).length;
    return [
      ...commonest.map(([value, hits]) =>
        plan({ kind: "category", category: String(value) }, { hits, n }, 0, 0.5, (0.85 * hits) / n),
      ),
      plan({ kind: "never-seen" }, { hits: n - kept, n }, seenOnce, 0.1, neverSeenWeight),
    ];
  },
  count: (shares, tally) => {
    let rest = sizeOf(tally);
    return shares.map((share) => {
      const hits = share.kind === "category" ? (tally.get(share.category) ?? 0) : rest;
      rest -= hits;
      return hits;
    });
  },
  newcomers: (shares, tally) => {
    const known = new Set(shares.map((share) => (share.kind === "category" ? share.category : null)));
    return [...tally].flatMap(([value, hits]) =>
      typeof value === "string" && !known.has(value) ? [[value, hits] as const] : [],
    );
  },
  evidence: (shares, history) => (averageEvidence(shares) + dirichletEvidence(shares, history)) / 2,
  usesAlarmFactor: false,
  median: () => null,
});

function plan(
  share: ShareName,
  baseline: SharePlan["baseline"],
  credit: number,
  b: number,
  weight: number,
): SharePlan {
  const odds = [2.5, 8, 1 / 2.5, 1 / 8];
  return {
    share,
    hitsAre: "fails",
    outlook: { odds, weights: odds.map(() => 0.25) },
    b,
    weight,
    baseline,
    credit,
  };
}
