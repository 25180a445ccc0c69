import type { Automation } from "../domain/automation.js";
import { dayMs } from "../domain/time.js";
import { startOfDay, wallTime } from "../measure/local-time.js";

const WEEK_MS = 7 * dayMs;

/**
 * Name of the person on call at an instant. A weekly turn changes at local midnight of the weekday it
 * started on; before its start it runs backwards, so that there is always someone.
 */
export function onCallAt(automation: Automation, at: number): string {
  const { onCall } = automation;
  if (onCall.kind === "person") return onCall.name;
  const startsOn = Date.parse(`${onCall.startsOn}T00:00:00Z`);
  const weeks = Math.floor((startOfDay(wallTime(at, automation.timeZone)) - startsOn) / WEEK_MS);
  const { length } = onCall.names;
  return onCall.names[((weeks % length) + length) % length] ?? automation.owner;
}
