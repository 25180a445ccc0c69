import { isDay } from "../../text/calendar.js";
import { datesIn } from "../../text/date-readings.js";
import type { CellRead } from "./cell-text.js";

/** In which order a sheet writes day and month in figures; null: it does not say. */
export type DateOrder = "day-first" | "month-first" | null;

/** A spreadsheet counts days from here (its 1 January 1900 is day 2 of that count). */
const spreadsheetEpochMs = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;
/** 1990 to 2099 as days of a spreadsheet. */
const daysFrom = 32_874;
const daysTo = 73_050;

/** A date as `YYYY-MM-DD`. */
export function readDate(text: string, order: DateOrder): CellRead<string> {
  const days = /^\d{5}$/.test(text) ? Number(text) : 0;
  if (days >= daysFrom && days <= daysTo)
    return { ok: true, value: new Date(spreadsheetEpochMs + days * dayMs).toISOString().slice(0, 10) };
  // a time of day behind it says nothing here
  const bare = text.replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/, "");
  const [found, ...more] = datesIn(bare);
  const whole = found !== undefined && more.length === 0 && found.text.trim() === bare.trim();
  if (!whole) return noDate("is no date");
  const exact = found.readings.filter((each) => each.year !== null && each.day !== null);
  if (exact.length === 0)
    return noDate(found.readings.length === 0 ? "is a day that no calendar has" : "is no day of a year");
  const [first, second] = exact;
  const chosen =
    second === undefined ? first : order === null ? null : order === "day-first" ? first : second;
  if (chosen === null || chosen === undefined)
    return {
      ok: false,
      reason: `may be ${exact.map(isoOf).join(" or ")}`,
      fix: "say which with --dates day-first or month-first, or write it year-month-day",
    };
  return { ok: true, value: isoOf(chosen) };
}

function noDate(reason: string): CellRead<string> {
  return { ok: false, reason, fix: "write it year-month-day, such as 2026-11-18" };
}

function isoOf({ year, month, day }: { year: number | null; month: number; day: number | null }): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day ?? 1)}`;
}

/** In which order a column of dates writes day and month: told by those that can be read one way only. */
export function orderOf(cells: readonly string[]): DateOrder {
  const told = new Set(cells.map(orderOfOne));
  const [dayFirst, monthFirst] = [told.has("day-first"), told.has("month-first")];
  if (dayFirst === monthFirst) return null;
  return dayFirst ? "day-first" : "month-first";
}

function orderOfOne(cell: string): DateOrder {
  const match = /^\s*(\d{1,2})(\.\s?|[/-])(\d{1,2})(?:\.\s?|[/-])(\d{2,4})\s*$/.exec(cell);
  if (match === null) return null;
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const isDayFirst = isDay(year, second, first);
  const isMonthFirst = isDay(year, first, second);
  if (isDayFirst === isMonthFirst) {
    // with points the day stands first wherever dates are written so
    return isDayFirst && match[2]?.startsWith(".") === true ? "day-first" : null;
  }
  return isDayFirst ? "day-first" : "month-first";
}

/** An amount of money, and the currency where the cell names one. */
export interface Amount {
  readonly amount: number;
  readonly currency: string | null;
}

const symbols: Readonly<Record<string, string>> = { "€": "EUR", $: "USD", "£": "GBP", Fr: "CHF" };

/** "€ 1,200.50", "1.200,50 EUR", "CHF 1'200", "120/month". */
export function readAmount(text: string): CellRead<Amount> {
  const bad = {
    ok: false,
    reason: "is no amount",
    fix: "write a number, such as 120 or 1200.50, with its currency",
  } as const;
  const currency = /\b([A-Z]{3})\b/.exec(text)?.[1] ?? symbolIn(text);
  const bare = text
    .replace(/\b[A-Z]{3}\b|[€$£]|Fr\.?(?=\s|\d)/g, "")
    .replace(/(?:\/|per|pro|a)\s*(?:month|mo|monat|m)\.?\s*$/i, "")
    .replace(/,-+\s*$/, "")
    .trim();
  const amount = numberOf(bare);
  if (amount === null) return bad;
  if (amount < 0)
    return { ok: false, reason: "is below nothing", fix: "write what it costs as a positive number" };
  return { ok: true, value: { amount, currency } };
}

function symbolIn(text: string): string | null {
  const found = Object.keys(symbols).find((symbol) => text.includes(symbol));
  return found === undefined ? null : (symbols[found] ?? null);
}

/** A number with groups and decimals in either writing; three digits behind a lone point or comma are a group. */
function numberOf(text: string): number | null {
  const plain = text.replace(/['’\s\u00a0\u202f]/g, "");
  if (!/^-?\d[\d.,]*$/.test(plain)) return null;
  const last = Math.max(plain.lastIndexOf("."), plain.lastIndexOf(","));
  if (last < 0) return Number(plain);
  const mark = plain.charAt(last);
  const behind = plain.length - last - 1;
  const marks = plain.split(mark).length - 1;
  const isGroup = behind === 3 && (marks > 1 || !/[.,]/.test(plain.slice(0, last)));
  const whole = plain.slice(0, isGroup ? plain.length : last).replace(/[.,]/g, "");
  const number = Number(isGroup ? whole : `${whole}.${plain.slice(last + 1)}`);
  return marks > 1 && !isGroup ? null : Number.isFinite(number) ? number : null;
}

/** "14", "14 seats". */
export function readCount(text: string, most: number): CellRead<number> {
  const count = Number(/^(\d{1,7})(?:[.,]0+)?(?:\s+\p{L}+)?$/u.exec(text)?.[1] ?? Number.NaN);
  return Number.isInteger(count) && count <= most
    ? { ok: true, value: count }
    : { ok: false, reason: "is no count", fix: `write a whole number from 0 to ${most}` };
}

const cycles: Readonly<Record<string, number>> = {
  monthly: 1,
  monatlich: 1,
  quarterly: 3,
  quartalsweise: 3,
  vierteljahrlich: 3,
  "half yearly": 6,
  halfyearly: 6,
  halbjahrlich: 6,
  yearly: 12,
  annually: 12,
  annual: 12,
  jahrlich: 12,
};

/** Months between reviews: "3", "every 6 months", "quarterly". */
export function readMonths(text: string): CellRead<number> {
  const said = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/-/g, " ").trim();
  const months =
    cycles[said] ?? Number(/^(?:every |alle )?(\d{1,2})(?: ?(?:months?|monate?))?$/.exec(said)?.[1] ?? 0);
  return months >= 1 && months <= 24
    ? { ok: true, value: months }
    : { ok: false, reason: "is no review cycle", fix: "write the months between reviews, 1 to 24" };
}

/** Minutes an item takes. */
export function readMinutes(text: string): CellRead<number> {
  const minutes = numberOf(text.replace(/\s*(?:min(?:utes?|uten)?\.?)$/i, ""));
  return minutes !== null && minutes > 0
    ? { ok: true, value: minutes }
    : { ok: false, reason: "is no number of minutes", fix: "write minutes, such as 4" };
}
