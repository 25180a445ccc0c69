/**
 * A person's move on an incident: acknowledge, fallback, resolve, false alarm, accepted change.
 * In: which incident, what, who, why. Out: the incident after the move, its timeline and the messages owed.
 * Slack, a page and the command line start this same journey.
 */
import type { IncidentCause } from "../domain/closing.js";
import { KnownError } from "../domain/errors.js";
import { type IncidentMove, isEnded } from "../domain/incident.js";
import { nextStatus, type PersonalEvent, personalEvents } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { moveLabels } from "../wording/move-labels.js";
import { sayStatus } from "../wording/states.js";
import { closingCause, recordClosing } from "./closing.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { lowerCheck } from "./lower-check.js";
import { openBook } from "./metric-book.js";
import { applyEvent } from "./raise.js";
import { settleOutputs } from "./rework.js";
import { settleWithIncident } from "./settle-report.js";
import { overruledBy } from "./switch-back.js";
import { tellUntold } from "./tell.js";

/** What a person does. */
export interface PersonalMove {
  readonly incident: number;
  readonly event: PersonalEvent;
  readonly who: string;
  readonly why: string | null;
  /** What it came from; needed to end one that has not recovered by itself. */
  readonly cause?: IncidentCause | null | undefined;
  /** What is to be remembered the next time. */
  readonly lesson?: string | null | undefined;
  /** Switches back although no fresh sample passes. */
  readonly override?: boolean | undefined;
  /** Ends it although outputs that went out are still to be checked, for the reason given. */
  readonly waiveRest?: boolean | undefined;
}

/** Makes the move; throws KnownError when there is no such incident or the move is not legal. */
export function moveIncident(ground: Ground, move: PersonalMove): IncidentRow {
  const { store, clock } = ground;
  const now = clock.now();
  return store.transaction(() => {
    const row = store.incidents.get(move.incident);
    if (row === null)
      throw new KnownError("incident-unknown", `No incident ${move.incident}.${openOnes(ground)}`);
    if (nextStatus(row.status, move.event) === null) throw refused(row, move, store.incidents.moves(row.id));
    const watched = watchedOf(ground.register, row.automation);
    const overruled = watched === null ? null : overruledBy(ground, watched, row, move);
    const ends = isEnding(row, move.event);
    const cause = ends ? closingCause(row, move.event, move) : null;
    if (ends) settleOutputs(ground, row, move);
    if (cause !== null)
      recordClosing(ground, row, { cause, lesson: move.lesson ?? null, who: move.who, at: now });
    const why = overruled === null ? move.why : `${move.why} (against the sample: ${overruled})`;
    const moved = applyEvent(ground, row, move.event, { at: now, who: move.who, why }) ?? row;
    if (ends && watched !== null) settleFindings(ground, watched, moved, move, now);
    if (watched !== null) tellUntold(ground, watched, now);
    return store.incidents.get(row.id) ?? moved;
  });
}

function isEnding(row: IncidentRow, event: PersonalEvent): boolean {
  const to = nextStatus(row.status, event);
  return to !== null && isEnded(to);
}

function openOnes(ground: Ground): string {
  const open = ground.store.incidents.open().map((each) => each.id);
  return open.length === 0 ? " None is open." : ` Open: ${open.join(", ")}.`;
}

const orders: Readonly<Record<PersonalEvent, (id: number) => string>> = {
  acknowledge: (id) => `ack ${id}`,
  "fallback-on": (id) => `fallback ${id}`,
  "fallback-off": (id) => `fallback ${id} --off`,
  "switch-back": (id) => `switch-back ${id}`,
  resolve: (id) => `resolve ${id} --why "..."`,
  "false-alarm": (id) => `resolve ${id} --as false-alarm --why "..."`,
  "accept-change": (id) => `resolve ${id} --as accepted-change --why "..."`,
};

/** Where it stands and since whom: a remark or a pause in between is not what brought it there. */
function refused(row: IncidentRow, move: PersonalMove, moves: readonly IncidentMove[]): KnownError {
  const last = moves.findLast((each) => each.from !== each.to);
  const by = last === undefined || last.who === "evenkeel" ? "" : ` (by ${last.who})`;
  const can = personalEvents.filter((event) => nextStatus(row.status, event) !== null);
  const stands = `Incident ${row.id} is ${sayStatus(row.status)}${by}`;
  const rest =
    can.length === 0
      ? "nothing more can be done with it"
      : `possible now: ${can.map((event) => `evenkeel incidents ${orders[event](row.id)}`).join(", ")}`;
  return new KnownError(
    "incident-move",
    `${stands}, so “${moveLabels[move.event]}” is not possible; ${rest}.`,
  );
}

/** Ending an incident ends its findings; the metrics learn what the person said. */
function settleFindings(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  move: PersonalMove,
  now: number,
): void {
  const { store } = ground;
  const book = openBook(ground, watched);
  for (const each of store.findings.ofIncident(row.id)) {
    if (each.endedAt !== null) continue;
    store.findings.end(each.id, now);
    settleWithIncident(ground, row, each, { ...move, at: now });
    const plan = watched.metrics.find((metric) => metric.id === each.finding.metric);
    // a check that cried wolf loses the right to page until someone enables it again
    const falseAlarm = move.event === "false-alarm";
    if (falseAlarm) lowerCheck(ground, watched, row, { finding: each.finding, ...move, at: now });
    if (plan === undefined) continue;
    const { metric, row: known } = book.get(plan);
    const settled = move.event === "accept-change" ? metric.accept() : metric.fix();
    book.set(plan, {
      metric: settled,
      row: {
        ...known,
        phase: settled.phase,
        evidence: null,
        ...(falseAlarm
          ? { standing: "probation" as const, standingWhy: `false alarm, says ${move.who}` }
          : {}),
      },
    });
    if (move.event === "accept-change") {
      store.decisions.record({
        at: now,
        who: move.who,
        why: move.why ?? "",
        what: "accept-change",
        automation: row.automation,
        subject: plan.id,
      });
    }
  }
  book.save(now);
}
