import { addCounts, noCounts, subtractCounts } from "../../measure/counts.js";
import type { TurnedCase } from "../explanation.js";
import { caseModels } from "./models.js";
import { type CaseRun, countsOf } from "./watch.js";

const fewestRuns = 3;
const neededLnRatio = Math.log(300);

/**
 * Whether the cases that turned pass again as they did before.
 *
 * Formula: over the last r runs after the alarm, for any r >= 3, with F fails and P passes of a case in them:
 *   ln [normal(before + F, P) / normal(before)] - ln [bad(since + F, P) / bad(since)],
 * models.ts, `since` being its results from the start of the change up to these runs. Over when these sum up to
 * at least ln 300, no case speaks against it, and each has been told in three of the runs; in as many as led to the
 * alarm where it has passed at times since the change. The sum alone would call four cases of five that are well
 * again the end of it, while the fifth is still wrong; and three passes in a row end every alarm about a case that
 * now fails every other time, sooner or later.
 * Assumes independent runs. Smallest sample: 3 runs. Default 300, chosen by simulation; measured on other seeds, a
 * case that goes on failing every other time is closed within 60 runs in 9 ± 2 % of incidents (22 ± 3 % at 20), and
 * one bad case that is well again is over after 4 runs in place of 3, 6 if it had failed but three times until the
 * alarm. A case that goes on failing three times of ten is still closed within 50 runs in 36 % (64 % at 20; 39
 * incidents).
 * Source: R. E. Kass, A. E. Raftery, 1995, "Bayes factors", JASA 90; measured by `npm run bench:detection`.
 */
export function casesRecovered(
  turned: readonly TurnedCase[],
  runsToAlarm: number,
  runsAfterAlarm: readonly CaseRun[],
): boolean {
  const most = turned.reduce((sum, { before, since }) => Math.max(sum, before.n + since.n), 0);
  const { lnNormal, lnBad } = caseModels(most + runsAfterAlarm.length);
  const latest = new Map(turned.map((each) => [each.case, noCounts]));
  for (let back = 1; back <= runsAfterAlarm.length; back += 1) {
    const run = runsAfterAlarm.at(-back);
    for (const [id, counts] of latest) latest.set(id, addCounts(counts, countsOf(run?.passed.get(id))));
    const said = turned.map(({ case: id, before, since }) => {
      const now = latest.get(id) ?? noCounts;
      const bad = subtractCounts(since, now);
      const enough = bad.hits === 0 ? fewestRuns : Math.max(fewestRuns, runsToAlarm);
      if (now.n < enough) return Number.NEGATIVE_INFINITY;
      const [fails, nowFails, badFails] = [before.n - before.hits, now.n - now.hits, bad.n - bad.hits];
      const asUsual = lnNormal(fails + nowFails, before.hits + now.hits) - lnNormal(fails, before.hits);
      const asBad = lnBad(badFails + nowFails, bad.hits + now.hits) - lnBad(badFails, bad.hits);
      return asUsual - asBad;
    });
    if (said.every((each) => each >= 0) && said.reduce((sum, each) => sum + each, 0) >= neededLnRatio)
      return true;
  }
  return false;
}
