import { addCounts, type Counts, noCounts, subtractCounts } from "../../measure/counts.js";
import { lnBeta } from "../../measure/ln-gamma.js";

const fewestRuns = 3;
const fewestOutputs = 10;
const neededLnRatio = Math.log(2_000);

/** What has to be known of an alarm to see its end. */
export interface AlarmCounts {
  readonly before: Counts;
  /** From the start of the change to now. */
  readonly since: Counts;
}

/**
 * Whether the latest runs after an alarm are like those before the change again.
 *
 * Formula: over the last r runs, for any r >= 3 with at least 10 outputs,
 *   ln Betabin(s, f; before) - ln Betabin(s, f; since) >= ln 2,000,
 *   Betabin(s, f; a, b) ~ B(s + a + .5, f + b + .5) / B(a + .5, b + .5);
 * `since` are the outputs from the start of the change up to these r runs, so that they are not compared with
 * themselves. For a stated floor the first term is s ln floor + f ln(1 - floor).
 * Assumes independent outputs. Smallest sample: 3 runs and 10 outputs after the alarm.
 * Default 2,000, chosen by simulation and measured on other seeds, 400 incidents each (0.95 to 0.85, 0.95 to 0.70,
 * 0.84 to 0.51, 0.99 to 0.95, latency x 1.3, a category from 10 to 25 %; 5 to 50 a run). While the change stays,
 * 0 to 4 % are closed within 50 runs, and 5.6 ± 1.2 % of 0.99 to 0.95 at 5 a run: an alarm comes when outputs look
 * worse than they are, so that a smaller change than the one shown looks like its end. The level of 20, asked of as
 * many outputs as led to the alarm, closed up to 44 %. Once all is well, half are closed within 70 to 550 outputs.
 * The price: of the smaller changes, 0.95 to 0.85 and 0.99 to 0.95, 21 to 25 % at 5 a run and 7 to 8 % at 20 are not
 * closed within 300 runs, and wait for "fixed" or "expected".
 * A sum over all windows (Shiryaev-Roberts) at 4,000 measures alike. Not held are runs that vary more than chance
 * makes them (correlation 0.05): 16 and 9 % of 0.95 to 0.80 and 0.95 to 0.70 are closed within 50 runs.
 * Source: E. S. Page, 1954, "Continuous inspection schemes", Biometrika 41 (the likeliest of all windows that end
 * now); R. E. Kass, A. E. Raftery, 1995, "Bayes factors", JASA 90; measured by `npm run bench:detection`.
 */
export function hasRecovered(
  { before, since }: AlarmCounts,
  runsAfterAlarm: readonly Counts[],
  floor: number | null,
): boolean {
  let latest = noCounts;
  for (let back = 1; back <= runsAfterAlarm.length; back += 1) {
    latest = addCounts(latest, runsAfterAlarm.at(-back) ?? noCounts);
    if (back < fewestRuns || latest.n < fewestOutputs) {
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
