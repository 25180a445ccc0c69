/**
 * The register as a list: every entry with how complete it is. In: the ground. Out: one record per automation, in the
 * order of their titles. Reads the configuration and the day, no output.
 */
import { type Completeness, completenessOf } from "../../automation/completeness.js";
import { reviewDueOn } from "../../automation/review-due.js";
import type { Automation } from "../../domain/automation.js";
import { dateOf, wallTime } from "../../measure/local-time.js";
import type { Ground, Register, Watched } from "../ground.js";

/** An entry and how complete it is. */
export interface RegisterEntry {
  readonly entry: Automation;
  /** Its outputs are read or known inputs are put to it; else it is listed only. */
  readonly watched: boolean;
  readonly checks: number;
  readonly goldenCases: number;
  /** Local date; null: never reviewed. */
  readonly reviewDueOn: string | null;
  readonly completeness: Completeness;
}

/** Every entry of the register. */
export function registerEntries({ register, clock }: Ground): readonly RegisterEntry[] {
  const now = clock.now();
  return register.automations
    .map((watched) => entryOf(register, watched, now))
    .sort((left, right) => left.entry.title.localeCompare(right.entry.title, "en"));
}

function entryOf(register: Register, watched: Watched, now: number): RegisterEntry {
  const { entry, source, golden } = watched;
  const checks = watched.checks.length;
  const goldenCases = golden?.cases.length ?? 0;
  return {
    entry,
    watched: source !== null || golden !== null,
    checks,
    goldenCases,
    reviewDueOn: reviewDueOn(entry),
    completeness: completenessOf(entry, {
      ownerReachable: isReachable(register, entry.owner),
      checks,
      goldenCases,
      hasSource: source !== null,
      today: dateOf(wallTime(now, register.timeZone)),
    }),
  };
}

function isReachable({ people }: Register, name: string): boolean {
  const person = people.get(name);
  return person !== undefined && (person.email !== null || person.slackId !== null);
}
