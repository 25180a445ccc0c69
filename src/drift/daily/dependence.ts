import { median } from "../../measure/quantile.js";
import { sizeOf } from "../shares/tally.js";
import type { LearnedRun } from "../shares/watch.js";

const safety = 1.2;
const strongest = 0.9;

/**
 * By how much runs that resemble the one before them count less than independent ones.
 *
 * Formula: phi = (1 + r) / (1 - r), r = 1.2 x the lag-1 correlation of "above the median", between 0 and 0.9.
 * Assumes first-order dependence, which spreads evenly over runs. Smallest sample: 3 runs; below it, and where all
 * values are alike, phi is 1. Default 1.2: DETECTION 1.7, by simulation at correlations of 0 to 0.5.
 * Source: G. V. Bayley, J. M. Hammersley, 1946, "The effective number of independent observations in an
 * autocorrelated time series", Supplement to the JRSS 8.
 */
export function serialPhi(runs: readonly LearnedRun[]): number {
  const values = runs.flatMap(({ tally }) =>
    sizeOf(tally) === 1 ? [...tally.keys()].filter((value) => typeof value === "number") : [],
  );
  const middle = median(values) ?? 0;
  const above = values.map((value) => (value > middle ? 1 : 0));
  const mean = above.reduce<number>((sum, each) => sum + each, 0) / above.length;
  const spread = mean * (1 - mean) * above.length;
  if (above.length < 3 || !(spread > 0)) return 1;
  const together = above
    .slice(1)
    .reduce<number>((sum, each, at) => sum + (each - mean) * ((above[at] ?? mean) - mean), 0);
  const r = Math.min(strongest, Math.max(0, (safety * together) / spread));
  return (1 + r) / (1 - r);
}
