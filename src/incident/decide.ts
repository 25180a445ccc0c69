/**
 * From findings to an incident's moves: one open incident per automation about its outputs, one about the watching.
 * In: what was found, what is still true, what is open. Out: the moves to make, in order.
 * Never reads the store, never sends anything; the caller stores each move with its reason.
 */
import type { Finding } from "../domain/finding.js";
import type { IncidentKind, IncidentStatus } from "../domain/incident.js";
import { dayMs } from "../domain/time.js";

/** A day: the same problem within it reopens the incident instead of beginning another. */
const reopenWithinMs = dayMs;
/** An incident stays open at least so long, so that a short swing is one message, not two. */
const shortestOpenMs = 10 * 60_000;

/** What decides whether an incident opens, goes on or recovers. */
export interface Situation {
  readonly kind: IncidentKind;
  readonly now: number;
  /** The incident of this kind that is open, if any. */
  readonly open: { readonly id: number; readonly status: IncidentStatus; readonly openedAt: number } | null;
  /** The latest one of this kind that has ended, if any. */
  readonly latest: {
    readonly id: number;
    readonly status: IncidentStatus;
    readonly endedAt: number;
    readonly keys: readonly string[];
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
  | { readonly do: "reopen"; readonly incident: number }
  | { readonly do: "join"; readonly incident: number; readonly worsened: boolean }
  | { readonly do: "recover"; readonly incident: number };

/** The move that the situation calls for. */
export function decideIncident(situation: Situation): IncidentPlan {
  const { open, latest, paging, now } = situation;
  const first = paging[0];
  if (open === null) {
    if (first === undefined) return { do: "nothing" };
    const cameBack =
      latest !== null &&
      latest.status === "resolved" &&
      // either way: a clock that stood ahead must neither hold an incident open nor bring an old one back
      Math.abs(now - latest.endedAt) <= reopenWithinMs &&
      paging.some((each) => latest.keys.includes(each.key));
    return cameBack ? { do: "reopen", incident: latest.id } : { do: "open", title: first.headline };
  }
  if (first !== undefined) {
    const worsened = open.status === "recovering";
    return paging.some((each) => each.isNew) || worsened
      ? { do: "join", incident: open.id, worsened }
      : { do: "nothing" };
  }
  if (open.status === "recovering") return { do: "nothing" };
  const longEnough = situation.kind === "blind" || Math.abs(now - open.openedAt) >= shortestOpenMs;
  return longEnough ? { do: "recover", incident: open.id } : { do: "nothing" };
}
