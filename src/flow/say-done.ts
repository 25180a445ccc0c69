/**
 * What a press on an incident's page came to, told from the timeline: so the page that follows can be loaded again, and
 * tells nothing that is not on record. In: a move by its number in the store. Out: a sentence. Changes nothing.
 */
import type { IncidentMove } from "../domain/incident.js";
import { personalEvents } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { sayNumber } from "../wording/numbers.js";
import { upperFirst, withoutStop } from "../wording/sentences.js";
import type { Ground } from "./ground.js";
import { saySnoozed } from "./offer-snooze.js";
import { sayBy, sayRecorded } from "./say-acted.js";

/** What an order to pause or resume came to. */
const answers: Readonly<Record<string, string>> = {
  paused: "Paused",
  resumed: "Runs again",
  "pause-failed": "NOT paused: it still runs",
  "resume-failed": "NOT resumed: it still stands",
};

/** The number of the latest such move in the store; 0: there is none. */
export function moveNumber(
  { store }: Ground,
  incident: number,
  of: { readonly who: string; readonly events: readonly string[] },
): number {
  return store.incidents.lastMove(incident, of) ?? 0;
}

/** That a move is on record, for whoever made it; null: it is none that people make on the page. */
export function sayDone(ground: Ground, row: IncidentRow, move: IncidentMove): string | null {
  const by = sayBy(ground, row, move);
  const answer = answers[move.event];
  if (answer !== undefined) {
    const told = move.why === null ? "" : ` ${withoutStop(upperFirst(move.why))}.`;
    return `${answer}${move.event.endsWith("-failed") ? "" : `, ${by}`}.${told}`;
  }
  if (move.event === "rework") return `Recorded, ${by}: ${withoutStop(move.why ?? "what went out")}.`;
  if (move.event === "snooze") {
    const now = ground.clock.now();
    const silence = ground.store.silences
      .inForce(now)
      .find(({ createdAt, match }) => createdAt === move.at && match.incidents.includes(row.id));
    return silence === undefined
      ? `Recorded: incident ${row.id} snoozed, ${by}.`
      : saySnoozed(ground, row.id, silence);
  }
  const event = personalEvents.find((each) => each === move.event);
  return event === undefined ? null : sayRecorded(ground, row, event, move);
}

/** How many moves of a long timeline are not shown. */
export function movesLeftOut({ store }: Ground, incident: number, shown: number): number {
  return Math.max(0, store.incidents.countMoves(incident) - shown);
}

/** That a long timeline is not shown whole; null: it is. */
export function sayLeftOut(ground: Ground, incident: number, shown: number): string | null {
  const left = movesLeftOut(ground, incident, shown);
  if (left <= 0) return null;
  return `The oldest ${left === 1 ? "entry is" : `${sayNumber(left)} entries are`} left out here, such as outputs that were worked one by one.`;
}
