import { type IncidentMove, type IncidentStatus, isEnded } from "../domain/incident.js";
import { sayDuration } from "../wording/durations.js";
import { lowerFirst, upperFirst, withoutStop } from "../wording/sentences.js";
import { sayLeft, sayStatus } from "../wording/states.js";
import { sayInstant } from "../wording/times.js";
import type { MessageNews } from "./message.js";
import { sayRestore } from "./say-help.js";
import { sayAside, sayClosing, sayWentOut, stillPaused } from "./say-life.js";
import { statePause } from "./state-beside-news.js";
import { isAhead, isItself, type Story, withRole, zoneOf } from "./story.js";
import { sayQueue } from "./story-life.js";

/** One fact, who, when; no repeat of the incident. */
export function sayMove(story: Story, move: IncidentMove, now: number): MessageNews {
  const at = sayInstant(move.at, zoneOf(story), now);
  const aside = sayAside(story, move, at);
  if (aside !== null) return aside;
  const next = sayRestore(story, now)
    .map((phrase) => ` Next: ${phrase}.`)
    .join("");
  return { line: `${moved(story, move, at)}${next}`, details: quoted(move.why) };
}

function moved(story: Story, move: IncidentMove, at: string): string {
  const told = story.incident.announcedAt ?? story.incident.openedAt;
  if (move.event === "worsen") return `It is bad again since ${at}; keep doing it by hand.`;
  if (move.event === "fallback-off") return `${move.who}: no longer done by hand since ${at}.`;
  if (move.to === "acknowledged") {
    return `${move.who} acknowledged at ${at} (${sayDuration(move.at - told)}).`;
  }
  if (move.to === "fallback") return `Done by hand since ${at}, says ${move.who}.`;
  return `${upperFirst(sayStatus(move.to))} since ${at}${says(move)}.`;
}

/** It is back; what has to be switched back by hand. */
export function sayRecovery(story: Story, move: IncidentMove, now: number): MessageNews {
  const { automation, incident, life } = story;
  const blind = incident.kind === "blind";
  const line = blind
    ? `${automation.title} can be read again`
    : isItself(incident)
      ? `${automation.title} itself is in order again`
      : isAhead(incident)
        ? `${automation.title} has left the model that shuts down`
        : life.lesser.length > 0
          ? `${automation.title} needs nobody at once any more`
          : `${automation.title} is back at its usual level`;
  const proof = `Since ${sayInstant(move.at, zoneOf(story), now)}.`;
  const said = move.why !== null && line.endsWith(move.why) ? [] : quoted(move.why);
  const why = life.lesser.length > 0 ? [`${upperFirst(sayLeft(life.lesser))}.`] : said;
  return {
    line,
    details: [proof, ...why, ...(blind || isAhead(incident) || isItself(incident) ? [] : stillToDo(story))],
  };
}

function stillToDo(story: Story): string[] {
  const { fallback, owner } = story.automation;
  if (fallback === null) return sayWentOut(story);
  const who = withRole(story, fallback.by ?? owner);
  const undo = fallback.pause === null ? "" : ` (${withoutStop(fallback.pause)})`;
  const byHand = story.moves.some((move) => move.to === "fallback");
  const { queue } = story.life;
  return [
    byHand
      ? `Still to do: ${who}, switch back what was switched off${undo}.`
      : `If anything was switched off meanwhile: ${who}, switch it back${undo}.`,
    ...(queue === null ? [] : [`${upperFirst(sayQueue(queue))}.`]),
    ...sayWentOut(story),
    ...stillPaused(story),
  ];
}

/** Another finding joined the incident. */
export function sayAlso(sentence: string): MessageNews {
  return { line: `Also: ${lowerFirst(withoutStop(sentence))}.`, details: [] };
}

/** A silence is over, and the problem is not. */
export function sayStill({ automation, incident }: Story, silence: string): MessageNews {
  const line = `${automation.title}, incident ${incident.id}: still there after the silence`;
  return { line, details: [`Nothing was sent ${silence}.`] };
}

/** It has ended: how, by whom, why, and how long it took. */
export function sayEnding(story: Story, move: IncidentMove, now: number): MessageNews {
  const { incident } = story;
  const at = sayInstant(move.at, zoneOf(story), now);
  const open = `Open ${sayDuration(move.at - (incident.announcedAt ?? incident.openedAt))}`;
  return {
    line: `Incident ${incident.id} ended ${at}: ${endings[move.to] ?? "closed"}${says(move)}`,
    details: [
      ...quoted(move.why),
      ...sayClosing(story),
      ...sayWentOut(story),
      ...stillPaused(story),
      [open, ...acknowledgedAfter(story)].join(" · "),
    ],
  };
}

const endings: Partial<Record<IncidentStatus, string>> = {
  resolved: "working again",
  "false-alarm": "false alarm",
  "accepted-change": "the change is right and is the usual level from now on",
};

function acknowledgedAfter({ incident, moves }: Story): string[] {
  // whoever does it by hand has acknowledged it
  const move = moves.find(({ to }) => to === "acknowledged" || to === "fallback");
  if (move === undefined) return ["never acknowledged"];
  return [`acknowledged after ${sayDuration(move.at - (incident.announcedAt ?? incident.openedAt))}`];
}

/** What Evenkeel found by itself is nobody's word. */
function says({ who }: IncidentMove): string {
  return who === "evenkeel" ? "" : `, says ${who}`;
}

function quoted(why: string | null): string[] {
  return why === null || why.trim() === "" ? [] : [`“${why.trim()}”`];
}

/** Where it stands, under the headline: "By hand since 07:31 (Priya Raman) · acknowledged by Jonas Feld 07:14". */
export function sayState(story: Story, now: number): string | null {
  const { incident, moves } = story;
  if (incident.status === "open") return null;
  const zone = zoneOf(story);
  const last = moves.findLast((move) => move.to === incident.status && move.from !== move.to);
  const word =
    incident.kind === "blind" && incident.status === "recovering"
      ? "readable again"
      : sayStatus(incident.status);
  const by = last === undefined || last.who === "evenkeel" ? "" : ` (${last.who})`;
  const since = last === undefined ? "" : ` since ${sayInstant(last.at, zone, now)}${by}`;
  const parts = [`${upperFirst(word)}${since}`];
  const acknowledged = moves.find((move) => move.to === "acknowledged");
  if (acknowledged !== undefined && acknowledged !== last) {
    parts.push(`acknowledged by ${acknowledged.who} ${sayInstant(acknowledged.at, zone, now)}`);
  }
  return [
    ...parts,
    ...(isEnded(incident.status) || incident.status === "recovering" ? [] : sayRestore(story, now)),
  ].join(statePause);
}
