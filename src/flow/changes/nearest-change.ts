import type { Ground } from "../ground.js";
import { sayMarker } from "./say-marker.js";

/** A change further back than this is not told beside a finding. */
const nearMs = 7 * 86_400_000;

/** A change and how long before a finding's estimated start it was made. */
export interface NearChange {
  readonly what: string;
  readonly beforeMs: number;
}

/** The nearest marker before an instant; null: none within a week. */
export function nearestChange(ground: Ground, automation: string, at: number): NearChange | null {
  const marker = ground.store.changes.newestBefore(automation, at, at - nearMs);
  return marker === null ? null : { what: sayMarker(marker), beforeMs: at - marker.at };
}
