import { logAddExp, logSumExp } from "../../measure/log-sum.js";
import { gridRates, knownRate, type Rates, shifted } from "./rates.js";

/**
 * The share detector: how surprising the recent runs of one share are against its baseline.
 * Passes and fails of one run enter, evidence leaves. It never decides about alarms, never looks at
 * a clock, and never forgets a run by itself.
 *
 * Formula (all weights are kept as logarithms):
 *   start  w_g = p_g^s0 (1-p_g)^(f0+b-0.5), V_kg = 0
 *   run    p_kg = p_g / (p_g + o_k (1-p_g));  V_kg = (w_g + V_kg) p_kg^s (1-p_kg)^f;  w_g = w_g p_g^s (1-p_g)^f
 *   evidence = sum_k weight_k sum_g V_kg / sum_g w_g
 * in words: the weight of all stories "the rate was p, then the odds of failing changed by o_k" over the
 * weight of all stories "the rate is p, and nothing changed".
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

/** The weights of all stories, as logarithms; those of the unchanged ones sum to 1. */
export interface Stories {
  /** null: the rate is unknown and the stories lie on the grid; otherwise the one rate of passing. */
  readonly known: number | null;
  readonly unchanged: Float64Array;
  /** One list per odds factor of the outlook. */
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

/** The stories that a baseline leaves open; `b` = 0.1 for pass/fail, 0.5 otherwise. */
export function storiesFromBaseline(passes: number, fails: number, b: number, outlook: Outlook): Stories {
  const unchanged = gridRates.lnPass.map(
    (lnPass, at) => passes * lnPass + (fails + b - 0.5) * (gridRates.lnFail[at] ?? 0),
  );
  return freshStories(null, normalised(unchanged), outlook);
}

/** The stories when the rate of passing is stated and needs no baseline. */
export function storiesOfKnownRate(rate: number, outlook: Outlook): Stories {
  const inside = Math.min(1 - rateMargin, Math.max(rateMargin, rate));
  return freshStories(inside, new Float64Array(1), outlook);
}

/** Tells the stories on by one run; passes and fails may be fractions. */
export function tellRun(stories: Stories, outlook: Outlook, passes: number, fails: number): Told {
  const rates = stories.known === null ? gridRates : knownRate(stories.known);
  const grown = grow(stories.unchanged, null, rates, passes, fails);
  const total = logSumExp(grown);
  const unchanged = grown.map((weight) => weight - total);
  let evidence = 0;
  const changed = stories.changed.map((weights, k) => {
    const next = grow(stories.unchanged, weights, shifted(rates, outlook.odds[k] ?? 1), passes, fails);
    for (let at = 0; at < next.length; at += 1) {
      next[at] = (next[at] ?? 0) - total;
    }
    evidence += (outlook.weights[k] ?? 0) * Math.exp(Math.min(logSumExp(next), 700));
    return next;
  });
  return {
    stories: { known: stories.known, unchanged, changed },
    evidence: Math.min(evidence, largestEvidence),
  };
}

/** Multiplies the weights by the likelihood of the run; with `changed`, stories may change at this run. */
function grow(
  unchanged: Float64Array,
  changed: Float64Array | null,
  rates: Rates,
  passes: number,
  fails: number,
): Float64Array {
  const grown = new Float64Array(unchanged.length);
  for (let at = 0; at < grown.length; at += 1) {
    const stays = unchanged[at] ?? 0;
    const before = changed === null ? stays : logAddExp(stays, changed[at] ?? 0);
    grown[at] = before + passes * (rates.lnPass[at] ?? 0) + fails * (rates.lnFail[at] ?? 0);
  }
  return grown;
}

function freshStories(known: number | null, unchanged: Float64Array, outlook: Outlook): Stories {
  return {
    known,
    unchanged,
    changed: outlook.odds.map(() => new Float64Array(unchanged.length).fill(Number.NEGATIVE_INFINITY)),
  };
}

function normalised(weights: Float64Array): Float64Array {
  const total = logSumExp(weights);
  return weights.map((weight) => weight - total);
}
