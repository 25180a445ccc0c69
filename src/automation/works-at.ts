import type { Person } from "../domain/person.js";
import { dateOf, startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";

const minuteMs = 60_000;

/** Whether an instant lies in a person's working hours; on a holiday none does. */
export function worksAt(at: number, person: Person): boolean {
  const wall = wallTime(at, person.timeZone);
  const hours = person.workingHours[weekdayOf(wall)] ?? null;
  if (hours === null || person.holidays.includes(dateOf(wall))) return false;
  const minute = Math.floor((wall - startOfDay(wall)) / minuteMs);
  return minute >= hours.fromMinute && minute < hours.toMinute;
}
