import { logAddExp, logSumExp } from "../../measure/log-sum.js";
import { type CaseModels, caseModels } from "./models.js";
import { type CaseRun, mostStarts, type WatchedCase } from "./watch.js";

/** Parts of the set that turn at once: a single case of a usual set, or every seventh. */
const turnedParts = [0.02, 0.15] as const;

/** Beyond it the number says no more, and JSON and SQLite know no infinity. */
const mostEvidence = 1e300;

/** One run as the one at which the change began. */
export interface Start {
  /** Its index in the history. */
  readonly at: number;
  /** ln of the mean over q of the product over cases of (1-q) + q r. */
  readonly lnWeight: number;
  /** ln r of each case, in their order. */
  readonly lnRatios: readonly number[];
  /** How likely it is that each case turned here, in their order. */
  readonly turned: readonly number[];
}

/**
 * The evidence that some golden cases no longer pass as they did, by the run at which that began.
 *
 * Formula: for case i and start j, r_ij = normal(i before j) bad(i since j) / normal(i, all), models.ts;
 *   evidence = sum over the last 20 starts j of the mean over q = 0.02, 0.15 of prod_i [(1-q) + q r_ij].
 * In logarithms: a hundred cases that fail ten times would overflow.
 * q is the part of the set that turns at once. A case turned with the probability q r / ((1-q) + q r), averaged
 * over q by how well each explains the run.
 * Assumes cases independent of each other, and each run independent of the last one. Smallest sample: one run
 * after the baseline. Defaults: DETECTION 1.8, by simulation.
 * Source: J. Shin, A. Ramdas, A. Rinaldo, 2022, "E-detectors: a nonparametric framework for sequential change
 * detection" (sum over starts); the mixture over how many streams change: Y. Xie, D. Siegmund, 2013, "Sequential
 * multi-sensor change-point detection", Annals of Statistics 41.
 */
export function startsOf(
  cases: readonly WatchedCase[],
  history: readonly CaseRun[],
  most = mostStarts,
): readonly Start[] {
  const first = Math.max(0, history.length - most);
  const models = modelsFor(cases, history);
  const ratios = cases.map((each) => ratiosOf(models, each, history, first));
  return history.slice(first).map((_run, start) =>
    startAt(
      first + start,
      ratios.map((each) => each[start] ?? 0),
    ),
  );
}

/** Evidence of all these starts together. */
export function evidenceOf(starts: readonly Start[]): number {
  const evidence = Math.exp(logSumExp(starts.map(({ lnWeight }) => lnWeight)));
  return Math.min(mostEvidence, evidence);
}

function modelsFor(cases: readonly WatchedCase[], history: readonly CaseRun[]): CaseModels {
  return caseModels(cases.reduce((most, { older }) => Math.max(most, older.n), 0) + history.length);
}

/** ln r of one case for each start from `first` on. */
function ratiosOf(
  { lnNormal, lnBad }: CaseModels,
  { case: id, older }: WatchedCase,
  history: readonly CaseRun[],
  first: number,
): readonly number[] {
  const passed = history.map((run) => run.passed.get(id));
  const total = { passes: older.hits, fails: older.n - older.hits };
  for (const each of passed) count(total, each, 1);
  const lnAll = lnNormal(total.fails, total.passes);
  const before = { ...total };
  const since = { passes: 0, fails: 0 };
  const ratios: number[] = [];
  for (let start = history.length - 1; start >= first; start -= 1) {
    count(before, passed[start], -1);
    count(since, passed[start], 1);
    ratios.push(lnNormal(before.fails, before.passes) + lnBad(since.fails, since.passes) - lnAll);
  }
  return ratios.reverse();
}

function count(tally: { passes: number; fails: number }, passed: boolean | undefined, by: 1 | -1): void {
  if (passed === true) tally.passes += by;
  if (passed === false) tally.fails += by;
}

function startAt(at: number, lnRatios: readonly number[]): Start {
  const stories = turnedParts.map((part) => {
    const lnTerms = lnRatios.map((lnRatio) => logAddExp(Math.log1p(-part), Math.log(part) + lnRatio));
    return { part, lnTerms, lnProduct: lnTerms.reduce((sum, lnTerm) => sum + lnTerm, 0) };
  });
  const lnSum = logSumExp(stories.map(({ lnProduct }) => lnProduct));
  const turned = lnRatios.map((lnRatio, i) =>
    stories.reduce(
      (sum, { part, lnTerms, lnProduct }) =>
        sum + Math.exp(lnProduct - lnSum + Math.log(part) + lnRatio - (lnTerms[i] ?? 0)),
      0,
    ),
  );
  return { at, lnWeight: lnSum - Math.log(turnedParts.length), lnRatios, turned };
}
