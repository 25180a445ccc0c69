import { addCounts, type Counts, noCounts, subtractCounts } from "../../measure/counts.js";
import { lnBeta } from "../../measure/ln-gamma.js";

const fewestRuns = 3;
const fewestOutputs = 10;
const neededLnRatio = Math.log(20);

/** What has to be known of an alarm to see its end. */
export interface AlarmCounts {
  readonly before: Counts;
  /** From the start of the change to now. */
  readonly since: Counts;
  /** Outputs from the start of the change to the alarm. */
  readonly outputsToAlarm: number;
}

/**
 * Whether the latest runs after an alarm are like those before the change again.
 *
 * Formula: over the last r runs, for any r >= 3 with at least 10 outputs and as many as led to the alarm,
 *   ln Betabin(s, f; before) - ln Betabin(s, f; since) >= ln 20,
 *   Betabin(s, f; a, b) ~ B(s + a + .5, f + b + .5) / B(a + .5, b + .5);
 * `since` are the outputs from the start of the change up to these r runs, so that they are not compared with
 * themselves. For a stated floor the first term is s ln floor + f ln(1 - floor).
 * Without "as many as led to the alarm" a fall from 0.95 to 0.85 that stays counts as over within 50 runs in
 * 40 of 100 cases: short runs of luck are tested again and again.
 * Assumes independent outputs. Smallest sample: 3 runs and 10 outputs after the alarm. Default 20: the usual
 * reading of a strong Bayes factor.
 * Source: R. E. Kass, A. E. Raftery, 1995, "Bayes factors", JASA 90; how often it closes too early and how
 * long it takes is measured by `npm run bench:detection`.
 */
export function hasRecovered(
  { before, since, outputsToAlarm }: AlarmCounts,
  runsAfterAlarm: readonly Counts[],
  floor: number | null,
): boolean {
  const enough = Math.max(fewestOutputs, outputsToAlarm);
  let latest = noCounts;
  for (let back = 1; back <= runsAfterAlarm.length; back += 1) {
    latest = addCounts(latest, runsAfterAlarm.at(-back) ?? noCounts);
    if (back < fewestRuns || latest.n < enough) {
      continue;
    }
    const usual = floor === null ? lnBetaBinomial(latest, before) : lnAtRate(latest, floor);
    if (usual - lnBetaBinomial(latest, subtractCounts(since, latest)) >= neededLnRatio) {
      return true;
    }
  }
  return false;
}

/** Without the binomial coefficient, which is the same on both sides. */
function lnBetaBinomial({ hits, n }: Counts, seen: Counts): number {
  const a = seen.hits + 0.5;
  const b = seen.n - seen.hits + 0.5;
  return lnBeta(hits + a, n - hits + b) - lnBeta(a, b);
}

function lnAtRate({ hits, n }: Counts, rate: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, rate));
  return hits * Math.log(inside) + (n - hits) * Math.log1p(-inside);
}
