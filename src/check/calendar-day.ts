import type { Json } from "../domain/json.js";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Year, month and day by name, in the ways invoices and models write them; `03/11/2026` is not told apart. */
const forms: readonly RegExp[] = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ].{0,40})?$/,
  /^(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<day>\d{1,2})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})$/,
  /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?<name>[a-z]{3,9})\.?,? (?<year>\d{4})$/i,
  /^(?<name>[a-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})$/i,
];

/** The day that a text names, as `2026-11-03`; null: none, or not for certain. Times and zones are left out. */
export function dayIn(value: Json): string | null {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text.length > 80) return null;
  for (const form of forms) {
    const found = form.exec(text.trim())?.groups;
    if (found === undefined) continue;
    const month = found.name === undefined ? Number(found.month) : monthNamed(found.name);
    return existing(Number(found.year), month, Number(found.day));
  }
  return null;
}

function monthNamed(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function existing(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
  return exists ? date.toISOString().slice(0, 10) : null;
}
