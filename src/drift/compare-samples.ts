import { lnGamma } from "../measure/ln-gamma.js";
import { median } from "../measure/quantile.js";
import type { Value } from "./metric.js";

/** Fewest outputs on each side. */
const fewestOutputs = 20;
/** A share that moves by less is none the less as before. */
const smallestShare = 0.03;
/** So does a middle value that moves by less of itself. */
const smallestMedian = 0.05;

/** A metric on both sides of a known instant. */
export type Compared =
  | { readonly what: "too-few"; readonly before: number; readonly since: number }
  | {
      readonly what: "share";
      readonly category: string | null;
      readonly before: { hits: number; n: number };
      readonly since: { hits: number; n: number };
      readonly p: number;
      readonly large: boolean;
    }
  | {
      readonly what: "number";
      readonly before: number;
      readonly since: number;
      readonly p: number;
      readonly large: boolean;
    };

/**
 * Two samples on both sides of an instant that was known beforehand: is this still the same metric?
 *
 * Formula: shares by Fisher's exact test, two-sided (all tables as likely as the one seen or less); numbers by the
 * rank-sum test with ties corrected, normal approximation; categories by Fisher's test of each against the rest, the
 * smallest p times their number (Bonferroni). `large` holds from 3 points of share or 5% of the median.
 * Assumes independent outputs. Smallest sample: 20 on each side. Whoever compares several metrics divides the level
 * among them. Defaults: 3 points is the effect gate of the detectors; 5% is where a reader sees another number.
 * Source: R. A. Fisher, 1934, "Statistical Methods for Research Workers", 5th ed.; H. B. Mann, D. R. Whitney, 1947,
 * "On a test of whether one of two random variables is stochastically larger than the other", Ann. Math. Stat. 18.
 */
export function compareSamples(before: readonly Value[], since: readonly Value[]): Compared {
  if (before.length < fewestOutputs || since.length < fewestOutputs)
    return { what: "too-few", before: before.length, since: since.length };
  if (typeof before[0] === "number") return numbers(before.filter(isNumber), since.filter(isNumber));
  if (typeof before[0] === "boolean") return share(before, since, true, null, 1);
  const categories = [...new Set([...before, ...since])];
  return categories
    .map((each) => share(before, since, each, String(each), categories.length))
    .reduce((surest, each) => (each.p < surest.p ? each : surest));
}

function isNumber(value: Value): value is number {
  return typeof value === "number";
}

function share(
  before: readonly Value[],
  since: readonly Value[],
  value: Value,
  category: string | null,
  times: number,
) {
  const count = (values: readonly Value[]) => ({
    hits: values.filter((each) => each === value).length,
    n: values.length,
  });
  const [a, b] = [count(before), count(since)];
  const large = Math.abs(a.hits / a.n - b.hits / b.n) >= smallestShare;
  return {
    what: "share" as const,
    category,
    before: a,
    since: b,
    p: Math.min(1, times * fisher(a, b)),
    large,
  };
}

function fisher(a: { hits: number; n: number }, b: { hits: number; n: number }): number {
  const hits = a.hits + b.hits;
  const lnChoose = (n: number, k: number) => lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);
  const ln = (k: number) => lnChoose(a.n, k) + lnChoose(b.n, hits - k) - lnChoose(a.n + b.n, hits);
  const seen = ln(a.hits) + 1e-7;
  let p = 0;
  for (let k = Math.max(0, hits - b.n); k <= Math.min(a.n, hits); k += 1)
    if (ln(k) <= seen) p += Math.exp(ln(k));
  return Math.min(1, p);
}

function numbers(before: readonly number[], since: readonly number[]): Compared {
  const [from, to] = [median(before) ?? 0, median(since) ?? 0];
  const large = Math.abs(to - from) > smallestMedian * Math.abs(from);
  return { what: "number", before: from, since: to, p: rankSum(before, since), large };
}

function rankSum(before: readonly number[], since: readonly number[]): number {
  const all = [
    ...before.map((value) => ({ value, own: true })),
    ...since.map((value) => ({ value, own: false })),
  ];
  all.sort((left, right) => left.value - right.value);
  const [m, n, total] = [before.length, since.length, all.length];
  let ranks = 0;
  let ties = 0;
  for (let from = 0; from < total; ) {
    let to = from;
    while (to < total && all[to]?.value === all[from]?.value) to += 1;
    const own = all.slice(from, to).filter((each) => each.own).length;
    ranks += own * ((from + 1 + to) / 2);
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const variance = ((m * n) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(ranks - (m * (total + 1)) / 2) - 0.5);
  return twoSided(distance / Math.sqrt(variance));
}

/** Both tails of the normal distribution; Abramowitz and Stegun, 1964, 7.1.26, off by at most 1.5e-7. */
function twoSided(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return Math.min(1, series.reduce((sum, each) => (sum + each) * t, 0) * Math.exp(-x * x));
}
