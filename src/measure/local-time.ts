/**
 * Converts between instants and what a local clock shows. A wall time is written as the epoch ms that
 * the same digits would be in UTC, so that calendar arithmetic on it never meets daylight saving.
 */
import { IANAZone } from "luxon";
import { dayMs } from "../domain/time.js";

/** What the clock in a time zone shows at an instant. */
export function wallTime(at: number, timeZone: string): number {
  return at + offsetMs(at, timeZone);
}

/**
 * The instant at which the clock in a time zone shows a wall time: the earlier one where it comes twice
 * (luxon takes the later), the first instant after the gap where it never comes.
 */
export function instantOf(wall: number, timeZone: string): number {
  const around = [offsetMs(wall - dayMs, timeZone), offsetMs(wall + dayMs, timeZone)];
  const earlier = wall - Math.max(...around);
  const later = wall - Math.min(...around);
  if (wallTime(earlier, timeZone) === wall) return earlier;
  if (wallTime(later, timeZone) === wall) return later;
  return changeBetween(earlier, later, timeZone);
}

/** The wall time at which the local day of a wall time begins. */
export function startOfDay(wall: number): number {
  return Math.floor(wall / dayMs) * dayMs;
}

/** The local date `YYYY-MM-DD` of a wall time. */
export function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}

/** Index of a wall time's weekday; 0 is Monday. */
export function weekdayOf(wall: number): number {
  return (new Date(wall).getUTCDay() + 6) % 7;
}

/** The first instant after `before` with another offset than there, at most `after`. */
function changeBetween(before: number, after: number, timeZone: string): number {
  const old = offsetMs(before, timeZone);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, timeZone) === old) low = middle;
    else high = middle;
  }
  return high;
}

function offsetMs(at: number, timeZone: string): number {
  return IANAZone.create(timeZone).offset(at) * 60_000;
}
