import type { VendorDate } from "../../domain/review.js";
import { dateOf, wallTime } from "../../measure/local-time.js";
import { daysBetween } from "../../review/review-times.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { sayListUpTo } from "../../wording/sentences.js";
import { sayDay } from "../../wording/times.js";
import type { Ground } from "../ground.js";

const longestText = 200;
const namedAtMost = 5;

/** A day on which something changes with a vendor, and how far off it is. */
export interface VendorDateAhead extends VendorDate {
  /** "Docread: price". */
  readonly title: string;
  /** Negative: it has passed. */
  readonly daysLeft: number;
  /** Titles of the automations and tools that it touches. */
  readonly touches: readonly string[];
}

const kindWords: Readonly<Record<VendorDate["kind"], string>> = {
  terms: "terms",
  price: "price",
  licence: "licence",
  contract: "contract",
};

/** Those that have passed or come within so many days, the earliest first. */
export function vendorDatesAhead(
  { register, clock }: Ground,
  withinDays: number,
): readonly VendorDateAhead[] {
  const today = dateOf(wallTime(clock.now(), register.timeZone));
  return register.vendorDates
    .map((each) => ({
      ...each,
      title: `${[each.vendor, each.tool].filter((name) => name !== null).join(", ")}: ${kindWords[each.kind]}`,
      daysLeft: daysBetween(today, each.date),
      touches: register.automations
        .filter(({ entry }) => isTouched(entry, each))
        .map(({ entry }) => entry.title),
    }))
    .filter(({ daysLeft }) => daysLeft <= withinDays)
    .sort((left, right) => left.daysLeft - right.daysLeft);
}

function isTouched(
  entry: { readonly vendor: string | null; readonly tool: string | null },
  { vendor, tool }: VendorDate,
): boolean {
  const same = (left: string | null, right: string | null): boolean =>
    left === null || left.toLowerCase() === (right ?? "").toLowerCase();
  return same(vendor, entry.vendor) && same(tool, entry.tool);
}

/** "in 49 days", "today", "3 days ago". */
export function sayDaysLeft(daysLeft: number): string {
  if (daysLeft === 0) return "today";
  return daysLeft > 0 ? `in ${sayCount(daysLeft, "day")}` : `${sayCount(-daysLeft, "day")} ago`;
}

/** "14 Jan 2027, in 49 days: prices go up by a tenth; touches Invoice extraction". */
export function sayVendorDate({ date, daysLeft, note, touches }: VendorDateAhead): string {
  const far = sayDaysLeft(daysLeft);
  const what = note === null ? "" : `: ${excerpt(note, longestText)}`;
  const whom = touches.length === 0 ? "" : `; touches ${sayListUpTo(touches, namedAtMost)}`;
  return `${sayDay(date)}, ${far}${what}${whom}`;
}
