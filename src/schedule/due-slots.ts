import type { Schedule } from "./schedule.js";

/** What becomes of slots missed while the daemon was down: `replay` runs them in order, `latest` the newest only. */
export type CatchUp = "replay" | "latest";

/** The stored schedule and the instant it is looked at. All times are epoch ms UTC. */
export interface DueQuestion {
  readonly now: number;
  /** The first slot that no run was recorded for. */
  readonly nextDueAt: number;
  readonly spreadMs: number;
  readonly catchUp: CatchUp;
  /** Most slots handled at once; with `replay` the rest are due in the next question. */
  readonly limit: number;
}

/** One slot to run. */
export interface DueSlot {
  readonly slotAt: number;
  /** True when a later slot was due already: run silently, as part of a backfill. */
  readonly missed: boolean;
}

/** What to record and when to look again. */
export interface DuePlan {
  readonly run: readonly DueSlot[];
  /** Those passed over, at most as many as the limit. */
  readonly skipped: readonly { readonly slotAt: number; readonly reason: string }[];
  /** The slot after the last one handled; equals the question's when nothing is due. */
  readonly nextDueAt: number;
  /** True when the limit left due slots over. */
  readonly more: boolean;
}

/** Says which slots are due, which were missed and what happens to them. */
export function dueSlots(schedule: Schedule, question: DueQuestion): DuePlan {
  const latestSlotAt = question.now - question.spreadMs;
  const slots: number[] = [];
  let nextDueAt = question.nextDueAt;
  for (
    ;
    nextDueAt <= latestSlotAt && slots.length < question.limit;
    nextDueAt = schedule.slotAfter(nextDueAt)
  )
    slots.push(nextDueAt);
  const more = nextDueAt <= latestSlotAt;
  if (more && question.catchUp === "latest") {
    const newest = newestSlot(schedule, nextDueAt, latestSlotAt);
    return {
      run: [{ slotAt: newest, missed: false }],
      skipped: slots.map(passedOver),
      nextDueAt: schedule.slotAfter(newest),
      more: false,
    };
  }
  const due = slots.map((slotAt, index) => ({ slotAt, missed: more || index < slots.length - 1 }));
  return { ...sortOut(due, question), nextDueAt, more };
}

/** The newest slot up to an instant, from a known one on: by halving, for a slot a minute makes 500,000 in a year. */
function newestSlot(schedule: Schedule, knownAt: number, latestAt: number): number {
  let newest = knownAt;
  // no slot lies between this and the end
  let after = latestAt;
  while (after > newest) {
    const middle = Math.floor((newest + after) / 2);
    const slotAt = schedule.slotAfter(middle);
    if (slotAt <= latestAt) newest = slotAt;
    else after = middle;
  }
  return newest;
}

function passedOver(slotAt: number): { slotAt: number; reason: string } {
  return { slotAt, reason: "missed, a newer slot took its place" };
}

function sortOut(due: readonly DueSlot[], question: DueQuestion): Pick<DuePlan, "run" | "skipped"> {
  if (question.catchUp === "replay") return { run: due, skipped: [] };
  const run: DueSlot[] = [];
  const skipped: { slotAt: number; reason: string }[] = [];
  for (const slot of due) {
    if (slot.missed) skipped.push(passedOver(slot.slotAt));
    else run.push(slot);
  }
  return { run, skipped };
}
