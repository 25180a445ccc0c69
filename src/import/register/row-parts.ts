import type { JsonObject } from "../../domain/json.js";
import { type DateOrder, readAmount, readCount, readDate, readMinutes, readMonths } from "./cell-numbers.js";
import { type CellRead, readChoice, readSteps } from "./cell-text.js";
import type { ColumnPart } from "./columns.js";
import { type KnownPeople, type NewPerson, readPerson } from "./people.js";
import type { RowReader } from "./row-reader.js";

const risks = ["high", "medium", "low"] as const;
const riskWords = {
  high: ["hoch", "critical", "kritisch", "very high", "sehr hoch", "severe", "h"],
  medium: ["mittel", "moderate", "limited", "begrenzt", "med", "normal", "m"],
  low: ["niedrig", "gering", "minimal", "very low", "l", "n"],
} as const;
const approvals = ["not-stated", "proposed", "trial", "approved", "refused", "retired"] as const;
const approvalWords = {
  "not-stated": ["unknown", "open", "offen", "unbekannt", "not stated"],
  proposed: ["requested", "pending", "in review", "beantragt", "draft", "planned", "geplant"],
  trial: ["pilot", "test", "testing", "poc", "in test", "testphase"],
  approved: "yes y ja ok live active aktiv freigegeben genehmigt productive x"
    .split(" ")
    .concat("in use", "in betrieb"),
  refused: ["no", "nein", "rejected", "denied", "abgelehnt", "not approved"],
  retired: ["ended", "stopped", "inactive", "abgelost", "beendet", "inaktiv", "decommissioned"],
} as const;

/** How much care it needs; null: the row does not say. */
export function riskOf(row: RowReader): (typeof risks)[number] | null {
  return row.take("risk", (value) => readChoice(value, riskWords, risks));
}

/** Who owns it, answers for it, does it by hand; and who of them is new. */
export function personsOf(row: RowReader, known: KnownPeople) {
  const unknown: NewPerson[] = [];
  const email = row.text("ownerEmail");
  const person = (part: ColumnPart, address: string | null): string | null => {
    const read = row.take(part, (value) => readPerson(value, address, known));
    if (read?.isNew === true) unknown.push({ name: read.name, email: read.email });
    return read?.name ?? null;
  };
  const owner = person("owner", email);
  if (owner === null && !row.failed("owner"))
    row.problem("owner", "has no owner", "write who answers for it");
  return { owner, deputy: person("deputy", null), fallbackBy: person("fallbackBy", null), unknown };
}

/** What it costs a month; `currency` is that of amounts that name none, `heading` the one the column names. */
export function costOf(row: RowReader, currency: string | null, heading: string | null): JsonObject | null {
  const written = row.take("currency", (value) =>
    /^[A-Za-z]{3}$/.test(value)
      ? { ok: true, value: value.toUpperCase() }
      : { ok: false, reason: "is no currency", fix: "write three letters, such as EUR" },
  );
  const monthly = row.take("cost", readAmount);
  const yearly = row.take("yearlyCost", readAmount);
  const amount = monthly ?? yearly;
  if (amount === null || row.failed("currency")) return null;
  const unit = amount.currency ?? written ?? heading ?? currency;
  if (unit === null) {
    const part = monthly === null ? "yearlyCost" : "cost";
    row.problem(part, "names no currency", "say which with --currency EUR, or add a column currency");
    return null;
  }
  const perMonth = monthly === null ? Math.round((amount.amount / 12) * 100) / 100 : amount.amount;
  return { perMonth, currency: unit };
}

/** Seats paid for. */
export function seatsOf(row: RowReader): number | null {
  return row.take("seats", (value) => readCount(value, 1_000_000));
}

/** What people do by hand. */
export function fallbackOf(row: RowReader, by: string | null): JsonObject | null {
  const steps = row.take("fallbackSteps", (value) => ({ ok: true, value: readSteps(value) })) ?? [];
  const minutesPerItem = row.take("minutesPerItem", readMinutes);
  return steps.length === 0 ? null : { ...stated({ by }), steps, ...stated({ minutesPerItem }) };
}

/** Days of a row: what was approved and reviewed lies not ahead. */
interface Days {
  readonly orders: ReadonlyMap<ColumnPart, DateOrder>;
  /** Local date. */
  readonly today: string;
}

/** Whether its use was approved. */
export function approvalOf(row: RowReader, days: Days): JsonObject | null {
  const status = row.take("approval", (value) => readChoice(value, approvalWords, approvals));
  const by = row.text("approvedBy");
  const on = dayOf(row, "approvedOn", days);
  if (status === null && by === null && on === null) return null;
  return { status: status ?? "approved", ...stated({ by, on }) };
}

/** When it was reviewed, and how often it is to be. */
export function reviewOf(row: RowReader, days: Days): JsonObject | null {
  const last = dayOf(row, "lastReview", days);
  const everyMonths = row.take("reviewMonths", readMonths);
  return last === null && everyMonths === null ? null : stated({ everyMonths, last });
}

function dayOf(row: RowReader, part: ColumnPart, { orders, today }: Days): string | null {
  return row.take(part, (value): CellRead<string> => {
    const read = readDate(value, orders.get(part) ?? null);
    if (!read.ok || read.value <= today) return read;
    return { ok: false, reason: "lies ahead", fix: "write the day on which it was, year-month-day" };
  });
}

/** Without what the row does not say. */
export function stated(parts: Readonly<Record<string, JsonObject[string] | null>>): JsonObject {
  return Object.fromEntries(
    Object.entries(parts).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
