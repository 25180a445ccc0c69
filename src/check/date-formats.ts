import type { Json } from "../domain/json.js";
import { dayIn, writtenDay } from "./calendar-day.js";
import { compileDatePattern, type PatternFit, type TimeFormat } from "./date-patterns.js";

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const zonedTime = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/i;
const isoTime = /^(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Looks like a day written out in digits, whether or not that day exists. */
const dayShaped = /^\d{1,4}[-/.] ?\d{1,2}[-/.] ?\d{1,4}$/;

/** How a value of time is tried: each named way or pattern in turn. */
export function prepareTimeFormat(
  format: TimeFormat,
  patterns: readonly string[],
  locale: string,
): (value: Json) => PatternFit {
  const ways = patterns.map(
    (pattern) => named(format, pattern) ?? compileDatePattern(pattern, locale, format),
  );
  return (value) => {
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text !== "string" || text.length > 200) return "other";
    const fits = ways.map((way) => way(text.trim()));
    return fits.includes("fits") ? "fits" : fits.includes("absent") ? "absent" : "other";
  };
}

/** `iso` and `rfc3339` (which wants seconds and an offset) for all three, `readable` for days; null: a pattern. */
function named(format: TimeFormat, pattern: string): ((text: string) => PatternFit) | null {
  if (pattern === "readable" && format === "date") return readable;
  if (pattern !== "iso" && pattern !== "rfc3339") return null;
  const shape = pattern === "rfc3339" ? zonedTime : isoTime;
  if (format === "date") return isoDate;
  if (format === "time") return (text) => clockFit(text, shape, null);
  return (text) => {
    const [day, clock] = [text.slice(0, 10), text.slice(11)];
    if (!/^[Tt ]$/.test(text.charAt(10))) return "other";
    const fits = [isoDate(day), clockFit(clock, shape, day)];
    return fits.includes("other") ? "other" : fits.includes("absent") ? "absent" : "fits";
  };
}

function isoDate(text: string): PatternFit {
  if (!isoDay.test(text)) return "other";
  return dayIn(text) === null ? "absent" : "fits";
}

function clockFit(text: string, shape: RegExp, day: string | null): PatternFit {
  const found = shape.exec(text);
  if (found === null) return "other";
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(found[4] ?? "") ?? [];
  const zone = Number(hours ?? 0) <= 23 && Number(minutes ?? 0) <= 59;
  const aheadMinutes = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  const exists = second <= 59 || (second === 60 && isLeap(day, hour * 60 + minute - aheadMinutes));
  return hour <= 23 && minute <= 59 && exists && zone ? "fits" : "absent";
}

/** Leap seconds end a month, at 23:59 UTC (RFC 3339, 5.7). Without a zone the time is taken for UTC. */
function isLeap(day: string | null, utcMinutes: number): boolean {
  const next = new Date(Date.parse(day ?? "2016-12-31") + (utcMinutes + 1) * 60_000);
  const midnight = next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
  return midnight && (day === null || next.getUTCDate() === 1);
}

function readable(text: string): PatternFit {
  if (dayIn(text) !== null) return "fits";
  return dayShaped.test(text) || writtenDay(text) !== null ? "absent" : "other";
}
