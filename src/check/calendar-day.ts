import type { Json } from "../domain/json.js";
import { isDay } from "../text/calendar.js";
import { monthNamed } from "../text/month-names.js";

/** A day as it was written, whether it exists or not. */
export interface WrittenDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/**
 * Year, month and day by name, in the ways invoices and models write them, with as many figures of the year as
 * `figures` says; `03/11/2026` is not told apart.
 */
export function dayForms(figures: "4" | "3,5"): readonly RegExp[] {
  const year = `(?<year>\\d{${figures}})`;
  const name = "(?<name>\\p{L}{3,10})\\.?";
  return [
    new RegExp(`^${year}-(?<month>\\d{1,2})-(?<day>\\d{1,2})(?:[T ].{0,40})?$`, "u"),
    /^(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<day>\d{1,2})$/u,
    new RegExp(`^(?<day>\\d{1,2})\\. ?(?<month>\\d{1,2})\\. ?${year}$`, "u"),
    new RegExp(`^(?<day>\\d{1,2})(?:st|nd|rd|th|er|º|\\.)? (?:of |de )?${name},? (?:de )?${year}$`, "iu"),
    new RegExp(`^${name} (?<day>\\d{1,2})(?:st|nd|rd|th)?,? ${year}$`, "iu"),
  ];
}

const forms = [...dayForms("4"), /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u];

/** The day that a text names, as it was written in one of these forms; null: none, or not for certain. */
export function writtenDay(text: string, ways: readonly RegExp[] = forms): WrittenDay | null {
  if (text.length > 80) return null;
  for (const form of ways) {
    const found = form.exec(text.trim())?.groups;
    if (found === undefined) continue;
    const month = found.name === undefined ? Number(found.month) : monthNamed(found.name);
    if (month !== null) return { year: Number(found.year), month, day: Number(found.day) };
  }
  return null;
}

/** The day that a text names, as `2026-11-03`; null: none that exists, or not for certain. Times and zones are left out. */
export function dayIn(value: Json): string | null {
  const text = typeof value === "number" ? String(value) : value;
  const written = typeof text === "string" ? writtenDay(text) : null;
  if (written === null) return null;
  const { year, month, day } = written;
  const padded = (part: number, length: number) => String(part).padStart(length, "0");
  return isDay(year, month, day) ? `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}` : null;
}
