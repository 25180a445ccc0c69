import type { Json } from "../../domain/json.js";

/** A day as it was written, whether it exists or not. */
export interface EnteredDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** Years of three to five digits too: `0226` and `20226` are slips. `03/11/2026` is not read: day or month first. */
const forms: readonly RegExp[] = [
  /^(?<year>\d{3,5})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:[T ].{0,40})?$/,
  /^(?<year>\d{4})[/.](?<month>\d{1,2})[/.](?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{3,5})$/,
  /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?<name>[a-z]{3,9})\.?,? (?<year>\d{3,5})$/i,
  /^(?<name>[a-z]{3,9})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{3,5})$/i,
];

/** The day that a text names; null: it names none, or not for certain which. */
export function enteredDay(text: string): EnteredDay | null {
  if (text.length > 80) return null;
  for (const form of forms) {
    const found = form.exec(text.trim())?.groups;
    if (found === undefined) continue;
    const month =
      found.name === undefined
        ? Number(found.month)
        : names.indexOf(found.name.slice(0, 3).toLowerCase()) + 1;
    if (found.name !== undefined && month === 0) continue;
    return { year: Number(found.year), month, day: Number(found.day) };
  }
  return null;
}

/** True when the calendar has it. */
export function exists({ year, month, day }: EnteredDay): boolean {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Orders days. */
export function dayNumber({ year, month, day }: EnteredDay): number {
  return year * 10_000 + month * 100 + day;
}

/**
 * The amount that a number or text is, with a currency or without: `1.234,56`, `1,234.56`, `1'250.00`, `3 200,00 EUR`. Of
 * one separator with three digits behind it the point is taken for thousands where the text has a comma too.
 */
export function enteredAmount(value: Json): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > 60) return null;
  const bare = value
    .trim()
    .replace(/^(?:[A-Z]{3}|[€$£¥])\s?|\s?(?:[A-Z]{3}|[€$£¥])$/g, "")
    .replace(/[\s\u00a0\u202f'’]/g, "");
  if (!/^[+-]?\d[\d.,]*$/.test(bare)) return null;
  const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
  if (last < 0) return Number(bare);
  const both = bare.includes(".") && bare.includes(",");
  const thousands = !both && /^[+-]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$/.test(bare);
  if (thousands) return Number(bare.replace(/[.,]/g, ""));
  return Number(`${bare.slice(0, last).replace(/[.,]/g, "")}.${bare.slice(last + 1)}`);
}
