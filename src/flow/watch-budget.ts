/**
 * The cost of an automation's outputs against its budget of a month. In: one automation, now. Out: a finding for the
 * digest, raised or ended; call inside a transaction. Costs come from the hourly counts, at most 60 days of them; outputs
 * without a cost are no cost of zero.
 */
import { dollarsOf } from "../domain/money.js";
import { dayMs } from "../domain/time.js";
import { findingKey } from "../incident/finding-key.js";
import { dateOf, instantOf, startOfDay, wallTime } from "../measure/local-time.js";
import { type DayCost, forecastMonth, type MonthForecast } from "../value/forecast-month.js";
import { sayOf } from "../wording/numbers.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";
import { raise } from "./raise.js";
import { tellUntold } from "./tell.js";

/** This month and the 28 days before it. */
const lookBackDays = 59;
/** A forecast is told from so many whole days on, or once half of the budget is spent. */
const daysToTell = 7;
/** A forecast that was told is over when it falls this far under the budget: one that hovers about it is one finding. */
const overBelow = 0.95;
const metric = "budget:month";

/** The identity of "the month's budget does not last". */
const budgetKey = findingKey({ rule: "budget", metric, check: null });

/** How the month stands; null: there is no budget, or nothing is known of the cost. */
export function monthOf(ground: Ground, { entry }: Watched, now: number): MonthForecast | null {
  const { budget, timeZone } = entry;
  if (budget === null) return null;
  const today = wallTime(now, timeZone);
  return forecastMonth(
    daysOf(ground, entry.id, { timeZone, now, perUsd: budget.perUsd }),
    dateOf(today),
    micros(budget.perMonth),
  );
}

/** Looks at the month of one automation. */
export function watchBudget(ground: Ground, watched: Watched, now: number): void {
  const known = ground.store.findings.active(watched.entry.id).some(({ key }) => key === budgetKey);
  const month = monthOf(ground, watched, now);
  const found = month === null ? null : overBudget(watched, month, { now, known });
  if (found === null && !known) return;
  raise(ground, {
    automation: watched.entry.id,
    kind: "outputs",
    at: now,
    found: found === null ? [] : [found],
    endedKeys: found === null ? [budgetKey] : [],
  });
  tellUntold(ground, watched, now);
}

/** Local days from the first that had outputs on; days without any cost nothing, and that is known. */
function daysOf(
  { store }: Ground,
  automation: string,
  { timeZone, now, perUsd }: { timeZone: string; now: number; perUsd: number },
): readonly DayCost[] {
  const today = startOfDay(wallTime(now, timeZone));
  const from = instantOf(today - lookBackDays * dayMs, timeZone);
  const days = new Map<string, DayCost>();
  const dateAt = localDates(timeZone);
  for (const { hourAt, outputs, priced, costMicros } of store.outputs.hourlyCosts(automation, from, now)) {
    const date = dateAt(hourAt);
    const day = days.get(date) ?? { date, outputs: 0, priced: 0, micros: 0 };
    days.set(date, {
      date,
      outputs: day.outputs + outputs,
      priced: day.priced + priced,
      micros: day.micros + costMicros * perUsd,
    });
  }
  const first = [...days.keys()].sort()[0];
  if (first === undefined) return [];
  const count = Math.round((today - Date.parse(first)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const date = dateOf(Date.parse(first) + index * dayMs);
    return days.get(date) ?? { date, outputs: 0, priced: 0, micros: 0 };
  });
}

/** The local date of one instant after the other: asking a zone costs more than all the rest, so it is asked once a day. */
function localDates(timeZone: string): (at: number) => string {
  let day = { date: "", fromAt: 0, untilAt: 0 };
  return (at) => {
    if (at < day.fromAt || at >= day.untilAt) {
      const start = startOfDay(wallTime(at, timeZone));
      day = { date: dateOf(start), fromAt: at, untilAt: instantOf(start + dayMs, timeZone) };
    }
    return day.date;
  };
}

function overBudget(
  { entry }: Watched,
  month: MonthForecast,
  { now, known }: { now: number; known: boolean },
): Found | null {
  const limit = micros(entry.budget?.perMonth ?? 0);
  const spent = month.spent > limit;
  const enough = month.daysSeen >= daysToTell || month.spent > limit / 2;
  const ahead = enough && month.month !== null && month.month.middle > limit * (known ? overBelow : 1);
  if (!spent && !ahead) return null;
  const headline = spent ? "the budget of the month is used up" : "the budget of the month will not last";
  return {
    headline,
    finding: {
      rule: "budget",
      metric,
      check: null,
      level: "digest",
      baseline: null,
      current: null,
      evidence: null,
      changedAt: null,
      foundAt: now,
      chanceMonths: null,
      sentence: `${headline}: ${sayMonth(entry, month, now)}`,
      improvement: false,
    },
  };
}

/** "spent 41.20 of 50.00 EUR by the 18th; at this pace 68.70 (61.10 to 76.30) by the end of the month; used up about the 22nd". */
export function sayMonth({ budget, timeZone }: Watched["entry"], month: MonthForecast, now: number): string {
  if (budget === null) return "no budget is set";
  const limit = micros(budget.perMonth);
  const today = dateOf(wallTime(now, timeZone));
  const partly = month.known.hits < month.known.n;
  const parts = [
    `spent ${partly ? "at least " : ""}${say(month.spent)} of ${say(limit)} ${budget.currency} by the ${sayNth(today)}`,
  ];
  if (partly) parts.push(`the cost of ${sayOf(month.known)} outputs is known`);
  if (month.month !== null) {
    const { middle, low, high } = month.month;
    parts.push(`at this pace ${say(middle)} (${say(low)} to ${say(high)}) by the end of the month`);
  }
  if (month.usedUpOn !== null) {
    const about = month.spent > limit ? "on" : "about";
    parts.push(`used up ${about} the ${sayNth(month.usedUpOn)}`);
  }
  return parts.join("; ");
}

/** An amount in millionths. */
function micros(amount: number): number {
  return Math.round(amount * 1_000_000);
}

function say(amount: number): string {
  return dollarsOf(amount).toFixed(2);
}

/** "1st", "22nd", "13th" of a local date. */
function sayNth(date: string): string {
  const day = Number(date.slice(8));
  const teen = day >= 11 && day <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}
