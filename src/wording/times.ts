/**
 * How instants are said: in the reader's zone, shorter the nearer they are. In: epoch ms and an
 * IANA zone; out: words. Never reads a clock: now is an argument.
 */
import { DateTime } from "luxon";

/** "07:02" today, "Tue 15:00" within 7 days either way, "9 Nov 15:00", "9 Nov 2025 15:00". */
export function sayInstant(at: number, zone: string, now: number): string {
  const day = sayNearDay(at, zone, now);
  return day === "" ? sayClock(at, zone) : `${day} ${sayClock(at, zone)}`;
}

/** As sayInstant, but today is said: "today 07:02". For lists where a bare hour would hang. */
export function sayDayAndTime(at: number, zone: string, now: number): string {
  const day = sayNearDay(at, zone, now);
  return `${day === "" ? "today" : day} ${sayClock(at, zone)}`;
}

/** "Tue 17 Nov", "Tue 18 Nov 2025", or "today". */
export function sayDate(at: number, zone: string, now: number): string {
  const local = localTime(at, zone);
  const today = localTime(now, zone);
  if (local.hasSame(today, "day")) return "today";
  return local.toFormat(local.year === today.year ? "ccc d LLL" : "ccc d LLL yyyy");
}

/** "14 Jan 2027" of a local date `2027-01-14`: always with its year, for it may lie far ahead. */
export function sayDay(date: string): string {
  return DateTime.fromISO(date, { zone: "utc", locale: "en-US" }).toFormat("d LLL yyyy");
}

/** "2 Mar 2026 09:00": the same whenever it is read. */
export function sayDayOfYear(at: number, zone: string): string {
  return localTime(at, zone).toFormat("d LLL yyyy HH:mm");
}

/** "15:00". */
export function sayClock(at: number, zone: string): string {
  return localTime(at, zone).toFormat("HH:mm");
}

/** "Wed 07:02": for the head of a message that is read at once and again next week. */
export function sayWeekdayClock(at: number, zone: string): string {
  return localTime(at, zone).toFormat("ccc HH:mm");
}

/** "Week 47": of the year that most of its days lie in (ISO 8601). */
export function sayWeek(at: number, zone: string): string {
  return `Week ${localTime(at, zone).weekNumber}`;
}

/** "Monday" for 0. */
export function sayWeekday(weekday: number): string {
  // 5 January 1970 was a Monday
  return localTime((4 + weekday) * 86_400_000, "utc").toFormat("cccc");
}

/** "Vienna time" for Europe/Vienna, "UTC" for UTC. */
export function sayZone(zone: string): string {
  const place = zone.split("/").at(-1) ?? zone;
  return /^(utc|gmt|zulu)$/i.test(place) ? "UTC" : `${place.replaceAll("_", " ")} time`;
}

function sayNearDay(at: number, zone: string, now: number): string {
  const local = localTime(at, zone);
  const today = localTime(now, zone);
  const days = Math.abs(local.startOf("day").diff(today.startOf("day"), "days").days);
  if (days === 0) return "";
  if (days < 7) return local.toFormat("ccc");
  return local.toFormat(local.year === today.year ? "d LLL" : "d LLL yyyy");
}

/** The locale is fixed: the machine's own would say "Sept", "mar." or "sre" to the same reader. */
function localTime(at: number, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone, locale: "en-US" });
}
