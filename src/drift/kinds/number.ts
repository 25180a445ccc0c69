import type { ShareName } from "../explanation.js";
import type { Outlook } from "../shares/share-detector.js";
import { averageEvidence } from "../shares/share-kind.js";
import { shareMetric } from "../shares/share-metric.js";
import { sizeOf, type Tally } from "../shares/tally.js";
import type { SharePlan } from "../shares/watch.js";

/** Rounding of q·m must not move a cut to the next value. */
const rounding = 1e-9;

/**
 * A number per output: length, latency, cost, similarity.
 *
 * Formula: the plain average of eight share detectors, cut at the baseline's own values x(1) <= ... <= x(m):
 * above q means greater than x(ceil(q m)), below q means less than x(floor(q m) + 1). Odds factors are equally
 * likely inside a share; b = 0.5. The baseline is counted by the same rule, so that ties and constants need no
 * special case.
 * Assumes independent outputs; nothing about the distribution. Smallest sample: a full baseline (100 outputs).
 * Defaults (shares and factors): DETECTION 1.2, by simulation on real lengths and latencies.
 * Source: share-detector.ts; cuts at order statistics: Hyndman and Fan, 1996 (measure/quantile.ts), type 1.
 */
export const number = shareMetric({
  kind: "number",
  read: (value) => (typeof value === "number" && Number.isFinite(value) ? value : null),
  baselineIsFull: () => true,
  plan: (baseline) => {
    const cuts = cutsOf(baseline);
    return [
      plan(baseline, { kind: "above", cut: cuts.upper(0.5) }, [2, 6]),
      plan(baseline, { kind: "below", cut: cuts.lower(0.5) }, [2, 6]),
      plan(baseline, { kind: "above", cut: cuts.upper(0.75) }, [2, 6]),
      plan(baseline, { kind: "below", cut: cuts.lower(0.25) }, [2, 6]),
      plan(baseline, { kind: "above", cut: cuts.upper(0.9) }, [3, 10]),
      plan(baseline, { kind: "below", cut: cuts.lower(0.1) }, [3, 10]),
      plan(baseline, { kind: "outside", cut: [cuts.lower(0.1), cuts.upper(0.9)] }, [2, 6]),
      plan(baseline, { kind: "outside", cut: [cuts.lower(0.25), cuts.upper(0.75)] }, [2.5, 1 / 2.5, 1 / 6]),
    ];
  },
  count: (shares, tally) => shares.map((share) => hitsOf(share, tally)),
  newcomers: () => [],
  evidence: averageEvidence,
  usesAlarmFactor: true,
  median: (tally) => (tally.size === 0 ? null : cutsOf(tally).upper(0.5)),
});

function cutsOf(tally: Tally): { upper: (q: number) => number; lower: (q: number) => number } {
  const sorted = numbersIn(tally).sort(([a], [b]) => a - b);
  const m = sizeOf(tally);
  const valueAt = (rank: number): number => {
    let seen = 0;
    for (const [value, count] of sorted) {
      seen += count;
      if (seen >= rank) {
        return value;
      }
    }
    return 0;
  };
  return {
    upper: (q) => valueAt(Math.ceil(q * m - rounding)),
    lower: (q) => valueAt(Math.floor(q * m + rounding) + 1),
  };
}

function plan(baseline: Tally, share: ShareName, odds: readonly number[]): SharePlan {
  const outlook: Outlook = { odds, weights: odds.map(() => 1 / odds.length) };
  return {
    share,
    hitsAre: "fails",
    outlook,
    b: 0.5,
    weight: 1 / 8,
    baseline: { hits: hitsOf(share, baseline), n: sizeOf(baseline) },
    credit: 0,
  };
}

function hitsOf(share: ShareName, tally: Tally): number {
  return numbersIn(tally).reduce((hits, [value, count]) => hits + (holds(share, value) ? count : 0), 0);
}

function holds(share: ShareName, value: number): boolean {
  switch (share.kind) {
    case "above":
      return value > share.cut;
    case "below":
      return value < share.cut;
    case "outside":
      return value < share.cut[0] || value > share.cut[1];
    default:
      return false;
  }
}

function numbersIn(tally: Tally): (readonly [number, number])[] {
  const numbers: (readonly [number, number])[] = [];
  for (const [value, count] of tally) {
    if (typeof value === "number") {
      numbers.push([value, count]);
    }
  }
  return numbers;
}
