import { swingsOf } from "../incident/flapping.js";
import type { IncidentRow } from "../store/incident.js";
import type { Ground } from "./ground.js";

/** True where a person saw for themselves what the incident is about: that the source cannot be read takes nothing from it. */
export function restsOnReport({ store }: Ground, { id, automation }: IncidentRow): boolean {
  return store.findings
    .active(automation)
    .some(
      ({ incident, finding }) => incident === id && finding.rule === "report" && finding.level === "page",
    );
}

/**
 * True while nothing is said about the outputs of an automation, for they cannot be read. An incident about the
 * watching that is only held open because it flaps holds nothing back while the source can be read.
 */
export function isHeldByBlindness({ store }: Ground, automation: string): boolean {
  const row = store.incidents.openOf(automation, "blind");
  if (row === null) return false;
  const held = swingsOf(store.incidents.swings(row.id)).flapping;
  return !held || store.sources.get(automation).failingSince !== null;
}
