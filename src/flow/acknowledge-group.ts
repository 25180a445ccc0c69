import { KnownError } from "../domain/errors.js";
import type { IncidentRow } from "../store/incident.js";
import type { Ground } from "./ground.js";
import { moveIncident } from "./move-incident.js";

/** Incidents acknowledged by one order. */
const mostAtOnce = 10_000;

/** Someone sees to every incident of a group that nobody has acknowledged; throws KnownError where there is none. */
export function acknowledgeGroup(ground: Ground, group: number, who: string): readonly IncidentRow[] {
  const { groups, incidents } = ground.store;
  const members = groups.members(group, mostAtOnce).flatMap((each) => incidents.get(each.incident) ?? []);
  if (members.length === 0)
    throw new KnownError("group-unknown", `No group ${group}; evenkeel incidents list --json names them.`);
  const waiting = members.filter((row) => row.status === "open");
  if (waiting.length === 0)
    throw new KnownError(
      "incident-move",
      `Nothing of group ${group} waits: each incident is acknowledged or over.`,
    );
  return waiting.map((row) =>
    moveIncident(ground, { incident: row.id, event: "acknowledge", who, why: null }),
  );
}
