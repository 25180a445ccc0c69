import { lnGamma } from "./ln-gamma.js";
import type { Interval } from "./wilson-interval.js";

/** Probability left out on each side of a 95% interval. */
const tail = 0.025;
/** Halvings: the limits are then exact to twelve figures. */
const halvings = 80;

/**
 * The mean that lies behind a count of rare events, as an interval of 95%.
 *
 * Formula: low solves P(X >= count) = 0.025, high solves P(X <= count) = 0.025, X Poisson; low of 0 is 0.
 * Assumes that events come independently at one rate. Smallest sample: none at all ("0 seen" is up to 3.69).
 * Default: 95%, the usual choice. Exact, hence rather wide than narrow.
 * Source: F. Garwood, 1936, "Fiducial limits for the Poisson distribution", Biometrika 28.
 */
export function poissonInterval(count: number): Interval {
  const highest = count + 10 * Math.sqrt(count + 1) + 10;
  return {
    low: count === 0 ? 0 : crossing(0, highest, (mean) => 1 - atMost(count - 1, mean) >= tail),
    high: crossing(0, highest, (mean) => atMost(count, mean) <= tail),
  };
}

/** Where something that is false at `low` and true at `high` becomes true. */
function crossing(low: number, high: number, isPast: (at: number) => boolean): number {
  let [before, past] = [low, high];
  for (let turn = 0; turn < halvings; turn += 1) {
    const middle = (before + past) / 2;
    if (isPast(middle)) past = middle;
    else before = middle;
  }
  return past;
}

/** P(X <= count) of a Poisson variable. */
function atMost(count: number, mean: number): number {
  if (mean <= 0) return 1;
  let sum = 0;
  for (let at = 0; at <= count; at += 1) sum += Math.exp(at * Math.log(mean) - mean - lnGamma(at + 1));
  return Math.min(1, sum);
}
