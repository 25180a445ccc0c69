import type { StoredFinding } from "../store/finding.js";
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
  const left = store.findings.automationsWithActive().filter((id) => watchedOf(ground.register, id) === null);
  // asked at every beat, and nearly always there is nothing to end
  if (orphans.length === 0 && left.length === 0) return 0;
  store.transaction(() => {
    for (const { row, why } of orphans) {
      applyEvent(ground, row, "resolve", { at: now, who: self, why });
      endAll(ground, store.findings.ofIncident(row.id), now);
    }
    for (const automation of left) endAll(ground, store.findings.active(automation), now);
  });
  return orphans.length;
}

function endAll({ store }: Ground, findings: readonly StoredFinding[], now: number): void {
  for (const each of findings) if (each.endedAt === null) store.findings.end(each.id, now);
}

function orphanedBecause(ground: Ground, row: IncidentRow): string | null {
  const watched = watchedOf(ground.register, row.automation);
  if (watched === null) return "the automation is no longer in the register";
  return row.kind === "blind" && watched.source === null ? "it has no source any more" : null;
}
