/**
 * Measures: shares, intervals, quantiles and the special functions under them.
 * Numbers come in, numbers go out; nothing here knows what is measured, and nothing has an effect.
 */

/** How many of `n` outputs the share holds. */
export interface Counts {
  readonly hits: number;
  readonly n: number;
}

/** No outputs at all. */
export const noCounts: Counts = { hits: 0, n: 0 };

/** Both counts together. */
export function addCounts(a: Counts, b: Counts): Counts {
  return { hits: a.hits + b.hits, n: a.n + b.n };
}

/** The first counts without the second. */
export function subtractCounts(a: Counts, b: Counts): Counts {
  return { hits: a.hits - b.hits, n: a.n - b.n };
}

/** The share as a number from 0 to 1; null of nothing. */
export function shareOf(counts: Counts): number | null {
  return counts.n > 0 ? counts.hits / counts.n : null;
}
