/**
 * Reads durations as people write them in the configuration: `90s`, `15m`, `1h`, `7d`.
 * Text enters, milliseconds leave; calendar units (months, years) are not durations.
 */
import { dayMs, hourMs } from "../domain/time.js";

/** What a duration looks like: a number and one unit (ms, s, m, h, d, w). */
export const durationPattern = /^(\d+(?:\.\d+)?)\s?(ms|s|m|h|d|w)$/;

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: hourMs,
  d: dayMs,
  w: 604_800_000,
};

/** Milliseconds of a duration such as `15m`; null when the text is not one. */
export function parseDuration(text: string): number | null {
  const match = durationPattern.exec(text.trim());
  const size = unitMs[match?.[2] ?? ""];
  if (match === null || size === undefined) return null;
  const ms = Math.round(Number(match[1]) * size);
  return Number.isSafeInteger(ms) ? ms : null;
}
