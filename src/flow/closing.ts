/**
 * What an incident came from and what was learned: asked for when a person closes it, or said later.
 * In: who says what. Out: on record and on the timeline. Changes no status.
 */
import { type Closing, type IncidentCause, incidentCauses } from "../domain/closing.js";
import { KnownError } from "../domain/errors.js";
import { isEnded } from "../domain/incident.js";
import type { PersonalEvent } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCause } from "../wording/causes.js";
import type { Ground } from "./ground.js";

/** What a person says about the cause. */
export interface SaidCause {
  readonly cause?: IncidentCause | null | undefined;
  readonly lesson?: string | null | undefined;
}

/** What is said later, by whom. */
export interface LateCause {
  readonly incident: number;
  readonly cause: IncidentCause;
  readonly lesson: string | null;
  readonly who: string;
}

/** The cause of these endings is their name. */
const implied: Readonly<Partial<Record<PersonalEvent, IncidentCause>>> = {
  "false-alarm": "false-alarm",
  "accept-change": "accepted-change",
};

/**
 * The cause with which a person closes an incident; null: it need not be stated, for Evenkeel saw it recover by
 * itself. Throws KnownError where it has to be.
 */
export function closingCause(row: IncidentRow, event: PersonalEvent, said: SaidCause): IncidentCause | null {
  const cause = implied[event] ?? said.cause ?? null;
  const lesson = said.lesson ?? null;
  if (cause !== null || (row.status === "recovering" && lesson === null)) return cause;
  throw new KnownError(
    "incident-cause",
    `Incident ${row.id}: ending it needs its cause: --cause, one of ${incidentCauses.join(", ")}; with --lesson "..." the next message says what helped`,
  );
}

/** Puts cause and lesson on record and on the timeline; call inside a transaction. */
export function recordClosing(ground: Ground, row: IncidentRow, closing: Closing): void {
  const { store } = ground;
  const { who, at, cause, lesson } = closing;
  store.closings.put(row.id, closing);
  const why = lesson === null ? sayCause(cause) : `${sayCause(cause)}. Lesson: ${lesson}`;
  store.incidents.record(row.id, { at, event: "cause", from: row.status, to: row.status, who, why });
}

/** States the cause of an incident that has ended; throws KnownError when it has not. */
export function stateCause(ground: Ground, said: LateCause): { incident: number } & Closing {
  const { store, clock } = ground;
  return store.transaction(() => {
    const row = store.incidents.get(said.incident);
    if (row === null) throw new KnownError("incident-unknown", `No incident ${said.incident}.`);
    if (!isEnded(row.status))
      throw new KnownError(
        "incident-open",
        `Incident ${row.id} has not ended; its cause is stated when it does: evenkeel incidents resolve ${row.id} --cause ${said.cause} --why "..."`,
      );
    const { cause, lesson, who } = said;
    const closing = { cause, lesson, who, at: clock.now() };
    recordClosing(ground, row, closing);
    return { incident: row.id, ...closing };
  });
}
