/**
 * The clocks of open incidents: what ran out is recorded, and goes to the next person; who acknowledged and forgot is
 * asked again; who was told and did nothing is reminded. In: the stored clocks, now. Out: moves on record and at most
 * one message an incident. A restart or a downtime repeats nothing: what was said is stored with what it was about.
 */
import { messageOf } from "../domain/errors.js";
import { type ClockPlan, decideClocks, type MissedClock } from "../incident/clocks.js";
import { nextStatus } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import type { IncidentClockRow } from "../store/incident-clock.js";
import { sayDuration } from "../wording/durations.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { isHeldByBlindness } from "./held-by-blindness.js";
import { followMoves, reminderAt, waits } from "./incident-clocks.js";
import { callOrder } from "./incident-story.js";
import { isOffline } from "./offline-since.js";
import { applyEvent, self } from "./raise.js";
import { isSilenced } from "./silences.js";
import { deadlinesFrom } from "./sla-time.js";
import { tellClock } from "./tell.js";

/** One open incident with its clocks and what they call for. */
interface Due {
  readonly row: IncidentRow;
  readonly watched: Watched;
  readonly clocks: IncidentClockRow;
  readonly calls: readonly string[];
  readonly plan: ClockPlan;
}

/** Looks at the clocks that ran out or have to follow a move. Returns how many incidents something was said about. */
export function escalateOverdue(ground: Ground): number {
  const { store, clock } = ground;
  const now = clock.now();
  // nobody can be reached: what nobody was told is nobody's failure
  if (isOffline(ground)) return 0;
  // asked at every beat, and the last person may keep one for days: only what changes is worth a transaction
  const due = store.incidentClocks.due(now).filter((id) => calls(ground, id, now));
  // one that cannot be dealt with keeps no other from being passed on
  return due.filter((id) => attendAlone(ground, id, now)).length;
}

/** False for one that is only kept: nobody is left to be called, and nothing happened to it. */
function calls(ground: Ground, id: number, now: number): boolean {
  const row = ground.store.incidents.get(id);
  const clocks = ground.store.incidentClocks.get(id);
  const watched = row === null ? null : watchedOf(ground.register, row.automation);
  if (row === null || watched === null || isSilenced(ground, row, now)) return false;
  if (clocks === null || clocks.seenRevision !== row.revision) return true;
  return speaks(ground, row, planFor(ground, watched, row, clocks, now));
}

/** A reminder of what has not even been delivered yet, or of what is held back, would only be one more message. */
function speaks(ground: Ground, row: IncidentRow, { say }: ClockPlan): boolean {
  if (say !== "reminder") return say !== "nothing";
  const inhibited = row.kind === "outputs" && isHeldByBlindness(ground, row.automation);
  return !inhibited && !ground.store.outbox.isWaiting(row.id);
}

function planFor(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  clocks: IncidentClockRow,
  now: number,
): ClockPlan {
  const lastLevel = callOrder(watched, ground, row.announcedAt ?? now).length - 1;
  const open = clocks.containedAt === null && clocks.containMissedAt === null;
  const broken = row.status !== "recovering" && clocks.restoreMissedAt === null;
  return decideClocks({
    now,
    status: row.status,
    acknowledgeBy: row.acknowledgeBy,
    containBy: open ? clocks.containBy : null,
    restoreBy: broken ? row.restoreBy : null,
    acknowledgementExpiresAt: clocks.acknowledgementExpiresAt,
    remindAt: waits(row, clocks) ? clocks.remindAt : null,
    level: row.escalations,
    lastLevel,
    acknowledgeFrom: (calledAt) => deadlinesFrom(ground, watched, calledAt).acknowledgeBy,
  });
}

function attendAlone(ground: Ground, id: number, now: number): boolean {
  try {
    return ground.store.transaction(() => attend(ground, id, now));
  } catch (thrown) {
    ground.logger.error("the clocks of an incident could not be seen to", {
      incident: id,
      reason: messageOf(thrown),
    });
    return false;
  }
}

/** True when something was said. */
function attend(ground: Ground, id: number, now: number): boolean {
  const row = ground.store.incidents.get(id);
  const watched = row === null ? null : watchedOf(ground.register, row.automation);
  if (row === null || watched === null) return false;
  const clocks = followMoves(ground, watched, row, now);
  const plan = planFor(ground, watched, row, clocks, now);
  if (!speaks(ground, row, plan)) return false;
  const due: Due = {
    row,
    watched,
    clocks,
    calls: callOrder(watched, ground, row.announcedAt ?? now),
    plan,
  };
  carryOut(ground, due, now);
  return true;
}

function carryOut(ground: Ground, due: Due, now: number): void {
  const { row, watched, clocks, plan, calls: order } = due;
  const { incidents, incidentClocks } = ground.store;
  if (plan.expired) expire(ground, due, now);
  for (const missed of plan.missed) recordMissed(ground, due, missed, now);
  if (plan.say === "escalated") {
    const asks = row.status === "open" || plan.expired;
    const acknowledgeBy = asks ? deadlinesFrom(ground, watched, now).acknowledgeBy : row.acknowledgeBy;
    incidentClocks.setLevel(row.id, plan.level, acknowledgeBy);
  }
  const after = incidents.get(row.id) ?? row;
  const reminders = plan.say === "reminder" ? clocks.reminders + 1 : 0;
  const missed = (name: MissedClock["clock"]) => plan.missed.some(({ clock }) => clock === name);
  incidentClocks.put({
    ...clocks,
    containMissedAt: missed("contain") ? now : clocks.containMissedAt,
    restoreMissedAt: missed("restore") ? now : clocks.restoreMissedAt,
    acknowledgementExpiresAt: plan.expired ? null : clocks.acknowledgementExpiresAt,
    reminders,
    remindAt: waits(after, clocks) ? reminderAt(ground, watched, now, reminders) : null,
    seenRevision: after.revision,
  });
  // who keeps it was told before, too
  const told = order.slice(0, Math.max(row.escalations + 1, plan.level));
  const by = row.acknowledgedBy;
  tellClock(ground, watched, after, announcementFor(plan, { told, by, now, number: reminders }), now);
}

function announcementFor(
  plan: ClockPlan,
  { told, by, now, number }: { told: readonly string[]; by: string | null; now: number; number: number },
) {
  if (plan.say !== "escalated")
    return { kind: "reminder", expired: plan.expired, by, number, lateMs: plan.lateMs } as const;
  const [first] = plan.missed;
  return {
    kind: "escalated",
    missedAt: first?.at ?? now,
    missed: plan.missed,
    told,
    lateMs: plan.lateMs,
  } as const;
}

/** Nobody has acknowledged it any more: the clock to acknowledge it begins anew. */
function expire(ground: Ground, { row, watched }: Due, now: number): void {
  const forHow = sayDuration(watched.entry.sla.acknowledgementExpiresMs);
  const why = `the acknowledgement by ${row.acknowledgedBy ?? "nobody"} ran out after ${forHow}`;
  if (nextStatus(row.status, "expire") === null) return;
  const after = applyEvent(ground, row, "expire", { at: now, who: self, why }) ?? row;
  ground.store.incidentClocks.expire(row.id, deadlinesFrom(ground, watched, now).acknowledgeBy);
  // what is said about it says so; a second message about the same would be one too many
  ground.store.incidents.setTold(row.id, after.status);
}

const missedWords = {
  acknowledge: "did not acknowledge in time",
  contain: "not done by hand or paused in time",
} as const;

function recordMissed(
  ground: Ground,
  { row, plan, calls: order }: Due,
  { clock }: MissedClock,
  now: number,
): void {
  const before = order[row.escalations] ?? "nobody";
  const to = order[plan.level] ?? before;
  const passed = order.slice(row.escalations, plan.level);
  const whose = plan.level > row.escalations ? `it is now with ${to}` : `it stays with ${to}`;
  const late = plan.lateMs >= saidLateMs ? `; said ${sayDuration(plan.lateMs)} late` : "";
  const status = ground.store.incidents.get(row.id)?.status ?? row.status;
  ground.store.incidents.record(row.id, {
    at: now,
    event: clock === "acknowledge" ? "escalate" : `missed-${clock}`,
    from: status,
    to: status,
    who: self,
    why: [...sayMissed(clock, passed.join(", ") || before), `${whose}${late}`].join("; "),
  });
}

/** What the name of the move does not say already. */
function sayMissed(clock: MissedClock["clock"], who: string): readonly string[] {
  if (clock === "restore") return [];
  return [clock === "acknowledge" ? `${who} ${missedWords.acknowledge}` : missedWords.contain];
}

/** What is said so long after it was due says so. */
const saidLateMs = 5 * 60_000;
