import { isBrokenSchedule } from "../schedule/guard-slot.js";
import type { Schedule } from "../schedule/schedule.js";
import { spreadMs } from "../schedule/spread.js";
import type { ScheduleRow } from "../store/schedule.js";
import type { Ground, Watched } from "./ground.js";
import { scheduleBroke, scheduleWorks } from "./schedule-trouble.js";

/**
 * Brings the stored schedules in line with the register: new ones begin with the next slot, edited ones keep nothing
 * of the old expression, those no longer in the register go. Call it too when the clock was set back.
 */
export function keepSchedules(ground: Ground): void {
  const { store, register, clock } = ground;
  const now = clock.now();
  store.transaction(() => {
    const wanted = new Set<string>();
    for (const watched of register.automations) {
      for (const [kind, schedule] of schedulesOf(watched)) {
        wanted.add(`${watched.entry.id}\n${kind}`);
        keepOrTell(ground, watched, kind, schedule, now);
      }
    }
    for (const row of store.schedules.list()) {
      if (wanted.has(`${row.automation}\n${row.kind}`)) continue;
      store.schedules.remove(row.automation, row.kind);
      scheduleWorks(ground, row.automation, row.kind);
    }
  });
}

/** How long after a slot its run is due: outputs settle, and automations with one schedule do not start together. */
export function dueDelayMs(watched: Watched): number {
  return watched.settleMs + spreadMs(watched.entry.id, spreadWindowMs);
}

/** Runs of one slot are spread over so long. */
const spreadWindowMs = 10_000;

function schedulesOf(watched: Watched): readonly (readonly [ScheduleRow["kind"], Schedule])[] {
  const sampled =
    watched.schedule === null || watched.source === null ? [] : [["sampled", watched.schedule] as const];
  const golden =
    watched.golden === null || watched.golden.schedule === null
      ? []
      : [["golden", watched.golden.schedule] as const];
  return [...sampled, ...golden];
}

/** A schedule that cannot be computed stands still by itself: its row stays as it was, and no other waits for it. */
function keepOrTell(
  ground: Ground,
  watched: Watched,
  kind: ScheduleRow["kind"],
  schedule: Schedule,
  now: number,
): void {
  try {
    keep(ground, watched, kind, schedule, now);
    scheduleWorks(ground, watched.entry.id, kind);
  } catch (thrown) {
    if (!isBrokenSchedule(thrown)) throw thrown;
    scheduleBroke(ground, watched, kind, thrown);
  }
}

function keep(
  ground: Ground,
  watched: Watched,
  kind: ScheduleRow["kind"],
  schedule: Schedule,
  now: number,
): void {
  const { schedules } = ground.store;
  const { id, timeZone } = watched.entry;
  const known = schedules.get(id, kind);
  const same = known !== null && known.expression === schedule.source && known.timeZone === timeZone;
  // further away than the next slot: the clock stood ahead when it was written, and would not be believed for years
  if (same && known.nextDueAt <= schedule.slotAfter(now)) return;
  const from = kind === "sampled" ? now - watched.settleMs : now;
  schedules.put({
    automation: id,
    kind,
    expression: schedule.source,
    timeZone,
    nextDueAt: schedule.slotAfter(from),
    lastSlotAt: known?.lastSlotAt ?? null,
  });
}
