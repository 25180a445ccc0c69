import type { IncidentRow } from "../store/incident.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { itselfId } from "./itself.js";

/**
 * Where an incident is told. One about Evenkeel itself may be about a channel: it goes to those that work, also where
 * they only stand in for another; what became of it goes where it was told.
 */
export function channelsToTell(ground: Ground, row: IncidentRow): readonly ReadyChannel[] {
  const { channels } = ground.register;
  const usual = channels.filter((each) => !each.onlyAsFallback);
  if (row.automation !== itselfId) return usual;
  const told = new Set(
    row.toldStatus === null ? [] : ground.store.outbox.ofIncident(row.id).map(({ channel }) => channel),
  );
  if (told.size > 0) return channels.filter((each) => told.has(each.id));
  const working = channels.filter((each) => ground.store.channels.get(each.id).brokenSince === null);
  return working.length > 0 ? working : usual;
}
