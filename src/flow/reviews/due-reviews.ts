/**
 * Which reviews are due when: of every automation, of every merely listed tool, and of the whole register each month.
 * In: the register, what was recorded, now. Out: one record for each. Changes nothing; what was never met by the watch
 * counts as met now.
 */
import type { Person } from "../../domain/person.js";
import { type Governance, type GovernanceDay, type Review, wholeRegister } from "../../domain/review.js";
import { dateOf, wallTime } from "../../measure/local-time.js";
import {
  daysBetween,
  governanceDayAfter,
  remindedAheadDays,
  reviewDue,
  workingDayFrom,
} from "../../review/review-times.js";
import type { Ground, Watched } from "../ground.js";

/** A review, and when it is due. */
export interface DueReview {
  /** Id of the automation or tool, or `wholeRegister`. */
  readonly automation: string;
  readonly title: string;
  /** Whoever makes it. */
  readonly person: Person;
  /** False: a tool that is only listed, or the register. */
  readonly watched: boolean;
  /** Local date. */
  readonly dueOn: string;
  /** Local date; null: it was never reviewed. */
  readonly lastOn: string | null;
  /** The one recorded last; null: none ever was. */
  readonly newest: Review | null;
  /** When it was first met. */
  readonly metAt: number;
  /** How many days ahead people are reminded of it. */
  readonly aheadDays: number;
  /** Days until it is due, as its person counts them; negative: it is overdue. */
  readonly daysLeft: number;
}

/** What the whole register is called where reviews are listed. */
const registerTitle = "The whole register";

/** Every review, the most urgent first. */
export function dueReviews(ground: Ground): readonly DueReview[] {
  return [
    ...(ground.register.governance.day === "never" ? [] : [governanceReview(ground)]),
    ...ground.register.automations.map((watched) => dueReview(ground, watched)),
  ].sort((left, right) => left.daysLeft - right.daysLeft || left.title.localeCompare(right.title, "en"));
}

/** The next review of an automation or tool. */
export function dueReview(ground: Ground, { entry, source, golden }: Watched): DueReview {
  const { people, aiOwner } = ground.register;
  const person = people.get(entry.owner) ?? aiOwner;
  const known = knownOf(ground, entry.id, person);
  const { everyMonths, last } = entry.review;
  const due = reviewDue({ everyMonths, configuredLastOn: last, ...known }, person);
  return {
    automation: entry.id,
    title: entry.title,
    person,
    watched: source !== null || golden !== null,
    ...due,
    newest: known.newest,
    metAt: known.metAt,
    aheadDays: remindedAheadDays(everyMonths),
    daysLeft: daysBetween(known.today, due.dueOn),
  };
}

/** The next review of the whole register; where none is due by itself, as if it were made on the first working day. */
export function governanceReview(ground: Ground): DueReview {
  const { people, aiOwner, governance } = ground.register;
  const person = people.get(governance.who) ?? aiOwner;
  const { recorded, metOn, metAt, newest, today } = knownOf(ground, wholeRegister, person);
  const dueOn =
    recorded === null
      ? governanceDayAfter(metOn, dayOfMonth(governance), person)
      : workingDayFrom(recorded.nextOn, person);
  return {
    automation: wholeRegister,
    title: registerTitle,
    person,
    watched: false,
    dueOn,
    lastOn: recorded?.on ?? null,
    newest,
    metAt,
    aheadDays: remindedAheadDays(1),
    daysLeft: daysBetween(today, dueOn),
  };
}

/** Its day of the month, also where none is due by itself. */
export function dayOfMonth({ day }: Governance): Exclude<GovernanceDay, "never"> {
  return day === "never" ? "first-working-day" : day;
}

function knownOf({ store, clock }: Ground, automation: string, { timeZone }: Person) {
  const now = clock.now();
  const dayOf = (at: number) => dateOf(wallTime(at, timeZone));
  const metAt = store.reviews.due(automation)?.metAt ?? store.registry.firstSeenAt(automation) ?? now;
  const newest = store.reviews.newest(automation);
  return {
    newest,
    metAt,
    metOn: dayOf(metAt),
    recorded: newest === null ? null : { on: dayOf(newest.at), nextOn: newest.nextOn },
    today: dayOf(now),
  };
}
