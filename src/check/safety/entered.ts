import type { Json } from "../../domain/json.js";
import { numbersIn } from "../../text/number-readings.js";
import { dayForms, type WrittenDay, writtenDay } from "../calendar-day.js";

/** Years of three to five digits too: `0226` and `20226` are slips. */
const forms = dayForms("3,5");

/** The day that a text names, whether it exists or not; null: it names none, or not for certain which. */
export function enteredDay(text: string): WrittenDay | null {
  return writtenDay(text, forms);
}

/** Orders days. */
export function dayNumber({ year, month, day }: WrittenDay): number {
  return year * 10_000 + month * 100 + day;
}

/**
 * What the amount that a number or text is may be, with a currency or without: `1.234,56`, `1'250.00`, `3 200,00 EUR`.
 * `1,250` is 1.25 or 1250. Empty: it is no amount.
 */
export function enteredAmounts(value: Json): readonly number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "string" || value.length > 60) return [];
  const bare = value.trim().replace(/^(?:[A-Z]{3}|[€$£¥])\s?|\s?(?:[A-Z]{3}|[€$£¥])$/g, "");
  const [, sign = "", digits = ""] = /^([+-]?)\s?(\d[\d.,'’ \u00a0\u2009\u202f]*)$/.exec(bare) ?? [];
  const token = numbersIn(digits)[0];
  if (token === undefined || token.text !== digits) return [];
  return token.readings.flatMap(([only, ...more]) =>
    only === undefined || more.length > 0 ? [] : [sign === "-" ? -Number(only) : Number(only)],
  );
}
