import type { IncidentMove } from "../domain/incident.js";
import type { PersonalEvent } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { waiveLabel } from "../wording/rework.js";
import { upperFirst } from "../wording/sentences.js";
import { sayStatus } from "../wording/states.js";
import { sayInstant } from "../wording/times.js";
import type { Acted } from "./act-on-incident.js";
import { type Ground, watchedOf } from "./ground.js";
import { sayOwed } from "./rework.js";

const deeds: Readonly<Record<PersonalEvent, string>> = {
  acknowledge: "acknowledged",
  "fallback-on": "said to be done by hand",
  "fallback-off": "said to be done by hand no longer",
  "switch-back": "said to be switched back",
  resolve: "ended",
  "false-alarm": "ended as a false alarm",
  "accept-change": "ended: the change is right",
};

/** What came of a press, for whoever pressed: one or two sentences, the same in Slack and on a page. */
export function sayActed(
  ground: Ground,
  asked: { readonly incident: number; readonly event: PersonalEvent },
  acted: Acted,
): string {
  if (acted.outcome === "unknown") return `There is no incident ${asked.incident}.`;
  const { row } = acted;
  const by = acted.by === null ? "" : sayBy(ground, row, acted.by);
  const stands = `Incident ${row.id} is ${sayStatus(row.status)}${by === "" ? "" : ` (${by})`}`;
  switch (acted.outcome) {
    case "done":
      return sayRecorded(ground, row, asked.event, acted.by);
    case "already":
      return sayAlready(ground, row, acted.by);
    case "stale":
      return `It has moved since you looked, so nothing was changed. ${stands}. Press again if it still fits.`;
    case "impossible":
      return `${stands}, so it cannot be ${deeds[asked.event]} now. Nothing was changed.`;
    case "refused":
      return acted.because;
    case "cause-needed":
      return "Nothing was recorded: choose what it came from, for the next time.";
    case "rework-needed":
      return `Nothing was recorded: ${sayOwed(acted.owed)}. Say on the incident's page what was done with them, or choose “${waiveLabel}” and end it without.`;
    case "reason-needed":
      return "Nothing was recorded: say in a few words why, for whoever reads it later.";
  }
}

/** "Recorded: incident 27 acknowledged, Jonas Feld, 07:14." */
export function sayRecorded(
  ground: Ground,
  row: IncidentRow,
  event: PersonalEvent,
  move: IncidentMove | null,
): string {
  return `Recorded: incident ${row.id} ${deeds[event]}${move === null ? "" : `, ${sayBy(ground, row, move)}`}.`;
}

/** "Incident 27 was acknowledged already: Jonas Feld, 07:14. Nothing was changed." */
export function sayAlready(ground: Ground, row: IncidentRow, move: IncidentMove): string {
  return `Incident ${row.id} was ${deedOf(move)} already: ${sayBy(ground, row, move)}. Nothing was changed.`;
}

/** "Jonas Feld, 07:14". */
export function sayBy(ground: Ground, row: IncidentRow, move: IncidentMove): string {
  const at = sayInstant(move.at, zoneOf(ground, row), ground.clock.now());
  return `${move.who === "evenkeel" ? "noticed by Evenkeel" : move.who}, ${at}`;
}

/** Where it stands, as a sentence: "Incident 27: by hand (Priya Raman, 07:31)." */
export function sayStanding(ground: Ground, row: IncidentRow): string {
  const last = ground.store.incidents.moves(row.id).findLast((move) => move.from !== move.to);
  const by = last === undefined ? "" : ` (${sayBy(ground, row, last)})`;
  return `${upperFirst(sayStatus(row.status))}${by}.`;
}

function deedOf(move: IncidentMove): string {
  return Object.entries(deeds).find(([event]) => event === move.event)?.[1] ?? move.event;
}

function zoneOf({ register }: Ground, row: IncidentRow): string {
  const entry = watchedOf(register, row.automation)?.entry;
  if (entry === undefined) return register.timeZone;
  return register.people.get(entry.owner)?.timeZone ?? entry.timeZone;
}
