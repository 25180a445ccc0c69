/**
 * What a person presses, clicks or sends about an incident: one journey for buttons, links and pages.
 * In: which move, who, why, and the revision of the incident they saw. Out: what came of it, with what is possible
 * now. A press on something that has moved since changes nothing and asks again; a repeat says who did it and when.
 */
import { type IncidentCause, incidentCauses } from "../domain/closing.js";
import { KnownError } from "../domain/errors.js";
import { type IncidentMove, isEnded } from "../domain/incident.js";
import { legalEvents, nextStatus, type PersonalEvent, personalEvents } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import type { Ground } from "./ground.js";
import { moveIncident } from "./move-incident.js";
import { self } from "./raise.js";
import { reworkOwed } from "./rework.js";

/** What people choose from; a false alarm and an accepted change name themselves. */
export const statableCauses = incidentCauses.filter(
  (cause) => cause !== "false-alarm" && cause !== "accepted-change",
);

/** What someone wants done about an incident. */
export interface Act {
  readonly incident: number;
  readonly event: PersonalEvent;
  readonly who: string;
  readonly why: string | null;
  readonly cause: IncidentCause | null;
  /** Ends it although outputs that went out are still to be checked. */
  readonly waiveRest?: boolean | undefined;
  /** Switches back although no fresh sample passes; it needs a reason. */
  readonly override?: boolean | undefined;
  /** What is to be remembered the next time; it needs a cause beside it. */
  readonly lesson?: string | null;
  /** Of the incident as the person saw it. */
  readonly revision: number;
}

/** What came of it. Only `done` has changed anything. */
export type Acted =
  | { readonly outcome: "done"; readonly row: IncidentRow; readonly by: IncidentMove | null }
  /** It had been done before, by whom and when the move says. */
  | { readonly outcome: "already"; readonly row: IncidentRow; readonly by: IncidentMove }
  /** It has moved since the person looked; they are to look again. */
  | { readonly outcome: "stale"; readonly row: IncidentRow; readonly by: IncidentMove | null }
  /** From where it stands, this cannot be done. */
  | { readonly outcome: "impossible"; readonly row: IncidentRow; readonly by: IncidentMove | null }
  /** An ending needs a reason. */
  | { readonly outcome: "reason-needed"; readonly row: IncidentRow; readonly by: IncidentMove | null }
  /** One that has not recovered by itself, or that something was learned from, needs its cause. */
  | { readonly outcome: "cause-needed"; readonly row: IncidentRow; readonly by: IncidentMove | null }
  /** Outputs that went out are still to be checked, so many; the person may waive them. */
  | {
      readonly outcome: "rework-needed";
      readonly row: IncidentRow;
      readonly by: IncidentMove | null;
      readonly owed: number;
    }
  /** Something is missing that the sentence names, such as a fresh sample that passes. */
  | {
      readonly outcome: "refused";
      readonly row: IncidentRow;
      readonly by: IncidentMove | null;
      readonly because: string;
    }
  | { readonly outcome: "unknown" };

/** True where the record must say why: an ending. */
export function asksWhy(event: PersonalEvent): boolean {
  return event === "resolve" || event === "false-alarm" || event === "accept-change";
}

/** Makes the move if it still fits what the person saw. */
export function actOnIncident(ground: Ground, act: Act): Acted {
  const hindered = whatHinders(ground, act);
  if (hindered !== null) return hindered;
  const said = (act.why ?? "").trim();
  try {
    const row = moveIncident(ground, { ...act, why: said === "" ? null : said });
    return { outcome: "done", row, by: lastOf(ground, act.incident, (move) => move.event === act.event) };
  } catch (thrown) {
    const row = ground.store.incidents.get(act.incident);
    if (row === null || !(thrown instanceof KnownError)) throw thrown;
    if (thrown.code === "switch-back") return { outcome: "refused", row, by: null, because: thrown.message };
    // a switch back is asked for its cause once nothing else is missing
    if (thrown.code === "incident-cause") return { outcome: "cause-needed", row, by: null };
    throw thrown;
  }
}

/** Why the move is not made now; null: nothing hinders it. Changes nothing. */
export function whatHinders(ground: Ground, act: Act): Exclude<Acted, { outcome: "done" }> | null {
  const row = ground.store.incidents.get(act.incident);
  if (row === null) return { outcome: "unknown" };
  const by = lastOf(ground, row.id, (move) => move.from !== move.to);
  if (nextStatus(row.status, act.event) === null) {
    const before = doneBefore(ground, row, act.event);
    return before === null ? { outcome: "impossible", row, by } : { outcome: "already", row, by: before };
  }
  if (row.revision !== act.revision) return { outcome: "stale", row, by };
  if ((asksWhy(act.event) || act.override === true) && (act.why ?? "").trim() === "")
    return { outcome: "reason-needed", row, by };
  const needsCause = row.status !== "recovering" || (act.lesson ?? null) !== null;
  if (act.event === "resolve" && act.cause === null && needsCause)
    return { outcome: "cause-needed", row, by };
  const owed = reworkOwed(ground, row, act);
  return owed > 0 ? { outcome: "rework-needed", row, by, owed } : null;
}

/** What a person can do from where it stands. */
export function possibleNow(row: Pick<IncidentRow, "status">): readonly PersonalEvent[] {
  const legal = new Set(legalEvents(row.status));
  return personalEvents.filter((event) => legal.has(event));
}

/** The move that did the same since the incident was last opened, where that still holds; null: nobody did. */
function doneBefore(ground: Ground, row: IncidentRow, event: PersonalEvent): IncidentMove | null {
  const same = lastOf(ground, row.id, (move) => move.event === event && move.who !== self);
  if (same !== null && !(isEnded(row.status) && same.to !== row.status)) return same;
  // whoever does it by hand has acknowledged it
  if (event !== "acknowledge" || isEnded(row.status)) return null;
  return lastOf(ground, row.id, (move) => move.event === "fallback-on");
}

/** The latest such move since the incident was last opened. */
function lastOf(
  ground: Ground,
  incident: number,
  matches: (move: IncidentMove) => boolean,
): IncidentMove | null {
  const moves = ground.store.incidents.moves(incident);
  const opened = moves.findLastIndex((move) => move.event === "open" || move.event === "reopen");
  return moves.slice(opened + 1).findLast(matches) ?? null;
}
