import type { Ground, Watched } from "../ground.js";

/** How many times the usual sample is drawn at an instant: twice for a while after a change. */
export function sampleTimes(ground: Ground, watched: Watched, at: number): 1 | 2 {
  const { doubledAfterChangeMs } = watched;
  if (doubledAfterChangeMs === 0) return 1;
  const marker = ground.store.changes.newestBefore(watched.entry.id, at, at - doubledAfterChangeMs);
  return marker === null ? 1 : 2;
}
