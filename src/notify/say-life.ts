/**
 * What is said of an incident's life beside where it stands: lessons of earlier ones, that it keeps changing, that the
 * automation stands still, what has piled up. In: the story. Out: phrases and sentences.
 */
import type { IncidentMove } from "../domain/incident.js";
import { sayCause } from "../wording/causes.js";
import { sayCount } from "../wording/numbers.js";
import { sayRework } from "../wording/rework.js";
import { upperFirst, withoutStop } from "../wording/sentences.js";
import { sayInstant } from "../wording/times.js";
import type { MessageNews } from "./message.js";
import { type Story, zoneOf } from "./story.js";
import { sayLesson, sayQueue } from "./story-life.js";

/** What was learned the last time, whether it keeps changing, how often it was seen: a sentence each. */
export function sayLife(story: Story, now: number): string[] {
  const { lessons, flapping, seen } = story.life;
  const last = lessons[0];
  return [
    ...(last === undefined ? [] : [withoutStop(sayLesson(last, zoneOf(story), now))]),
    ...(flapping ? [keepsChanging] : []),
    ...(seen.times < 2 || seen.lastAt === null
      ? []
      : [`Seen in ${sayCount(seen.times, "run")}, last ${sayInstant(seen.lastAt, zoneOf(story), now)}`]),
  ];
}

const keepsChanging =
  "It keeps changing between wrong and right: held open until it has been quiet for 60 min; single changes are not told";

/** After who does it by hand: how Evenkeel stops it, or who has, and what waits. */
export function sayHandLife({ incident, life }: Story): string[] {
  const { queue, canPause, paused, unanswered } = life;
  return [
    ...(queue === null ? [] : [sayQueue(queue)]),
    ...(unanswered === null
      ? []
      : ["whether it was paused is not known, no answer came: look whether it runs"]),
    ...(paused === null ? [] : [`paused by ${paused.who}`]),
    ...(canPause && paused === null
      ? [`to pause it: the incident's page, or evenkeel incidents pause ${incident.id} where Evenkeel runs`]
      : []),
  ];
}

/** The automation stands still although nothing is wrong any more. */
export function stillPaused({ incident, life }: Story): string[] {
  if (life.paused === null) return [];
  return [
    `It is still paused (by ${life.paused.who}). To let it run again: the incident's page, or evenkeel incidents resume ${incident.id} where Evenkeel runs.`,
  ];
}

/** What became of the outputs that went out, and where to go on where some are still to check; nothing where no check tells. */
export function sayWentOut({ incident, rework }: Story): string[] {
  if (rework === null || rework === undefined) return [];
  // nothing was done about any of them and nothing is to be done
  if (rework["to-check"] + rework.redone + rework.waived === 0) return [];
  const next = rework["to-check"] === 0 ? "" : `: evenkeel incidents outputs ${incident.id}`;
  return [`Outputs that went out meanwhile: ${sayRework(rework)}${next}.`];
}

/** What it came from, what was learned, and which checks count for less from now on. */
export function sayClosing({ incident, life, moves }: Story): string[] {
  const { closing } = life;
  const lowered = moves.filter(({ event }) => event === "lowered").map(({ why }) => `${why ?? ""}.`);
  const named = closing !== null && closing.cause === incident.status;
  return [
    ...(closing === null || named ? [] : [`It came from ${sayCause(closing.cause)}.`]),
    ...(closing === null || closing.lesson === null ? [] : [`Lesson: ${withoutStop(closing.lesson)}.`]),
    ...(closing === null
      ? [`Cause not stated: evenkeel incidents cause ${incident.id} --cause "..." --lesson "..."`]
      : []),
    ...lowered,
  ];
}

/** What happened without a change of where it stands; null: this move changed that. */
export function sayAside(story: Story, move: IncidentMove, at: string): MessageNews | null {
  const { title } = story.automation;
  switch (move.event) {
    case "flapping":
      return {
        line: "It keeps changing between wrong and right: 4 changes within an hour.",
        details: ["Held open until it has been quiet for 60 min; single changes are not told."],
      };
    case "paused":
      return { line: `${move.who} paused ${title} at ${at}.`, details: answered(move) };
    case "resumed":
      return { line: `${title} runs again since ${at}, says ${move.who}.`, details: answered(move) };
    case "pause-failed":
      return { line: `${title} could not be paused at ${at}: it still runs.`, details: answered(move) };
    case "resume-failed":
      return { line: `${title} could not be resumed at ${at}: it still stands.`, details: answered(move) };
    default:
      return null;
  }
}

function answered({ why }: IncidentMove): string[] {
  return why === null ? [] : [`${upperFirst(withoutStop(why))}.`];
}
