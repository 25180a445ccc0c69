import type { ChangeMarker } from "../../domain/change-marker.js";
import { dayMs } from "../../domain/time.js";
import type { Ground, Watched } from "../ground.js";

/** A change that is older when it is noted belongs to the past: it asks for no golden run. */
const retestWithinMs = 2 * dayMs;

/** Stores a marker with what it asks for; call inside a transaction. Returns its number. */
export function noteMarker(
  ground: Ground,
  watched: Watched,
  change: Omit<ChangeMarker, "id" | "automation">,
): number {
  const now = ground.clock.now();
  const automation = watched.entry.id;
  return ground.store.changes.add({
    automation,
    ...change,
    notedAt: now,
    retest: mayRetest(watched) && change.at >= now - retestWithinMs ? "owed" : "none",
    lookAt: change.at + dayMs,
  });
}

/** True where a golden run needs nobody's override. */
export function mayRetest({ golden }: Watched): boolean {
  return golden !== null && golden.effects !== "real";
}
