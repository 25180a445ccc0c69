import type { IncidentRow } from "../store/incident.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { self } from "./raise.js";
import { isSilenced } from "./silences.js";
import { callOrder, deadlinesFrom, tellEscalation } from "./tell.js";

/** An incident that nobody acknowledged in time, and whom it goes from and to. */
interface Overdue {
  readonly row: IncidentRow;
  readonly watched: Watched;
  readonly missedAt: number;
  readonly from: string;
  readonly to: string;
}

/** Open incidents that nobody acknowledged in time go to the next person, who gets as long; the last one keeps it. Returns how many went on. */
export function escalateOverdue(ground: Ground): number {
  const { store, clock } = ground;
  const now = clock.now();
  // asked at every beat, and the last person may keep one for days: only one that goes on is worth a transaction
  const overdue = store.incidents.overdue(now).flatMap((row) => goingOn(ground, row, now) ?? []);
  if (overdue.length === 0) return 0;
  store.transaction(() => {
    for (const each of overdue) escalate(ground, each, now);
  });
  return overdue.length;
}

/** null where nobody is left to be called, or nobody knows of it yet. */
function goingOn(ground: Ground, row: IncidentRow, now: number): Overdue | null {
  const watched = watchedOf(ground.register, row.automation);
  if (watched === null || row.toldStatus === null || row.acknowledgeBy === null) return null;
  if (isSilenced(ground, row, now)) return null;
  const calls = callOrder(watched, ground, row.announcedAt ?? now);
  const to = calls[row.escalations + 1];
  if (to === undefined) return null;
  return { row, watched, missedAt: row.acknowledgeBy, from: calls[row.escalations] ?? "nobody", to };
}

function escalate(ground: Ground, { row, watched, missedAt, from, to }: Overdue, now: number): void {
  const { incidents } = ground.store;
  incidents.escalate(row.id, deadlinesFrom(ground, watched, now).acknowledgeBy);
  incidents.record(row.id, {
    at: now,
    event: "escalate",
    from: row.status,
    to: row.status,
    who: self,
    why: `${from} did not acknowledge in time; it is now with ${to}`,
  });
  tellEscalation(ground, watched, incidents.get(row.id) ?? row, { missedAt, now });
}
