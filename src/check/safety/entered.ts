import type { Json } from "../../domain/json.js";
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
