import { type Ground, watchedOf } from "./ground.js";
import { applyEvent, self } from "./raise.js";

/** Ends the incidents and findings of automations that left the register: nothing would ever end them. Returns how many incidents. */
export function closeOrphans(ground: Ground): number {
  const { store, clock } = ground;
  const now = clock.now();
  const orphans = store.incidents.open().filter((row) => watchedOf(ground.register, row.automation) === null);
  store.transaction(() => {
    for (const row of orphans) {
      applyEvent(ground, row, "resolve", {
        at: now,
        who: self,
        why: "the automation is no longer in the register",
      });
      for (const finding of store.findings.active(row.automation)) store.findings.end(finding.id, now);
    }
  });
  return orphans.length;
}
