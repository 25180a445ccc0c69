/**
 * The clocks of one incident as they are stored: begun when people are first told, brought in line after every move.
 * In: the incident as it stands, now. Out: its row of clocks. Never says anything: what runs out is escalate.ts's.
 */
import { containedAt, reminderAfterMs } from "../incident/clocks.js";
import type { IncidentRow } from "../store/incident.js";
import type { IncidentClockRow } from "../store/incident-clock.js";
import type { Ground, Watched } from "./ground.js";
import { itselfId } from "./itself.js";
import { deadlinesFrom, slaTimeOf } from "./sla-time.js";

/** Begins the clocks of an incident that is announced now; call inside the transaction. */
export function startClocks(ground: Ground, watched: Watched, row: IncidentRow, now: number): void {
  ground.store.incidentClocks.put({
    incident: row.id,
    containBy: hasHarm(ground, row) ? deadlinesFrom(ground, watched, now).containBy : null,
    containedAt: null,
    containMissedAt: null,
    restoreMissedAt: null,
    acknowledgementExpiresAt: null,
    remindAt: reminderAt(ground, watched, now, 0),
    reminders: 0,
    seenRevision: row.revision,
  });
}

/** The clocks after whatever happened since they were last set; call inside a transaction. */
export function followMoves(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  now: number,
): IncidentClockRow {
  const { incidents, incidentClocks } = ground.store;
  if (incidentClocks.get(row.id) === null) adopt(ground, watched, row, now);
  const known = incidentClocks.get(row.id);
  if (known === null) throw new Error(`incident ${row.id} has no clocks`);
  const moves = incidents.moves(row.id);
  const contained = known.containedAt ?? containedAt(moves);
  const settled = { ...known, containedAt: contained };
  if (known.seenRevision === row.revision && contained === known.containedAt) return known;
  const acknowledged = moves.findLast((move) => move.to === "acknowledged" && move.from !== move.to);
  const expiresAt = slaTimeOf(ground, watched)(
    acknowledged?.at ?? now,
    watched.entry.sla.acknowledgementExpiresMs,
  );
  const next: IncidentClockRow = {
    ...settled,
    // a silence may have moved it on since: what is left of it stays left
    acknowledgementExpiresAt:
      row.status === "acknowledged" ? Math.max(expiresAt, known.acknowledgementExpiresAt ?? 0) : null,
    reminders: 0,
    remindAt: waits(row, settled) ? reminderAt(ground, watched, now, 0) : null,
    seenRevision: row.revision,
  };
  incidentClocks.put(next);
  return next;
}

/** True while something is still asked of someone: to acknowledge it, or to contain it. */
export function waits(row: IncidentRow, clocks: IncidentClockRow): boolean {
  const uncontained = clocks.containBy !== null && clocks.containedAt === null;
  return row.status === "open" || (row.status === "acknowledged" && uncontained);
}

/** When the next reminder is due, after so many without an answer. */
export function reminderAt(ground: Ground, watched: Watched, now: number, sent: number): number {
  return slaTimeOf(ground, watched)(now, reminderAfterMs(watched.entry.sla.remindMs, sent));
}

/** An incident from before there were these clocks: none of them has run out unseen. */
function adopt(ground: Ground, watched: Watched, row: IncidentRow, now: number): void {
  startClocks(ground, watched, row, now);
  const begun = ground.store.incidentClocks.get(row.id);
  if (begun === null) return;
  const late = row.restoreBy !== null && row.restoreBy <= now;
  const { acknowledgementExpiresMs } = watched.entry.sla;
  ground.store.incidentClocks.put({
    ...begun,
    restoreMissedAt: late ? now : null,
    acknowledgementExpiresAt: slaTimeOf(ground, watched)(now, acknowledgementExpiresMs),
    seenRevision: -1,
  });
}

/** Where nothing wrong goes out, nothing is to be contained: a source that cannot be read, a model that will end. */
function hasHarm(ground: Ground, row: IncidentRow): boolean {
  if (row.automation === itselfId) return false;
  const findings = ground.store.findings.ofIncident(row.id).map((each) => each.finding);
  const main = findings.find((finding) => finding.level === "page") ?? findings[0];
  return row.kind === "outputs" && main?.rule !== "model-sunset";
}
