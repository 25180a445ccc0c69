/** A share of outputs: how many of how many. */
export interface Share {
  readonly hits: number;
  readonly n: number;
}

/** Counts the members of a list for which something holds. */
export function shareOf<T>(list: readonly T[], holds: (member: T) => boolean): Share {
  return { hits: list.filter(holds).length, n: list.length };
}

/** How many standard errors two shares lie apart (two-proportion z, pooled; add-one keeps 0% and 100% finite). */
export function standardErrorsApart(one: Share, other: Share): number {
  const pooled = (one.hits + other.hits + 1) / (one.n + other.n + 2);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / one.n + 1 / other.n));
  return Math.abs(one.hits / one.n - other.hits / other.n) / spread;
}

/** The earlier and the later half of a list in order of time. */
export function halves<T>(list: readonly T[]): readonly [readonly T[], readonly T[]] {
  const middle = Math.floor(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

/** Share of pairs in which the later value is the greater one: 0.5 when two groups are alike (Mann-Whitney). */
export function shareGreater(earlier: readonly number[], later: readonly number[]): number {
  let greater = 0;
  for (const before of earlier) {
    for (const after of later) greater += after > before ? 1 : after === before ? 0.5 : 0;
  }
  return greater / (earlier.length * later.length);
}
