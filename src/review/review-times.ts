/**
 * When reviews are due, and when people are reminded of them. In: local dates, a calendar, instants. Out: local dates and
 * instants. Pure; never reads a clock.
 *
 * A review is due on the date recorded with the last one; where the configuration names a later last one, so many months
 * after that; one never reviewed so many months after it was first met. A due date without working hours of whoever it
 * is due for, be it a weekend or a holiday, moves to their next working day.
 */
import type { Person } from "../domain/person.js";
import type { GovernanceDay, ReminderStage } from "../domain/review.js";
import { dayMs } from "../domain/time.js";
import { dateOf, instantOf, weekdayOf } from "../measure/local-time.js";

const minuteMs = 60_000;
/** Whoever does not work for so long has no working day to move to. */
const longestSearchDays = 370;
/** Where nobody said when someone begins to work. */
const usualStartMinute = 9 * 60;
/** The next monthly review is not due sooner than so many days after the last one. */
const monthlyApartDays = 15;

/** When someone works. */
export type Calendar = Pick<Person, "timeZone" | "workingHours" | "holidays">;

/** What the due date of a review follows from. */
export interface ReviewHistory {
  readonly everyMonths: number;
  /** Local date of the last one by the configuration; null: it names none. */
  readonly configuredLastOn: string | null;
  /** The one recorded last: on which local date, and the next date it named. */
  readonly recorded: { readonly on: string; readonly nextOn: string } | null;
  /** Local date on which it was first met. */
  readonly metOn: string;
}

/** When a review is due, and when the last one was; null: there was none. */
export function reviewDue(history: ReviewHistory, calendar: Calendar) {
  const { everyMonths, configuredLastOn, recorded, metOn } = history;
  if (recorded !== null && (configuredLastOn === null || configuredLastOn <= recorded.on))
    return { dueOn: workingDayFrom(recorded.nextOn, calendar), lastOn: recorded.on };
  const from = configuredLastOn ?? metOn;
  return { dueOn: workingDayFrom(monthsAfter(from, everyMonths), calendar), lastOn: configuredLastOn };
}

/** The date, or the next one on which someone works; the date itself where there is none. */
export function workingDayFrom(date: string, calendar: Calendar): string {
  for (let days = 0; days < longestSearchDays; days += 1) {
    const day = daysAfter(date, days);
    if (worksOn(day, calendar)) return day;
  }
  return date;
}

function worksOn(date: string, { workingHours, holidays }: Calendar): boolean {
  return (workingHours[weekdayOf(Date.parse(date))] ?? null) !== null && !holidays.includes(date);
}

/** The same day so many months later; the last of that month where it has no such day. */
export function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
}

function daysAfter(date: string, days: number): string {
  return dateOf(Date.parse(date) + days * dayMs);
}

/** Days from one local date to another; negative: the other comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** The first day of a monthly review after a date. */
export function governanceDayAfter(
  date: string,
  day: Exclude<GovernanceDay, "never">,
  calendar: Calendar,
): string {
  const number = day === "first-working-day" ? 1 : day;
  const inMonth = `${date.slice(0, 8)}${String(number).padStart(2, "0")}`;
  // a day moved by holidays may lie in the month after its own
  const candidates = [-1, 0, 1].map((months) => workingDayFrom(monthsAfter(inMonth, months), calendar));
  return candidates.find((each) => each > date) ?? workingDayFrom(monthsAfter(inMonth, 2), calendar);
}

/** The monthly review after one that was made on a date: made a few days early it is not asked for again at once. */
export function nextGovernanceDay(
  madeOn: string,
  day: Exclude<GovernanceDay, "never">,
  calendar: Calendar,
): string {
  return governanceDayAfter(daysAfter(madeOn, monthlyApartDays), day, calendar);
}

/** How many days ahead someone is reminded: two weeks, three days of what comes every month. */
export function remindedAheadDays(everyMonths: number): number {
  return everyMonths <= 1 ? 3 : 14;
}

/** What a reminder's instant follows from. */
export interface Reminded {
  readonly dueOn: string;
  /** How many days ahead the first one comes. */
  readonly aheadDays: number;
  /** Since when it is due on that date: what had passed by then is not told. */
  readonly setAt: number;
}

/** When someone is reminded: as their first working day from then on begins. */
export function reminderAt(
  { dueOn, aheadDays }: Pick<Reminded, "dueOn" | "aheadDays">,
  stage: ReminderStage,
  calendar: Calendar,
): number {
  const days = { before: -aheadDays, due: 0, after: 7, "passed-on": 14 }[stage];
  const date = workingDayFrom(daysAfter(dueOn, days), calendar);
  const startMinute = calendar.workingHours[weekdayOf(Date.parse(date))]?.fromMinute ?? usualStartMinute;
  return instantOf(Date.parse(date) + startMinute * minuteMs, calendar.timeZone);
}

/** Of some reminders, in their order, those whose time has come since the date was set. */
export function remindersReached(
  reminded: Reminded,
  stages: readonly ReminderStage[],
  calendar: Calendar,
  now: number,
): readonly ReminderStage[] {
  return stages.filter((stage) => {
    const at = reminderAt(reminded, stage, calendar);
    return at > reminded.setAt && at <= now;
  });
}
