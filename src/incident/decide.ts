/**
 * From findings to an incident's moves: one open incident per automation about its outputs, one about the watching.
 * In: what was found, what is still true, what is open. Out: the moves to make, in order.
 * Never reads the store, never sends anything; the caller stores each move with its reason.
 */
import type { Finding } from "../domain/finding.js";
import type { IncidentKind, IncidentStatus } from "../domain/incident.js";
import { dayMs } from "../domain/time.js";
import { isQuiet, type Swings, wouldFlap } from "./flapping.js";

/** A day: the same problem within it reopens the incident instead of beginning another. */
const reopenWithinMs = dayMs;
/** An incident stays open at least so long, so that a short swing is one message, not two. */
const shortestOpenMs = 10 * 60_000;

/** What decides whether an incident opens, goes on or recovers. */
export interface Situation {
  readonly kind: IncidentKind;
  /** Evidence time: the slot. */
  readonly now: number;
  /** Wall time: an instant after it was written by a clock that stood ahead. */
  readonly clockAt: number;
  /** The incident of this kind that is open, if any. */
  readonly open: {
    readonly id: number;
    readonly status: IncidentStatus;
    /** When it was opened, the last time. */
    readonly openedAt: number;
    readonly swings: Swings;
    /** When the last of its page findings that are over ended; null: none is. */
    readonly lastWrongAt: number | null;
  } | null;
  /** The latest one of this kind that has ended, if any. */
  readonly latest: {
    readonly id: number;
    readonly status: IncidentStatus;
    readonly endedAt: number;
    readonly keys: readonly string[];
    readonly swings: Swings;
  } | null;
  /** Findings at level page that are true now, new or not, with their keys. */
  readonly paging: readonly {
    readonly key: string;
    readonly finding: Finding;
    readonly headline: string;
    readonly isNew: boolean;
  }[];
}

/** What to do about it. */
export type IncidentPlan =
  | { readonly do: "nothing" }
  | { readonly do: "open"; readonly title: string }
  | { readonly do: "reopen"; readonly incident: number; readonly flaps: boolean }
  | {
      readonly do: "join";
      readonly incident: number;
      readonly worsened: boolean;
      readonly flaps: boolean;
      /** It flaps: a problem of it that comes back is no news. */
      readonly quietly: boolean;
    }
  | { readonly do: "recover"; readonly incident: number }
  /** It would recover, and has changed too often: it stays open until it is quiet. */
  | { readonly do: "hold"; readonly incident: number }
  /** What happened before the incident ended is told after that: it belongs to the one that is over. */
  | { readonly do: "note-late"; readonly incident: number };

/** The move that the situation calls for. */
export function decideIncident(situation: Situation): IncidentPlan {
  return situation.open === null ? withoutOpen(situation) : withOpen(situation, situation.open);
}

function withoutOpen({ latest, paging, now, clockAt }: Situation): IncidentPlan {
  const first = paging[0];
  if (first === undefined) return { do: "nothing" };
  const isSame = latest !== null && paging.every((each) => latest.keys.includes(each.key));
  if (isSame && latest.status === "resolved" && isLate(now, latest.endedAt, clockAt))
    return { do: "note-late", incident: latest.id };
  const cameBack =
    latest !== null &&
    latest.status === "resolved" &&
    // either way: a clock that stood ahead must neither hold an incident open nor bring an old one back
    Math.abs(now - latest.endedAt) <= reopenWithinMs &&
    paging.some((each) => latest.keys.includes(each.key));
  return cameBack
    ? { do: "reopen", incident: latest.id, flaps: wouldFlap(latest.swings, now) }
    : { do: "open", title: first.headline };
}

function withOpen(
  { kind, paging, now, clockAt }: Situation,
  open: NonNullable<Situation["open"]>,
): IncidentPlan {
  if (paging.length > 0) {
    const worsened = open.status === "recovering";
    const flaps = worsened && wouldFlap(open.swings, now);
    return paging.some((each) => each.isNew) || worsened
      ? { do: "join", incident: open.id, worsened, flaps, quietly: open.swings.flapping }
      : { do: "nothing" };
  }
  // a recovery that is older than the opening never ends it
  if (open.status === "recovering" || isLate(now, open.openedAt, clockAt)) return { do: "nothing" };
  if (open.swings.flapping && !isQuiet(open.lastWrongAt, now)) return { do: "nothing" };
  const longEnough = kind === "blind" || Math.abs(now - open.openedAt) >= shortestOpenMs;
  if (!longEnough) return { do: "nothing" };
  return { do: wouldFlap(open.swings, now) ? "hold" : "recover", incident: open.id };
}

/** True for an event that is older than another one, unless that was written by a clock that stood ahead. */
function isLate(at: number, than: number, clockAt: number): boolean {
  return at < than && than <= clockAt;
}
