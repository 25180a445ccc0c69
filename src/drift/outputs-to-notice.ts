/**
 * About how many outputs pass, after a share has changed, until the share detector alarms.
 *
 * Formula: 2 · ln(A) / KL(after, before), KL = q ln(q/p) + (1-q) ln((1-q)/(1-p)).
 * Assumes independent outputs, a full baseline and runs of 5 to 50; the alarm comes with a whole run, so a single
 * run is the least. ln(A) / KL is the bound no detector of that run length beats (G. Lorden, 1971, "Procedures for
 * reacting to a change in distribution"); ours was measured at 1.35 to 2.6 times it, hence 2 (DETECTION 1.9).
 * An estimate for "how long would it take", never a reason to alarm.
 */
export function outputsToNotice(change: { before: number; after: number }, alarmLevel: number): number {
  const [p, q] = [inside(change.before), inside(change.after)];
  const divergence = q * Math.log(q / p) + (1 - q) * Math.log((1 - q) / (1 - p));
  return divergence <= 0 ? Number.POSITIVE_INFINITY : (2 * Math.log(Math.max(2, alarmLevel))) / divergence;
}

/** A share of exactly 0 or 1 is one that was not seen to be otherwise. */
function inside(share: number): number {
  return Math.min(0.999, Math.max(0.001, share));
}
