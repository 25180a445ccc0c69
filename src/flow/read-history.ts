/**
 * Backfill: the runs that an automation's existing history would have had, in order, at their own times, silent.
 * An incident still open at the end is announced once; metrics whose replay gave more alarms than the budget stay on
 * probation. Interrupted at any instant it goes on where it was: stored outputs wait, closed slots stay closed.
 */
import { cannotRead, sightRegained } from "./blind.js";
import type { Slot } from "./close-slot.js";
import type { Ground, Watched } from "./ground.js";
import { closeAll, type RunOptions, type RunReport, readAll, storePage } from "./run.js";
import { settleStandings } from "./settle-standings.js";
import { tellUntold } from "./tell.js";

/** Reads an automation's existing history once. The report counts its runs. */
export async function readHistory(ground: Ground, watched: Watched, options: RunOptions): Promise<RunReport> {
  const { store, clock } = ground;
  const { id } = watched.entry;
  store.transaction(() => store.registry.see(id, clock.now()));
  // history without times stands at the instant at which it was first met, also after an interruption
  const metAt = store.registry.firstSeenAt(id) ?? clock.now();
  const page = await readAll(ground, watched, metAt, options);
  if (typeof page === "string" && options.signal.aborted) return nothingCameOf(id);
  if (typeof page === "string") {
    store.transaction(() => cannotRead(ground, watched, page));
    return { ...nothingCameOf(id), unreadable: page };
  }
  store.transaction(() => {
    storePage(ground, watched, page);
    sightRegained(ground, watched);
  });
  const slots = historySlots(ground, watched, metAt);
  const outputs = await closeAll(ground, watched, slots, nothingRead, options);
  if (!options.signal.aborted) finish(ground, watched);
  return { automation: id, slots: slots.length, outputs, unreadable: null };
}

function nothingCameOf(automation: string): RunReport {
  return { automation, slots: 0, outputs: 0, unreadable: null };
}

const nothingRead = { judged: [], asides: [], foreign: [], cursor: null };

function finish(ground: Ground, watched: Watched): void {
  const { store, clock } = ground;
  const now = clock.now();
  store.transaction(() => {
    settleStandings(ground, watched, now);
    store.registry.markHistoryRead(watched.entry.id, now);
    tellUntold(ground, watched, now);
  });
}

/** The slots of the schedule that have outputs waiting; without a schedule or times, runs of the sample size. */
function historySlots(ground: Ground, watched: Watched, metAt: number): readonly Slot[] {
  const { schedule, sampleSize, entry } = watched;
  const instants = ground.store.outputs.waitingInstants(entry.id);
  const replay = { replay: true, silent: true, emptyReason: null };
  const hasTime = (each: { at: number }) => schedule !== null && each.at !== metAt - 1;
  const timed = scheduledSlots(
    watched,
    instants.filter(hasTime).map((each) => each.at),
    ground.clock.now(),
  );
  const untimed = instants.filter((each) => !hasTime(each)).reduce((sum, each) => sum + each.outputs, 0);
  const size = sampleSize === "all" ? untimedRunSize : sampleSize;
  const firstPart = ground.store.runs.nextPart(entry.id, metAt);
  const parts = Array.from({ length: Math.ceil(untimed / size) }, (_, index) => firstPart + index);
  return [
    ...timed.map((at) => ({ at, part: 0, most: null, ...replay })),
    ...parts.map((part) => ({ at: metAt, part, most: size, ...replay })),
  ];
}

/** Outputs in a run of history without times, where the sample size is "all". */
const untimedRunSize = 20;

function scheduledSlots(watched: Watched, instants: readonly number[], now: number): readonly number[] {
  const slots: number[] = [];
  let slotAt = Number.NEGATIVE_INFINITY;
  for (const at of instants) {
    if (at < slotAt || watched.schedule === null) continue;
    slotAt = watched.schedule.slotAfter(at);
    if (slotAt > now - watched.settleMs) break;
    slots.push(slotAt);
  }
  return slots;
}
