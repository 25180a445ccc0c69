import { isJsonObject, type Json } from "../domain/json.js";
import type { Approval } from "../domain/output.js";
import { textOfJson } from "../text/json-value.js";
import { shown } from "../text/shown.js";

/** A value as its field wants it, or what is wrong with it. */
export type Converted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?$/;
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

// Seconds from 1973 to 5138, milliseconds from 1973 to 5138: the two ranges do not touch.
const EARLIEST_SECONDS = 1e8;
const EARLIEST_MS = 1e11;
const LATEST_MS = 1e14;

/** An instant: ISO 8601 (UTC where no offset is given), epoch seconds or milliseconds, also as text. */
export function toInstant(value: Json): Converted<number> {
  const number = numeric(value);
  if (number !== null) {
    if (number >= EARLIEST_MS && number < LATEST_MS) return converted(Math.round(number));
    if (number >= EARLIEST_SECONDS && number < EARLIEST_MS) return converted(Math.round(number * 1_000));
    return refused(value, "a time (epoch seconds or milliseconds)");
  }
  const instant = typeof value === "string" ? fromIso(value.trim()) : null;
  return instant === null ? refused(value, "a time such as 2026-03-01T09:30:00Z") : converted(instant);
}

function fromIso(text: string): number | null {
  const match = isoPattern.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const utc = Date.UTC(
    y,
    mo - 1,
    d,
    h,
    mi,
    Math.min(s, 59),
    Math.floor(Number(`0.${fraction || 0}`) * 1_000),
  );
  const back = new Date(utc);
  if (back.getUTCMonth() !== mo - 1 || back.getUTCDate() !== d || h > 23 || mi > 59 || s > 60) return null;
  return utc - offsetMs(zone);
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** A number that is not below zero. */
export function toAmount(value: Json): Converted<number> {
  const number = numeric(value);
  return number === null || number < 0 ? refused(value, "a number that is not negative") : converted(number);
}

/** One line of text: a name, a segment. */
export function toName(value: Json): Converted<string> {
  return typeof value === "object" ? refused(value, "a text") : converted(String(value));
}

/** Text; anything structured as compact JSON. */
export function toText(value: Json): Converted<string> {
  return converted(textOfJson(value));
}

/** The message of an error, however it is wrapped; null for "no error". */
export function toError(value: Json): Converted<string | null> {
  if (value === false || value === 0) return converted(null);
  const message = isJsonObject(value) ? value.message : undefined;
  if (typeof message === "string") return converted(message);
  return toText(value);
}

/** An address a person may open; never a script. */
export function toLink(value: Json): Converted<string> {
  const usable = typeof value === "string" && value.length <= 2_000 && /^https?:\/\/[^\s]+$/i.test(value);
  return usable && URL.canParse(value) ? converted(value) : refused(value, "an http(s) address");
}

const approvals: Readonly<Record<string, Approval | null>> = {
  true: "approved",
  approve: "approved",
  approved: "approved",
  accept: "approved",
  accepted: "approved",
  sent: "approved",
  edit: "edited",
  edited: "edited",
  changed: "edited",
  modified: "edited",
  false: "rejected",
  reject: "rejected",
  rejected: "rejected",
  declined: "rejected",
  discarded: "rejected",
  pending: null,
  waiting: null,
  none: null,
};

/** What people did with a draft; null while nobody has decided. */
export function toApproval(value: Json): Converted<Approval | null> {
  const word = typeof value === "object" ? "" : String(value).trim().toLowerCase();
  const known = Object.hasOwn(approvals, word) ? approvals[word] : undefined;
  return known === undefined ? refused(value, "approved, edited or rejected") : converted(known);
}

function numeric(value: Json): number | null {
  const text = typeof value === "string" ? value.trim() : "";
  const number = typeof value === "number" ? value : numberPattern.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

function converted<T>(value: T): Converted<T> {
  return { ok: true, value };
}

function refused(value: Json, expected: string): { readonly ok: false; readonly reason: string } {
  // redacted before it is cut: half an account number is not recognised any more
  const seen = typeof value === "object" ? "what is there" : shown(String(value), 40);
  return { ok: false, reason: `${seen} is not ${expected}` };
}
