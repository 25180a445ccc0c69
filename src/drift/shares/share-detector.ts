import { logSumExp } from "../../measure/log-sum.js";
import { gridRates, knownRate, type Rates, shifted } from "./rates.js";

/**
 * The share detector: how surprising the recent runs of one share are against its baseline.
 * Passes and fails of one run enter, evidence leaves. It never decides about alarms, never looks at
 * a clock, and never forgets a run by itself.
 *
 * Formula:
 *   start  w_g = p_g^s0 (1-p_g)^(f0+b-0.5), V_kg = 0
 *   run    p_kg = p_g / (p_g + o_k (1-p_g));  V_kg = (w_g + V_kg) p_kg^s (1-p_kg)^f;  w_g = w_g p_g^s (1-p_g)^f
 *   evidence = sum_k weight_k sum_g V_kg / sum_g w_g
 * in words: the weight of all stories "the rate was p, then the odds of failing changed by o_k" over the
 * weight of all stories "the rate is p, and nothing changed".
 * Kept are the two exponents of w, which determine it, and ln R_kg = ln (V_kg / w_g), for which a run means
 *   R_kg = (1 + R_kg) (p_kg / p_g)^s ((1-p_kg) / (1-p_g))^f,
 * and these only at rates whose w or V is above e^-80 of the largest w. A rate that comes back into this range
 * takes R from the nearest one: to weigh a millionth by then, the runs in between must have made it e^66 times
 * likelier than the likeliest one, and the evidence has long passed every level.
 *
 * Assumes that outputs of one run are independent, or that passes and fails were divided by their run-to-run
 * variation (variation.ts). Smallest sample: one output. Without a change the mean number of runs until the
 * evidence reaches A is at least A, averaged over what the baseline leaves open.
 * Defaults (150 rates, b, odds factors): chosen by simulation, see `npm run bench:detection`.
 * Source: J. Shin, A. Ramdas, A. Rinaldo, 2024, "E-detectors: a nonparametric framework for sequential change
 * detection", New England Journal of Statistics in Data Science 2; A. N. Shiryaev, 1963, "On optimum methods in
 * quickest detection problems"; S. W. Roberts, 1966, "A comparison of some control chart procedures".
 */

/** By which factors the odds of failing may change, and how likely each is held to be. */
export interface Outlook {
  readonly odds: readonly number[];
  readonly weights: readonly number[];
}

/** The weights of all stories. */
export interface Stories {
  /** null: the rate is unknown and the stories lie on the grid; otherwise the one rate of passing. */
  readonly known: number | null;
  /** The exponents of the unchanged stories: all that was seen, with the prior. */
  readonly passes: number;
  readonly fails: number;
  /** Index of the first rate that is kept. */
  readonly from: number;
  /** ln R from there on, one list per odds factor of the outlook. */
  readonly changed: readonly Float64Array[];
}

/** The stories after a run, and what they say. */
export interface Told {
  readonly stories: Stories;
  readonly evidence: number;
}

/** Evidence above this is reported as this: it stays a number that can be stored, averaged and shown. */
export const largestEvidence = 1e15;

/** Rates closer to 0 or 1 than this would make a single output decide everything. */
const rateMargin = 1e-6;

/** A weight further under the largest one, in logarithms, cannot matter. */
const negligibleGap = 80;

/** The stories that a baseline leaves open; `b` = 0.1 for pass/fail, 0.5 otherwise. */
export function storiesFromBaseline(passes: number, fails: number, b: number, outlook: Outlook): Stories {
  const stories = { known: null, passes, fails: fails + b - 0.5 };
  const [from, to] = weighty(unchangedWeights(gridRates, stories));
  return { ...stories, from, changed: outlook.odds.map(() => neverChanged(to - from)) };
}

/** The stories when the rate of passing is stated and needs no baseline. */
export function storiesOfKnownRate(rate: number, outlook: Outlook): Stories {
  const known = Math.min(1 - rateMargin, Math.max(rateMargin, rate));
  return { known, passes: 0, fails: 0, from: 0, changed: outlook.odds.map(() => neverChanged(1)) };
}

/** Tells the stories on by one run; passes and fails may be fractions. */
export function tellRun(stories: Stories, outlook: Outlook, passes: number, fails: number): Told {
  const { known } = stories;
  const rates = known === null ? gridRates : knownRate(known);
  const seen = { passes: stories.passes + passes, fails: stories.fails + fails };
  const unchanged = unchangedWeights(rates, seen);
  const [first, last] = weighty(unchanged);
  const from = Math.min(first, stories.from);
  const to = Math.max(last, stories.from + (stories.changed[0]?.length ?? 0));
  const changed = stories.changed.map((ratios, k) =>
    toldOn(ratios, stories.from, { from, to }, rates, shifted(rates, outlook.odds[k] ?? 1), passes, fails),
  );
  const lnTotal = logSumExp(unchanged);
  return {
    stories: { known, ...seen, ...kept(unchanged, changed, from) },
    evidence: Math.min(evidenceOf(unchanged, changed, from, outlook, lnTotal), largestEvidence),
  };
}

/** ln w at every rate, whatever their sum. */
function unchangedWeights(
  { lnPass, lnFail }: Rates,
  { passes, fails }: Pick<Stories, "passes" | "fails">,
): Float64Array {
  const weights = new Float64Array(lnPass.length);
  for (let at = 0; at < weights.length; at += 1)
    weights[at] = passes * (lnPass[at] ?? 0) + fails * (lnFail[at] ?? 0);
  return weights;
}

/** From where to where the weights matter. */
function weighty(weights: Float64Array): readonly [from: number, to: number] {
  let largest = Number.NEGATIVE_INFINITY;
  for (const weight of weights) largest = Math.max(largest, weight);
  let from = 0;
  let to = weights.length;
  while (from < to - 1 && (weights[from] ?? 0) < largest - negligibleGap) from += 1;
  while (to > from + 1 && (weights[to - 1] ?? 0) < largest - negligibleGap) to -= 1;
  return [from, to];
}

/** ln R after the run at the rates of the range. */
function toldOn(
  ratios: Float64Array,
  ratiosFrom: number,
  range: { readonly from: number; readonly to: number },
  rates: Rates,
  moved: Rates,
  passes: number,
  fails: number,
): Float64Array {
  const told = new Float64Array(range.to - range.from);
  for (let i = 0; i < told.length; i += 1) {
    const at = range.from + i;
    const nearest = Math.min(ratios.length - 1, Math.max(0, at - ratiosFrom));
    told[i] =
      lnOnePlus(ratios[nearest] ?? Number.NEGATIVE_INFINITY) +
      passes * ((moved.lnPass[at] ?? 0) - (rates.lnPass[at] ?? 0)) +
      fails * ((moved.lnFail[at] ?? 0) - (rates.lnFail[at] ?? 0));
  }
  return told;
}

/** ln(1 + exp(x)): a story that had changed goes on, and one that had not may change now. */
function lnOnePlus(x: number): number {
  if (x > 37) return x;
  return x < -37 ? 0 : Math.log1p(Math.exp(x));
}

function evidenceOf(
  unchanged: Float64Array,
  changed: readonly Float64Array[],
  from: number,
  outlook: Outlook,
  lnTotal: number,
): number {
  return changed.reduce((evidence, ratios, k) => {
    const weights = ratios.map((ratio, i) => (unchanged[from + i] ?? 0) + ratio);
    return evidence + (outlook.weights[k] ?? 0) * Math.exp(Math.min(logSumExp(weights) - lnTotal, 700));
  }, 0);
}

/** Cuts off at both ends the rates at which neither kind of story has weight. */
function kept(
  unchanged: Float64Array,
  changed: readonly Float64Array[],
  from: number,
): Pick<Stories, "from" | "changed"> {
  const heaviest = Float64Array.from({ length: changed[0]?.length ?? 0 }, (_, i) =>
    changed.reduce(
      (most, ratios) => Math.max(most, (unchanged[from + i] ?? 0) + (ratios[i] ?? 0)),
      unchanged[from + i] ?? 0,
    ),
  );
  const largest = logMax(unchanged);
  const matters = (i: number) => (heaviest[i] ?? 0) >= largest - negligibleGap;
  let first = 0;
  let end = heaviest.length;
  while (first < end - 1 && !matters(first)) first += 1;
  while (end > first + 1 && !matters(end - 1)) end -= 1;
  return { from: from + first, changed: changed.map((ratios) => ratios.slice(first, end)) };
}

function logMax(weights: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const weight of weights) largest = Math.max(largest, weight);
  return largest;
}

function neverChanged(rates: number): Float64Array {
  return new Float64Array(rates).fill(Number.NEGATIVE_INFINITY);
}
