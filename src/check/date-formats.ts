import type { Json } from "../domain/json.js";
import { dayIn, writtenDay } from "./calendar-day.js";
import { compileDatePattern, type PatternFit } from "./date-patterns.js";

/** A format of time: what a value is to be. */
export type TimeFormat = "date" | "time" | "datetime";

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
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

/** `iso` and `rfc3339` for all three, `readable` for days; null: a pattern. */
function named(format: TimeFormat, pattern: string): ((text: string) => PatternFit) | null {
  if (pattern === "readable" && format === "date") return readable;
  if (pattern !== "iso" && pattern !== "rfc3339") return null;
  const zoned = pattern === "rfc3339";
  if (format === "date") return isoDate;
  if (format === "time") return (text) => isoClock(text, zoned);
  return (text) => {
    const [day, clock] = [text.slice(0, 10), text.slice(11)];
    if (!/^[Tt ]$/.test(text.charAt(10))) return "other";
    const fits = [isoDate(day), isoClock(clock, zoned)];
    return fits.includes("other") ? "other" : fits.includes("absent") ? "absent" : "fits";
  };
}

function isoDate(text: string): PatternFit {
  if (!isoDay.test(text)) return "other";
  return dayIn(text) === null ? "absent" : "fits";
}

/** RFC 3339 wants seconds and an offset; ISO 8601 neither. A leap second counts at 23:59 UTC only. */
function isoClock(text: string, zoned: boolean): PatternFit {
  const found = isoTime.exec(text);
  if (found === null || (zoned && (found[3] === undefined || found[4] === undefined))) return "other";
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  const offset = /^[+-](\d{2}):?(\d{2})$/.exec(found[4] ?? "");
  const zone = offset === null || (Number(offset[1]) <= 23 && Number(offset[2]) <= 59);
  const leap = second === 60 && hour === 23 && minute === 59;
  return hour <= 23 && minute <= 59 && (second <= 59 || leap) && zone ? "fits" : "absent";
}

function readable(text: string): PatternFit {
  if (dayIn(text) !== null) return "fits";
  return dayShaped.test(text) || writtenDay(text) !== null ? "absent" : "other";
}
