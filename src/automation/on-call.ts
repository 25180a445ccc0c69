import type { Automation, OnCall } from "../domain/automation.js";
import { dayMs } from "../domain/time.js";
import { dateOf, startOfDay, wallTime } from "../measure/local-time.js";

const WEEK_MS = 7 * dayMs;

/**
 * Name of the person on call at an instant. A weekly turn changes at local midnight of the weekday it
 * started on; before its start it runs backwards, so that there is always someone. A swap holds from local
 * midnight of its first day to the end of its last.
 */
export function onCallAt(automation: Automation, at: number): string {
  const { onCall } = automation;
  if (onCall.kind === "person") return onCall.name;
  return turnOn(onCall, startOfDay(wallTime(at, automation.timeZone))) ?? automation.owner;
}

function turnOn(onCall: Extract<OnCall, { kind: "weekly" }>, day: number): string | undefined {
  const turn = turnByRota(onCall, day);
  const date = dateOf(day);
  const swap = onCall.swaps.findLast((each) => each.who === turn && each.from <= date && date <= each.to);
  return swap?.instead ?? turn;
}

/** Whose turn a local day is, swaps aside; `day` in ms as if local time were UTC. */
export function turnByRota(
  { names, startsOn }: { readonly names: readonly string[]; readonly startsOn: string },
  day: number,
): string | undefined {
  const weeks = Math.floor((day - Date.parse(`${startsOn}T00:00:00Z`)) / WEEK_MS);
  const { length } = names;
  return names[((weeks % length) + length) % length];
}
