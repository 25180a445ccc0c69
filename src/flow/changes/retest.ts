/**
 * The golden run that a change asks for. In: markers that owe one. Out: one run for all markers of a burst: it begins
 * once no further marker has come for a minute, ten minutes after the first at the latest.
 */
import { type Ground, type Watched, watchedOf } from "../ground.js";
import { type GoldenRunOptions, runGolden } from "../run-golden.js";
import { mayRetest } from "./note-marker.js";

const quietMs = 60_000;
const longestWaitMs = 10 * 60_000;

/** Automations whose golden run is due now because of a change. */
export function retestsDue(ground: Ground, now: number): readonly Watched[] {
  return ground.store.changes.retestsOwed().flatMap(({ automation, first, last }) => {
    const watched = watchedOf(ground.register, automation);
    if (watched === null || !mayRetest(watched)) {
      ground.store.changes.dropRetests(automation);
      return [];
    }
    // a clock that was set back must not hold it up
    const due = Math.abs(now - last) >= quietMs || Math.abs(now - first) >= longestWaitMs;
    return due ? [watched] : [];
  });
}

/** Makes the golden run; markers noted while it is under way ask for another one. */
export async function retest(
  ground: Ground,
  watched: Watched,
  options: Omit<GoldenRunOptions, "slotAt">,
): Promise<void> {
  const { store, clock } = ground;
  const { id } = watched.entry;
  const begunAt = clock.now();
  const latest = store.runs.latestDone(id, "golden");
  const owed = store.changes.retestsOwed().find((each) => each.automation === id);
  if (owed === undefined) return;
  // a run that began after the last marker has answered already
  if (latest !== null && latest.startedAt > owed.last)
    return store.changes.retested(id, owed.last, latest.id);
  const report = await runGolden(ground, watched, { ...options, slotAt: begunAt });
  store.changes.retested(id, begunAt, report.run);
}
