import { addCounts, type Counts, noCounts, subtractCounts } from "../../measure/counts.js";
import { lnBeta } from "../../measure/ln-gamma.js";

/**
 * The run at which the change most likely began: its index in `runs`.
 *
 * Formula: the j that maximises lnB(before) + lnB(since), lnB = lnGamma(s+.5) + lnGamma(f+.5) - lnGamma(s+f+1);
 * before = everything older than `runs` and the runs before j, since = run j to the last one.
 * Assumes one abrupt change, independent outputs, Jeffreys' prior on both rates. Smallest sample: one run.
 * Default: the last 200 runs are searched (drift/watch.ts keeps no more).
 * Source: A. F. M. Smith, 1975, "A Bayesian approach to inference about a change-point in a sequence of random
 * variables", Biometrika 62.
 */
export function changeStart(older: Counts, runs: readonly Counts[]): number {
  let before = older;
  let since = runs.reduce(addCounts, noCounts);
  let best = Number.NEGATIVE_INFINITY;
  let start = 0;
  runs.forEach((run, at) => {
    const likelihood = lnEvidence(before) + lnEvidence(since);
    if (likelihood > best) {
      best = likelihood;
      start = at;
    }
    before = addCounts(before, run);
    since = subtractCounts(since, run);
  });
  return start;
}

function lnEvidence({ hits, n }: Counts): number {
  return lnBeta(hits + 0.5, n - hits + 0.5);
}
