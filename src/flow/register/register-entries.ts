/**
 * The register as a list: every entry with how complete it is. In: the ground. Out: one record per automation, in the
 * order of their titles. Reads the configuration, recorded reviews and the day, no output.
 */
import { type Completeness, completenessOf } from "../../automation/completeness.js";
import type { Automation } from "../../domain/automation.js";
import { dateOf, wallTime } from "../../measure/local-time.js";
import type { Ground, Register, Watched } from "../ground.js";
import { dueReview } from "../reviews/due-reviews.js";

/** An entry and how complete it is. */
export interface RegisterEntry {
  readonly entry: Automation;
  /** Its outputs are read or known inputs are put to it; else it is listed only. */
  readonly watched: boolean;
  readonly checks: number;
  readonly goldenCases: number;
  /** Local date; null: never reviewed. */
  readonly reviewedOn: string | null;
  /** Local date. */
  readonly reviewDueOn: string;
  readonly completeness: Completeness;
}

/** Every entry of the register. */
export function registerEntries(ground: Ground): readonly RegisterEntry[] {
  return ground.register.automations
    .map((watched) => registerEntry(ground, watched))
    .sort((left, right) => left.entry.title.localeCompare(right.entry.title, "en"));
}

/** One entry of the register. */
export function registerEntry(ground: Ground, watched: Watched): RegisterEntry {
  const { register, clock } = ground;
  const { lastOn: reviewedOn, dueOn: reviewDueOn } = dueReview(ground, watched);
  const { entry, source, golden } = watched;
  const checks = watched.checks.length;
  const goldenCases = golden?.cases.length ?? 0;
  return {
    entry,
    watched: source !== null || golden !== null,
    checks,
    goldenCases,
    reviewedOn,
    reviewDueOn,
    completeness: completenessOf(entry, {
      ownerReachable: isReachable(register, entry.owner),
      checks,
      goldenCases,
      hasSource: source !== null,
      reviewedOn,
      reviewDueOn,
      today: dateOf(wallTime(clock.now(), register.timeZone)),
    }),
  };
}

function isReachable({ people }: Register, name: string): boolean {
  const person = people.get(name);
  return person !== undefined && (person.email !== null || person.slackId !== null);
}
