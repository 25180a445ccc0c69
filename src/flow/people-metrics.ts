/**
 * What is followed of what people say of outputs that chance picked for them. In: an entry. Out: a plan's draft. It waits
 * for the digest: a few words a week are too few to wake someone, and the picks of other reasons are no fair sample.
 */
import type { Automation } from "../domain/automation.js";
import type { ShareChange } from "../drift/explanation.js";
import { sayCount, sayOf } from "../wording/numbers.js";
import type { Draft } from "./metric-draft.js";

/** The metric that follows the share of outputs that people judge right. */
export const humanPassShare = "people:right";

/**
 * Judgements from which the usual share is learned: with the hundred of other metrics nothing could be told for a year.
 * What so few leave open is in the weights, so that false alarms stay within the budget: `bench:judgements` counts them.
 */
export const peopleBaseline = { outputs: 20, runs: 5 } as const;

/** What people say, of an automation whose outputs they are asked to judge. */
export function peopleMetrics({ spotCheck }: Automation): readonly Draft[] {
  if (spotCheck.perWeek === 0) return [];
  return [
    {
      id: humanPassShare,
      title: "outputs that people judge right",
      kind: "pass-share",
      level: "digest",
      higherIsBetter: true,
      baseline: peopleBaseline,
      // fed by judgements alone
      observe: () => undefined,
    },
  ];
}

/** "people found 4 of the last 9 outputs they looked at wrong; before it was 3 of 60". */
export function sayPeopleChange({ before, since }: ShareChange): string {
  const wrong = ({ hits, n }: ShareChange["since"]) => ({ hits: n - hits, n });
  const { hits, n } = wrong(since);
  return `people found ${hits} of the last ${sayCount(n, "output")} they looked at wrong; before it was ${sayOf(wrong(before))}`;
}

/** " (those 9 were made since Tue 14:00)": when they were judged says nothing about when it began. */
export function sayPeopleSince({ since }: ShareChange, startsAt: string): string {
  return ` (those ${since.n} were made since ${startsAt})`;
}
