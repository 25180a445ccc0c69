/**
 * What the clocks of an announced incident call for: three of them run, to acknowledge it, to contain it and to
 * restore what it is about; beside them an acknowledgement expires and people are reminded.
 * In: how the clocks stand, and now. Out: what to record and the one thing to say. After a downtime only the
 * highest level that is due is called (RELIABILITY 3.4). Never touches the store, never sends anything.
 */
import type { IncidentMove, IncidentStatus } from "../domain/incident.js";
import { dayMs } from "../domain/time.js";

/** What has to have happened in time. */
export type ClockName = "acknowledge" | "contain" | "restore";

/** A clock that ran out, and when. */
export interface MissedClock {
  readonly clock: ClockName;
  readonly at: number;
}

/** How the clocks of one incident stand. */
export interface RunningClocks {
  readonly now: number;
  readonly status: IncidentStatus;
  readonly acknowledgeBy: number | null;
  /** null: there is nothing to contain, it is contained, or people were told already. */
  readonly containBy: number | null;
  /** null: it works again, or people were told already. */
  readonly restoreBy: number | null;
  readonly acknowledgementExpiresAt: number | null;
  readonly remindAt: number | null;
  /** How many people were called in vain, and how many can be. */
  readonly level: number;
  readonly lastLevel: number;
  /** By when someone called at an instant has to have acknowledged. */
  readonly acknowledgeFrom: (calledAt: number) => number;
}

/** What to record and what to say. */
export interface ClockPlan {
  readonly missed: readonly MissedClock[];
  /** The level that is called now. */
  readonly level: number;
  /** True: nobody has acknowledged it any more. */
  readonly expired: boolean;
  readonly say: "nothing" | "escalated" | "expired" | "reminder";
  /** How late that is said; 0: in time. */
  readonly lateMs: number;
}

/** No reminder waits longer, however many went before it. */
const longestReminderMs = dayMs;

/** What is due. */
export function decideClocks(clocks: RunningClocks): ClockPlan {
  const { now } = clocks;
  const acknowledge = missedAcknowledgement(clocks);
  const others: readonly MissedClock[] = [
    ...passed("contain", clocks.containBy, now),
    ...passed("restore", clocks.restoreBy, now),
  ];
  const expiredAt = clocks.acknowledgementExpiresAt;
  const expired = clocks.status === "acknowledged" && expiredAt !== null && expiredAt <= now;
  const missed = [...acknowledge.missed, ...others];
  if (missed.length > 0) {
    const level =
      others.length === 0
        ? acknowledge.level
        : Math.min(clocks.lastLevel, Math.max(acknowledge.level, clocks.level + 1));
    const dueAt = Math.max(acknowledge.calledAt, ...others.map(({ at }) => at));
    return { missed, level, expired, say: "escalated", lateMs: now - dueAt };
  }
  const { level } = clocks;
  if (expired) return { missed, level, expired, say: "expired", lateMs: now - (expiredAt ?? now) };
  if (clocks.remindAt !== null && clocks.remindAt <= now)
    return { missed, level, expired, say: "reminder", lateMs: 0 };
  return { missed, level, expired, say: "nothing", lateMs: 0 };
}

/** Each person called has as long as the one before; after a downtime those whose time is over too are passed by. */
function missedAcknowledgement({
  status,
  acknowledgeBy,
  level,
  lastLevel,
  now,
  acknowledgeFrom,
}: RunningClocks): { missed: readonly MissedClock[]; level: number; calledAt: number } {
  if (status !== "open" || acknowledgeBy === null || acknowledgeBy > now || level >= lastLevel)
    return { missed: [], level, calledAt: 0 };
  let calledAt = acknowledgeBy;
  let reached = level + 1;
  for (
    let next = acknowledgeFrom(calledAt);
    reached < lastLevel && next <= now;
    next = acknowledgeFrom(next)
  ) {
    calledAt = next;
    reached += 1;
  }
  return { missed: [{ clock: "acknowledge", at: acknowledgeBy }], level: reached, calledAt };
}

function passed(clock: ClockName, by: number | null, now: number): readonly MissedClock[] {
  return by !== null && by <= now ? [{ clock, at: by }] : [];
}

/** Reminders thin out: each waits twice as long as the one before, a day at most. */
export function reminderAfterMs(remindMs: number, sent: number): number {
  return Math.min(longestReminderMs, remindMs * 2 ** Math.min(sent, 20));
}

/** What stops harm: people do it by hand, or the automation stands still. */
const containing: ReadonlySet<string> = new Set(["fallback-on", "paused"]);

/** When it was contained since it was last opened: the fallback in effect, the automation paused or the incident ended; null: not yet. */
export function containedAt(moves: readonly IncidentMove[]): number | null {
  const from = moves.findLastIndex((move) => move.event === "reopen") + 1;
  const move = moves
    .slice(from)
    .find((each) => containing.has(each.event) || each.to === "fallback" || each.to === "recovering");
  return move?.at ?? null;
}
