import { median } from "../../measure/quantile.js";

/** A phi above this means that the promise is approximate already, and nothing of it may be spent. */
const unevenPhi = 1.1;

/**
 * The factor c by which the alarm level is multiplied.
 *
 * Formula: 1 for runs of under 10 outputs, 0.85 for 10 to 19, 0.7 from 20 (median run size); 1 if phi > 1.1.
 * Evidence jumps past its level rather than touching it, the more so the larger the runs, so the mean run
 * length is longer than promised; c spends that surplus. For pass shares and numbers only.
 * Smallest sample: 1 run. Origin: simulation at 13 true rates, see `npm run bench:detection`.
 * Source: D. Siegmund, 1985, "Sequential Analysis" (overshoot); the figures are our own.
 */
export function alarmFactor(runSizes: readonly number[], phi: number): number {
  const size = median(runSizes) ?? 0;
  if (phi > unevenPhi || size < 10) {
    return 1;
  }
  return size < 20 ? 0.85 : 0.7;
}
