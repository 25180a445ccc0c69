/**
 * What is due now: reads the stored schedules, runs what has come, catches up what was missed while the process was
 * down. One automation's failure never stops another. Never sleeps: it is called again by the beat.
 */
import { messageOf } from "../domain/errors.js";
import { dueSlots } from "../schedule/due-slots.js";
import { isBrokenSchedule } from "../schedule/guard-slot.js";
import type { ScheduleRow } from "../store/schedule.js";
import type { AlarmLevels } from "./alarm-levels.js";
import { compareDue } from "./changes/compare.js";
import { retest, retestsDue } from "./changes/retest.js";
import { samplesOwed, takeSample } from "./fresh-samples.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { breath } from "./judge-drafts.js";
import { askingChecks } from "./judge-outputs.js";
import { dueDelayMs } from "./keep-schedules.js";
import { readHistory } from "./read-history.js";
import { type Progress, type RunReport, runSlots } from "./run.js";
import { runGolden } from "./run-golden.js";
import { scheduleBroke, scheduleWorks } from "./schedule-trouble.js";

/** Slots of one schedule that are caught up in one go. */
const slotsAtOnce = 5_000;

/** An unreadable history, and work that broke off, is tried again so often. */
const retryMs = 60_000;

/** Waits for a place. */
type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** How due work is done. */
export interface DueOptions {
  readonly signal: AbortSignal;
  readonly levels: AlarmLevels;
  /** Bounds how many automations are worked on at once. */
  readonly limit: Limit;
  /** The same for those whose checks ask: judges that hang hold up no automation that asks nobody. */
  readonly askingLimit: Limit;
  /** Automations whose work broke off, and until when they rest. */
  readonly resting: Map<string, number>;
  readonly onReport?: (report: RunReport) => void;
  /** Told how far the reading of a history has come. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Starts everything that is due and waits for it. */
export async function runDue(ground: Ground, options: DueOptions): Promise<void> {
  const now = ground.clock.now();
  compareDue(ground, now);
  const unread = ground.register.automations.filter((each) => needsHistory(ground, each));
  const readNow = unread.filter((each) => mayTry(ground, each, now));
  const waiting = new Set([
    ...unread.map(({ entry }) => entry.id),
    ...ground.atWork,
    ...[...options.resting].flatMap(([id, until]) => (until > ground.clock.monotonic() ? [id] : [])),
  ]);
  const due = ground.store.schedules.due(now, waiting);
  await Promise.all([
    ...readNow.map((watched) => guarded(ground, watched, options, () => history(ground, watched, options))),
    ...due.map((row) => {
      const watched = watchedOf(ground.register, row.automation);
      if (watched === null) return undefined;
      const work = () => scheduled(ground, watched, row, options);
      return guarded(ground, watched, options, work, row.kind);
    }),
    ...samplesOwed(ground).map((watched) =>
      guarded(ground, watched, options, () => takeSample(ground, watched, { ...options, patient: true })),
    ),
    ...retestsDue(ground, now).map((watched) =>
      guarded(ground, watched, options, () => retest(ground, watched, options)),
    ),
  ]);
}

/** A history that could not be read is tried again, but not at every beat. */
function mayTry(ground: Ground, watched: Watched, now: number): boolean {
  const { triedAt } = ground.store.sources.get(watched.entry.id);
  return triedAt === null || Math.abs(now - triedAt) >= retryMs;
}

/** After a start: a history whose reading was broken off is read on at once. */
export function recoverHistories(ground: Ground): void {
  ground.store.sources.forgetTries();
}

/** True until the automation's existing history has been replayed to its end. */
export function needsHistory(ground: Ground, watched: Watched): boolean {
  return watched.source !== null && ground.store.registry.historyReadAt(watched.entry.id) === null;
}

/** True once the existing history has been read, or was found unreadable: then people know, and the rest goes on. */
export function historySettled(ground: Ground, watched: Watched): boolean {
  return !needsHistory(ground, watched) || ground.store.sources.get(watched.entry.id).failingSince !== null;
}

async function history(ground: Ground, watched: Watched, options: DueOptions): Promise<void> {
  // noted before the attempt: one that breaks off is not tried again at once
  ground.store.sources.markTried(watched.entry.id, ground.clock.now());
  const report = await readHistory(ground, watched, { ...options, patient: true });
  options.onReport?.(report);
}

async function scheduled(
  ground: Ground,
  watched: Watched,
  row: ScheduleRow,
  options: DueOptions,
): Promise<void> {
  if (row.kind === "golden") return goldenDue(ground, watched, row, options);
  const { schedule } = watched;
  if (schedule === null) return;
  const question = {
    now: ground.clock.now(),
    nextDueAt: row.nextDueAt,
    spreadMs: dueDelayMs(watched),
    catchUp: "replay",
    limit: slotsAtOnce,
  } as const;
  const plan = dueSlots(schedule, question);
  scheduleWorks(ground, row.automation, row.kind);
  if (plan.run.length === 0) return;
  const slots = plan.run.map((slot) => slot.slotAt);
  const report = await runSlots(ground, watched, slots, { ...options, patient: true });
  if (options.signal.aborted) return;
  // the slots are on record and unique, so a crash before this line repeats nothing
  advance(ground, row, plan.nextDueAt, slots.at(-1) ?? null);
  options.onReport?.(report);
}

async function goldenDue(
  ground: Ground,
  watched: Watched,
  row: ScheduleRow,
  options: DueOptions,
): Promise<void> {
  const schedule = watched.golden?.schedule ?? null;
  if (schedule === null) return;
  const question = {
    now: ground.clock.now(),
    nextDueAt: row.nextDueAt,
    spreadMs: 0,
    catchUp: "latest",
    limit: slotsAtOnce,
  } as const;
  const plan = dueSlots(schedule, question);
  scheduleWorks(ground, row.automation, row.kind);
  const slot = plan.run.at(-1);
  if (slot === undefined) return;
  const override = watched.golden?.override ?? null;
  const key = { automation: watched.entry.id, kind: "golden", slotAt: slot.slotAt, part: 0 } as const;
  // killed after the run and before this schedule went on: nothing is left to do
  if (ground.store.runs.stateOf(key) !== "done") {
    await runGolden(ground, watched, {
      slotAt: slot.slotAt,
      signal: options.signal,
      levels: options.levels,
      ...(override === null ? {} : { override: { who: override.by, why: override.why } }),
    });
  }
  advance(ground, row, plan.nextDueAt, slot.slotAt);
}

function advance(ground: Ground, row: ScheduleRow, nextDueAt: number, lastSlotAt: number | null): void {
  const { schedules } = ground.store;
  ground.store.transaction(() => {
    // edited or taken out while the run was under way: the new one stands
    const present = schedules.get(row.automation, row.kind);
    if (present === null || present.expression !== row.expression || present.timeZone !== row.timeZone)
      return;
    schedules.put({ ...row, nextDueAt, lastSlotAt: lastSlotAt ?? row.lastSlotAt });
  });
}

async function guarded(
  ground: Ground,
  watched: Watched,
  options: DueOptions,
  work: () => Promise<void>,
  kind: ScheduleRow["kind"] = "sampled",
): Promise<void> {
  const { id } = watched.entry;
  const { clock, logger } = ground;
  if (ground.atWork.has(id) || (options.resting.get(id) ?? 0) > clock.monotonic()) return;
  ground.atWork.add(id);
  try {
    const limit = askingChecks(watched).length === 0 ? options.limit : options.askingLimit;
    await limit(async () => {
      // thousands become due together at a start: requests, and a stop, have their turn between them
      await breath();
      if (!options.signal.aborted) await work();
    });
    options.resting.delete(id);
  } catch (thrown) {
    // it is still due: without a rest it would break off again at every beat
    options.resting.set(id, clock.monotonic() + retryMs);
    if (isBrokenSchedule(thrown)) return scheduleBroke(ground, watched, kind, thrown);
    logger.error("a run broke off; it is tried again in a minute", {
      automation: id,
      reason: messageOf(thrown),
    });
  } finally {
    ground.atWork.delete(id);
  }
}
