import { KnownError } from "../domain/errors.js";
import type { Person } from "../domain/person.js";
import { dayMs } from "../domain/time.js";
import { dateOf, instantOf, startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";

const MINUTE_MS = 60_000;
/** Without working hours in ten years there is no answer. */
const LONGEST_SEARCH_DAYS = 3660;

/** The instant at which so many milliseconds of a person's working time have passed since another. */
export function addWorkingTime(startAt: number, ms: number, person: Person): number {
  let leftMs = ms;
  for (const { openAt, closeAt } of workingTimes(startAt, person)) {
    const beginAt = Math.max(openAt, startAt);
    if (leftMs <= closeAt - beginAt) return beginAt + leftMs;
    leftMs -= closeAt - beginAt;
  }
  throw new KnownError("no-working-time", `${person.name} has no working hours left to count in`);
}

/** Stretches of working time that end after an instant, in order; holidays left out. */
function* workingTimes(fromAt: number, person: Person): Generator<{ openAt: number; closeAt: number }> {
  const firstDay = startOfDay(wallTime(fromAt, person.timeZone));
  for (let count = 0; count < LONGEST_SEARCH_DAYS; count += 1) {
    const day = firstDay + count * dayMs;
    const hours = person.workingHours[weekdayOf(day)] ?? null;
    if (hours === null || person.holidays.includes(dateOf(day))) continue;
    const openAt = instantOf(day + hours.fromMinute * MINUTE_MS, person.timeZone);
    const closeAt = instantOf(day + hours.toMinute * MINUTE_MS, person.timeZone);
    if (closeAt > fromAt) yield { openAt, closeAt };
  }
}

/** How much of a person's working time lies between two instants; nothing where the second comes first. */
export function workingTimeBetween(fromAt: number, toAt: number, person: Person): number {
  let ms = 0;
  for (const { openAt, closeAt } of workingTimes(fromAt, person)) {
    if (openAt >= toAt) break;
    ms += Math.min(closeAt, toAt) - Math.max(openAt, fromAt);
  }
  return ms;
}
