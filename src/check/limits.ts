/** A lower and an upper limit, of which one may be left out. */
interface Limits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** The limits themselves are outside. */
  readonly exclusive?: boolean;
}

/** What is wrong with the limits of a check; null: nothing. */
export function limitsComplaint(type: string, { min, max }: Limits): string | null {
  if (min === undefined && max === undefined) return `${type} needs min, max or both`;
  return min !== undefined && max !== undefined && min > max ? `min ${min} is above max ${max}` : null;
}

/** `at least 1 and at most 3`, `above 1 and below 3`. */
export function sayLimits({ min, max, exclusive = false }: Limits): string {
  const lower = min === undefined ? [] : [`${exclusive ? "above" : "at least"} ${min}`];
  const upper = max === undefined ? [] : [`${exclusive ? "below" : "at most"} ${max}`];
  return [...lower, ...upper].join(" and ");
}

/** True for a number that the limits leave out. */
export function isOutside(number: number, { min, max, exclusive = false }: Limits): boolean {
  const low = min !== undefined && (exclusive ? number <= min : number < min);
  const high = max !== undefined && (exclusive ? number >= max : number > max);
  return low || high;
}
