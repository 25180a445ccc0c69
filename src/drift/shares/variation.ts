import type { Counts } from "../../measure/counts.js";

/** Running sums over runs, from which Pearson's chi-square follows without keeping the runs. */
export interface Variation {
  readonly runs: number;
  readonly hits: number;
  readonly outputs: number;
  /** Sum of hits² / n over the runs. */
  readonly squares: number;
}

/** The sums of no runs. */
export const noVariation: Variation = { runs: 0, hits: 0, outputs: 0, squares: 0 };

/** Runs that may already be changed ones and therefore do not enter the variation yet. */
export const unsettledRuns = 5;

/** Pulls the factor towards 1 while runs are few: as if five more runs had been as even as chance makes them. */
const evenRuns = 5;

/** The sums with one more run. */
export function addRun(variation: Variation, { hits, n }: Counts): Variation {
  return {
    runs: variation.runs + 1,
    hits: variation.hits + hits,
    outputs: variation.outputs + n,
    squares: variation.squares + (hits * hits) / n,
  };
}

/** One-sided 99% limit of the standard normal: chance alone passes it in one metric of a hundred. */
const establishedZ = 2.33;

/**
 * Run-to-run variation phi: by how much the share of a run varies more than independent outputs would.
 * Hits and misses, of the baseline and of each run, are divided by it before they count.
 *
 * Formula: phi = max(1, (X² + 5) / (K - 1 + 5)), X² = sum over K runs of (s - n p)² / (n p (1-p)), p pooled;
 * here as (sum s²/n - S²/N) / (p (1-p)). K counts the baseline's runs and all later ones but the latest five;
 * while there are no more than five later runs, it is the baseline's runs alone.
 * phi stays 1 until X² > K - 1 + 2.33 sqrt(2 (K - 1)). Without this limit chance alone makes phi 1.1 on
 * average, and 0.95 to 0.85 takes 170 outputs in place of 140; with it, runs correlated by 0.02, 0.05 and 0.10
 * give 1.0, 1.3 and 1.7 false alarms per 1,000 (without any deflation 3.5, 12 and 29).
 * Assumes that the true rate varies between runs around one mean. Smallest sample: 2 runs; below it, and for
 * a share that is always or never true, phi is 1. Defaults: 5 from DETECTION 1.4, 2.33 by our own simulation.
 * Source: D. J. Finney, 1971, "Probit Analysis" (heterogeneity factor); P. McCullagh, J. A. Nelder, 1989,
 * "Generalized Linear Models", 4.5 (overdispersion from Pearson's chi-square).
 */
export function phiOf({ runs, hits, outputs, squares }: Variation): number {
  const share = hits / outputs;
  const perOutput = share * (1 - share);
  if (runs < 2 || !(perOutput > 0)) {
    return 1;
  }
  const chiSquare = (squares - (hits * hits) / outputs) / perOutput;
  const freedom = runs - 1;
  const established = chiSquare > freedom + establishedZ * Math.sqrt(2 * freedom);
  return established ? Math.max(1, (chiSquare + evenRuns) / (freedom + evenRuns)) : 1;
}
