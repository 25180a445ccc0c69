/** The values in ascending order, as a new list. */
export function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/**
 * The q-quantile of a list in ascending order; null of an empty one.
 *
 * Formula: linear between the order statistics around (n - 1)·q + 1 (type 7).
 * Smallest sample: 1. Source: R. J. Hyndman, Y. Fan, 1996, "Sample quantiles in statistical packages",
 * The American Statistician 50; type 7 is the default of R and NumPy.
 */
export function quantile(sorted: readonly number[], q: number): number | null {
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) {
    return null;
  }
  const between = position - Math.floor(position);
  return below === above ? below : below * (1 - between) + above * between;
}

/** The middle of the values, in any order; null of an empty list. */
export function median(values: readonly number[]): number | null {
  return quantile(ascending(values), 0.5);
}
