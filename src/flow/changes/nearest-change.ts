import { sayList } from "../../wording/sentences.js";
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

/** What moved since the nearest marker before an instant; nothing where none is near or it is not compared yet. */
export function sayCompared(ground: Ground, automation: string, at: number): readonly string[] {
  const marker = ground.store.changes.newestBefore(automation, at, at - nearMs);
  if (marker === null || marker.comparedAt === null) return [];
  const moved = ground.store.changes.comparison(marker.id).filter((each) => each.result === "moved");
  const found = moved.length === 0 ? "nothing moved" : sayList(moved.map((each) => each.sentence));
  return [`Before and since ${sayMarker(marker)}: ${found}`];
}
