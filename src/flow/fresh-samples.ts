/**
 * Runs that are owed at once, whatever the schedule says: after a silence, and when a source that was down is back.
 * In: what is owed, from the store. Out: a run at this instant. A run that breaks off stays owed.
 */
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { readHistory } from "./read-history.js";
import { type RunOptions, type RunReport, runSlots } from "./run.js";

/** Automations that are to be looked at once more now. */
export function samplesOwed(ground: Ground): readonly Watched[] {
  return ground.store.freshSamples.owed().flatMap(({ automation }) => {
    const watched = watchedOf(ground.register, automation);
    // taken out of the register meanwhile, or never read
    if (watched === null || watched.source === null) ground.store.freshSamples.done(automation);
    return watched === null || watched.source === null ? [] : [watched];
  });
}

/** Looks at one of them. */
export async function takeSample(
  ground: Ground,
  watched: Watched,
  options: RunOptions & { readonly onReport?: (report: RunReport) => void },
): Promise<void> {
  const { store, clock } = ground;
  const { id } = watched.entry;
  const isRead = store.registry.historyReadAt(id) !== null;
  const report = isRead
    ? await runSlots(ground, watched, [clock.now()], options)
    : await readHistory(ground, watched, options);
  if (options.signal.aborted) return;
  store.freshSamples.done(id);
  options.onReport?.(report);
}
