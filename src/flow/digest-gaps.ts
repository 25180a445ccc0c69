/**
 * What was not watched in the week, for the digest. In: an automation, since when. Out: the runs that could not be made up
 * for, and the times its source could not be read that are over; one that lasts is an open incident, told as such.
 */
import type { DigestFacts } from "../report/digest-facts.js";
import { blindPeriods } from "./blind.js";
import type { Ground, Watched } from "./ground.js";

/** The gaps of one automation since an instant. */
export function digestGaps(ground: Ground, watched: Watched, since: number): DigestFacts["gaps"] {
  const { entry } = watched;
  const { slots, reason } = ground.store.runs.missedSince(entry.id, since);
  const missed = {
    kind: "missed" as const,
    automation: entry.title,
    slots,
    why: reason?.replace(/^missed: /, "") ?? "no reason was noted",
  };
  const periods = blindPeriods(ground, watched, since);
  const last = periods.at(-1);
  return [
    ...(slots === 0 ? [] : [missed]),
    ...(last === undefined
      ? []
      : [
          {
            kind: "unread" as const,
            automation: entry.title,
            times: periods.length,
            lastedMs: periods.reduce((sum, { from, to }) => sum + to - from, 0),
            last,
          },
        ]),
  ];
}
