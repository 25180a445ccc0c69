import { type Ground, watchedOf } from "./ground.js";
import { self } from "./raise.js";
import { callOrder, deadlinesFrom, tellEscalation } from "./tell.js";

/** Open incidents that nobody acknowledged in time go to the next person, who gets as long; the last one keeps it. Returns how many went on. */
export function escalateOverdue(ground: Ground): number {
  const { store, clock } = ground;
  const now = clock.now();
  const overdue = store.incidents.overdue(now);
  if (overdue.length === 0) return 0;
  return store.transaction(() => {
    let escalated = 0;
    for (const row of overdue) {
      const watched = watchedOf(ground.register, row.automation);
      if (watched === null || row.toldStatus === null || row.acknowledgeBy === null) continue;
      const calls = callOrder(watched, ground, row.announcedAt ?? now);
      if (row.escalations + 1 >= calls.length) continue;
      store.incidents.escalate(row.id, deadlinesFrom(ground, watched, now).acknowledgeBy);
      const { status } = row;
      const why = `${calls[row.escalations] ?? "nobody"} did not acknowledge in time; it is now with ${calls[row.escalations + 1] ?? "nobody"}`;
      store.incidents.record(row.id, {
        at: now,
        event: "escalate",
        from: status,
        to: status,
        who: self,
        why,
      });
      tellEscalation(ground, watched, store.incidents.get(row.id) ?? row, {
        missedAt: row.acknowledgeBy,
        now,
      });
      escalated += 1;
    }
    return escalated;
  });
}
