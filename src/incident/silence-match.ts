/**
 * Whether a silence speaks of an automation, an incident or a finding. In: what it matches, and what is asked about.
 * Out: yes or no. Never reads the store, never knows the time.
 */
import type { Automation } from "../domain/automation.js";
import type { Finding } from "../domain/finding.js";
import type { SilenceMatch } from "../domain/silence.js";

/** True where the automation is among those it names, or it names none. */
export function matchesAutomation(match: SilenceMatch, entry: Automation): boolean {
  return (
    isAmong(match.automations, [entry.id]) &&
    isAmong(match.vendors, entry.vendor === null ? [] : [entry.vendor]) &&
    isAmong(match.dependsOn, entry.dependsOn) &&
    isAmong(match.processes, entry.processes)
  );
}

/** True where the finding is of the checks and kinds it names. A check is named by its id or its metric's. */
export function matchesFinding(match: SilenceMatch, finding: Finding): boolean {
  const names = [finding.check, finding.metric].filter((name): name is string => name !== null);
  return isAmong(match.checks, names) && isAmong(match.kinds, [finding.rule]);
}

/** True where the incident is the one it names, or it names none. */
export function matchesIncident(match: SilenceMatch, incident: number): boolean {
  return match.incidents.length === 0 || match.incidents.includes(incident);
}

function isAmong(wanted: readonly string[], found: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  const plain = found.map((each) => each.toLowerCase());
  return wanted.some((each) => plain.includes(each.toLowerCase()));
}
