import { dayMs } from "../domain/time.js";
import { parseDuration } from "../text/duration.js";

/** The shortest `every …`. */
export const SHORTEST_INTERVAL_MS = 60_000;

/** The longest `every …`. */
export const LONGEST_INTERVAL_MS = 31 * dayMs;

/** Milliseconds of `every 15m`; null when the expression is not of that form. */
export function parseInterval(expression: string): number | null {
  const match = /^every\s+(\S.*)$/i.exec(expression.trim());
  return match?.[1] === undefined ? null : parseDuration(match[1]);
}

/** Slots at whole multiples of the interval since 1970-01-01 UTC, whatever local clocks do. */
export function intervalAfter(intervalMs: number): (at: number) => number {
  return (at) => (Math.floor(at / intervalMs) + 1) * intervalMs;
}
