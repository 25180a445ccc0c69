/**
 * How instants are said: in the reader's zone, shorter the nearer they are. In: epoch ms and an
 * IANA zone; out: words. Never reads a clock: now is an argument.
 */
import { DateTime, IANAZone } from "luxon";
import { dayMs } from "../domain/time.js";

/** The locale is fixed: the machine's own would say "Sept", "mar." or "sre" to the same reader. */
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const months = [
  ...["Jan", "Feb", "Mar", "Apr", "May", "Jun"],
  ...["Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
] as const;

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
  const local = wallClock(at, zone);
  const today = wallClock(now, zone);
  if (dayOf(local) === dayOf(today)) return "today";
  return `${weekdayOf(local)} ${dateOf(local, today)}`;
}

/** "14 Jan 2027" of a local date `2027-01-14`: always with its year, for it may lie far ahead. */
export function sayDay(date: string): string {
  return DateTime.fromISO(date, { zone: "utc", locale: "en-US" }).toFormat("d LLL yyyy");
}

/** "2 Mar 2026 09:00": the same whenever it is read. */
export function sayDayOfYear(at: number, zone: string): string {
  const local = wallClock(at, zone);
  return `${dateOf(local, null)} ${clockOf(local)}`;
}

/** "15:00". */
export function sayClock(at: number, zone: string): string {
  return clockOf(wallClock(at, zone));
}

/** "Wed 07:02": for the head of a message that is read at once and again next week. */
export function sayWeekdayClock(at: number, zone: string): string {
  const local = wallClock(at, zone);
  return `${weekdayOf(local)} ${clockOf(local)}`;
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
  const local = wallClock(at, zone);
  const today = wallClock(now, zone);
  const days = Math.abs(dayOf(local) - dayOf(today));
  if (days === 0) return "";
  return days < 7 ? weekdayOf(local) : dateOf(local, today);
}

/** What the clock there shows, as the instant at which one in UTC shows it: a page says thousands, and luxon's own words cost fifty times as much. */
function wallClock(at: number, zone: string): Date {
  return new Date(at + IANAZone.create(zone).offset(at) * 60_000);
}

function dayOf(local: Date): number {
  return Math.floor(local.getTime() / dayMs);
}

function weekdayOf(local: Date): string {
  return weekdays[local.getUTCDay()] ?? "";
}

/** "9 Nov", with its year where that is another than today's, or nobody says today's. */
function dateOf(local: Date, today: Date | null): string {
  const year = local.getUTCFullYear();
  const day = `${local.getUTCDate()} ${months[local.getUTCMonth()] ?? ""}`;
  return year === today?.getUTCFullYear() ? day : `${day} ${year}`;
}

function clockOf(local: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

function localTime(at: number, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone, locale: "en-US" });
}
