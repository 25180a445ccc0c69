import { lnGamma } from "../../measure/ln-gamma.js";
import { largestEvidence } from "./share-detector.js";
import { phiOf } from "./variation.js";
import type { SeenRun, WatchedShare } from "./watch.js";

const latestStarts = 50;
const memories = [2, 8, 30] as const;
/** Prior count of every category. */
const prior = 0.2;

/**
 * Evidence that the mix of categories as a whole has changed.
 *
 * Formula: for each start j in the last 50 runs and c = 2, 8, 30: B_i = count before j + 0.2, B their sum;
 *   S_i = count since j, N their sum; L(a) = lnGamma(sum a) - lnGamma(sum a + N) + sum_i lnGamma(a_i+S_i) - lnGamma(a_i);
 *   ln E_jc = L(c B_i / B) - L(B_i); evidence = sum over j of the mean over c of E_jc.
 * In words: the same shares, remembered only as well as c outputs.
 * All counts are divided by the mean phi of the categories, weighted by their shares.
 * Assumes independent outputs. Smallest sample: one output. Defaults: DETECTION 1.5, by simulation.
 * Source: share-detector.ts; T. Minka, 2000, "Estimating a Dirichlet distribution" (Polya distribution).
 */
export function dirichletEvidence(shares: readonly WatchedShare[], history: readonly SeenRun[]): number {
  const phi = meanPhi(shares);
  const since = shares.map(() => 0);
  const before = shares.map(
    ({ older, plan }, i) =>
      (older.hits + plan.credit + history.reduce((sum, run) => sum + (run.hits[i] ?? 0), 0)) / phi + prior,
  );
  const lnAll = before.map(lnGamma);
  let evidence = 0;
  for (const run of history.slice(-latestStarts).reverse()) {
    run.hits.forEach((hits, i) => {
      before[i] = Math.max(prior, (before[i] ?? 0) - hits / phi);
      since[i] = (since[i] ?? 0) + hits / phi;
    });
    evidence += evidenceOfStart(before, since, lnAll);
  }
  return Math.min(evidence, largestEvidence);
}

/** The mean over the memories of E_jc; `lnAll` holds lnGamma(B_i + S_i), the same for every start. */
function evidenceOfStart(
  before: readonly number[],
  since: readonly number[],
  lnAll: readonly number[],
): number {
  const total = sum(before);
  const later = sum(since);
  let lnSame = lnGamma(total) - lnGamma(total + later);
  const lnChanged = memories.map((memory) => lnGamma(memory) - lnGamma(memory + later));
  since.forEach((count, i) => {
    const known = before[i] ?? 0;
    if (count > 0) {
      lnSame += (lnAll[i] ?? 0) - lnGamma(known);
      memories.forEach((memory, at) => {
        const scaled = (memory * known) / total;
        lnChanged[at] = (lnChanged[at] ?? 0) + lnGamma(scaled + count) - lnGamma(scaled);
      });
    }
  });
  return lnChanged.reduce((mean, ln) => mean + Math.exp(Math.min(ln - lnSame, 700)) / memories.length, 0);
}

function meanPhi(shares: readonly WatchedShare[]): number {
  const weights = shares.map(({ plan }) => (plan.baseline.hits + plan.credit) / plan.baseline.n);
  return shares.reduce(
    (mean, { variation }, i) => mean + (phiOf(variation) * (weights[i] ?? 0)) / sum(weights),
    0,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
