import { logAddExp, logSumExp } from "../../measure/log-sum.js";
import { largestEvidence } from "../shares/share-detector.js";
import type { Profile } from "./profile.js";

/**
 * The count detector: how surprising the outputs of the latest hours are against their weekly profile.
 * The outputs of an hour and those usual in it enter, evidence leaves.
 *
 * Formula (all weights are kept as logarithms; x and e are divided by phi of the profile):
 *   levels l = exp(u), 97 of them, u = -1.2 .. 1.2;  start  w_l = exp(N (u - exp u)), V_kl = 0, N = min(500, outputs / phi)
 *   hour   V_kl = (w_l + V_kl) l^x exp(-l e) r_k^x exp(-l e (r_k - 1));  w_l = w_l l^x exp(-l e)
 *   evidence = sum_k weight_k sum_l V_kl / sum_l w_l
 * r = 0 (silence: its stories end with the first output), 0.35, 0.65, 1.6, 3; likely by 0.2, 0.25, 0.25, 0.2, 0.1.
 * Assumes that hours vary around their profile as counts with variance phi times their mean, and independently.
 * Smallest sample: one hour. Without a change the mean number of hours until the evidence reaches A is at least A.
 * Defaults: DETECTION 1.6, by simulation; see `npm run bench:detection`.
 * Source: share-detector.ts; for counts: J. Shin, A. Ramdas, A. Rinaldo, 2024, "E-detectors", section 5; R. E.
 * Kass, A. E. Raftery, 1995, "Bayes factors" (mixtures over an unknown level).
 */
export interface LevelStories {
  readonly unchanged: Float64Array;
  /** One list per ratio. */
  readonly changed: readonly Float64Array[];
}

/** The stories after an hour, and what they say. */
export interface ToldHour {
  readonly stories: LevelStories;
  readonly evidence: number;
  /** True when "nothing comes any more" is the likeliest of the changes. */
  readonly silence: boolean;
}

/** By how much volume may change. */
export const ratios = [0, 0.35, 0.65, 1.6, 3] as const;
const weights = [0.2, 0.25, 0.25, 0.2, 0.1] as const;
/** How many levels the stories lie on. */
export const levelCount = 97;
const widest = 1.2;
const mostCertain = 500;

const lnLevels = Float64Array.from(
  { length: levelCount },
  (_, at) => -widest + (2 * widest * at) / (levelCount - 1),
);
const levels = lnLevels.map((ln) => Math.exp(ln));

/** How many outputs the profile's own level is worth: the certainty that later hours are weighed against. */
export function certaintyOf({ outputs, phi }: Profile): number {
  return Math.min(mostCertain, outputs / phi);
}

/** The stories that a profile leaves open. */
export function freshLevels(profile: Profile): LevelStories {
  const certainty = certaintyOf(profile);
  const start = lnLevels.map((ln, at) => certainty * (ln - (levels[at] ?? 1)));
  const total = logSumExp(start);
  return {
    unchanged: start.map((weight) => weight - total),
    changed: ratios.map(() => new Float64Array(levelCount).fill(Number.NEGATIVE_INFINITY)),
  };
}

/** Tells the stories on by one hour; both counts divided by phi. */
export function tellHour(stories: LevelStories, seen: number, expected: number): ToldHour {
  const likelihood = lnLevels.map((ln, at) => seen * ln - (levels[at] ?? 1) * expected);
  const grown = stories.unchanged.map((weight, at) => weight + (likelihood[at] ?? 0));
  const total = logSumExp(grown);
  const parts: number[] = [];
  const changed = ratios.map((ratio, k) => {
    const before = stories.changed[k];
    const next = stories.unchanged.map((weight, at) => {
      const ln = logAddExp(weight, before?.[at] ?? Number.NEGATIVE_INFINITY) + (likelihood[at] ?? 0);
      return ln + lnRatio(ratio, seen) - (levels[at] ?? 1) * expected * (ratio - 1) - total;
    });
    parts.push((weights[k] ?? 0) * Math.exp(Math.min(logSumExp(next), 700)));
    return next;
  });
  const evidence = parts.reduce((sum, part) => sum + part, 0);
  return {
    stories: { unchanged: grown.map((weight) => weight - total), changed },
    evidence: Math.min(evidence, largestEvidence),
    silence: parts.every((part) => part <= (parts[0] ?? 0)),
  };
}

/** ln of ratio^seen; nothing at all has come where silence is still possible. */
function lnRatio(ratio: number, seen: number): number {
  return seen === 0 ? 0 : seen * Math.log(ratio);
}
