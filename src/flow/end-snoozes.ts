/**
 * A snooze ends with its incident: if the problem comes back, people hear of it. In: an incident that has
 * ended. Out: its snoozes ended, what they held let go, on the timeline. Leaves silences about automations alone.
 */
import type { IncidentRow } from "../store/incident.js";
import type { Ground } from "./ground.js";

/** Ends what silences this incident alone; call inside the transaction of the move. */
export function endSnoozes({ store, clock }: Ground, row: IncidentRow, at: number): void {
  const who = "evenkeel";
  const now = clock.now();
  const own = store.silences.inForce(now).filter(({ match }) => match.incidents.includes(row.id));
  for (const { id } of own) store.silences.end(id, now, who);
  const hold = store.silences.openHold(row.id);
  const holder = hold === null ? null : store.silences.get(hold.silence);
  if (hold !== null && holder?.match.incidents.includes(row.id)) store.silences.release(hold.id, now);
  if (own.length === 0) return;
  const { status } = row;
  const why = "the incident is over; should the problem come back, people are told";
  store.incidents.record(row.id, { at, event: "snooze-over", from: status, to: status, who, why });
}
