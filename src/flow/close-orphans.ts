import type { IncidentRow } from "../store/incident.js";
import { type Ground, watchedOf } from "./ground.js";
import { applyEvent, self } from "./raise.js";

/**
 * Ends what nothing would ever end: incidents and findings of automations that left the register, and *blind*
 * incidents of those that have no source any more. Returns how many incidents.
 */
export function closeOrphans(ground: Ground): number {
  const { store, clock } = ground;
  const now = clock.now();
  const orphans = store.incidents.open().flatMap((row) => {
    const why = orphanedBecause(ground, row);
    return why === null ? [] : [{ row, why }];
  });
  store.transaction(() => {
    for (const { row, why } of orphans) {
      applyEvent(ground, row, "resolve", { at: now, who: self, why });
      for (const finding of store.findings.ofIncident(row.id))
        if (finding.endedAt === null) store.findings.end(finding.id, now);
      if (watchedOf(ground.register, row.automation) === null)
        for (const finding of store.findings.active(row.automation)) store.findings.end(finding.id, now);
    }
  });
  return orphans.length;
}

function orphanedBecause(ground: Ground, row: IncidentRow): string | null {
  const watched = watchedOf(ground.register, row.automation);
  if (watched === null) return "the automation is no longer in the register";
  return row.kind === "blind" && watched.source === null ? "it has no source any more" : null;
}
