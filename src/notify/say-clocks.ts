/**
 * What is said about the clocks of an incident: what ran out and whose it is now, what still waits for whom.
 * In: the announcement and the story. Out: words. Never decides whether anything is due.
 */
import { sayDuration } from "../wording/durations.js";
import { sayList } from "../wording/sentences.js";
import { sayInstant } from "../wording/times.js";
import type { MessageNews } from "./message.js";
import { type EscalatedAnnouncement, type ReminderAnnouncement, type Story, zoneOf } from "./story.js";

/** What is said so long after it was due says so. */
const worthSayingMs = 5 * 60_000;

/** "done by hand or paused by 09:02"; nothing once it is. */
export function sayContain({ contain, ...story }: Story, now: number): string[] {
  if (contain === null || contain.at !== null) return [];
  if (contain.by <= now) return ["have it done by hand or paused at once"];
  return [`done by hand or paused by ${sayInstant(contain.by, zoneOf({ contain, ...story }), now)}`];
}

/** A clock ran out: it is the next person's now, or stays with the last one. */
export function sayEscalation(story: Story, announcement: EscalatedAnnouncement, now: number): MessageNews {
  const { told, lateMs } = announcement;
  const before = told.filter((name) => name !== story.onCall);
  return {
    line: `Incident ${story.incident.id} is ${yours(story, announcement)}: ${sayMissed(story, announcement, now)}`,
    details: [...(before.length === 0 ? [] : [`Told before you: ${sayList(before)}.`]), ...sayLate(lateMs)],
  };
}

function yours({ onCall }: Story, { told }: EscalatedAnnouncement): string {
  return told.includes(onCall) ? "still yours" : "yours now";
}

/** "nobody acknowledged by 08:02, and it was not done by hand or paused by 09:02". */
function sayMissed(story: Story, { missed, missedAt }: EscalatedAnnouncement, now: number): string {
  const at = (instant: number) => sayInstant(instant, zoneOf(story), now);
  const phrases = missed.map(({ clock, at: missedOneAt }) => missedWords[clock](at(missedOneAt)));
  return phrases.length === 0 ? missedWords.acknowledge(at(missedAt)) : sayList(phrases);
}

const missedWords = {
  acknowledge: (at: string) => `nobody acknowledged by ${at}`,
  contain: (at: string) => `it was not done by hand or paused by ${at}`,
  restore: (at: string) => `it was not working again by ${at}`,
} as const;

function sayLate(lateMs: number): string[] {
  return lateMs < worthSayingMs
    ? []
    : [`This comes ${sayDuration(lateMs)} late: Evenkeel was not running when it was due.`];
}

/** It still waits; nothing new happened. */
export function sayReminder(story: Story, announcement: ReminderAnnouncement, now: number): MessageNews {
  return { line: reminderLine(story, announcement, now), details: sayLate(announcement.lateMs) };
}

function reminderLine(story: Story, { expired, by }: ReminderAnnouncement, now: number): string {
  const { incident } = story;
  if (expired) {
    const since = lastAcknowledged(story);
    const when = since === null ? "" : ` of ${sayInstant(since, zoneOf(story), now)}`;
    return `Incident ${incident.id} has to be acknowledged again: the acknowledgement${when} by ${by ?? "nobody"} has expired`;
  }
  if (incident.status !== "open")
    return `Incident ${incident.id} is acknowledged, but nobody has said that it is done by hand or paused (evenkeel incidents fallback ${incident.id})`;
  const since = incident.announcedAt ?? incident.openedAt;
  return `Incident ${incident.id} still waits: nobody has acknowledged it for ${sayDuration(now - since)}`;
}

function lastAcknowledged({ moves }: Story): number | null {
  return moves.findLast((move) => move.to === "acknowledged" && move.from !== move.to)?.at ?? null;
}

/** Whom a reminder is for: who acknowledged it, else who is called. */
export function remindedOf({ onCall }: Story, { by }: ReminderAnnouncement): string {
  return by ?? onCall;
}

/** The phone's line of both. */
export function clockAlert(
  announcement: EscalatedAnnouncement | ReminderAnnouncement,
  story: Story,
  now: number,
): string {
  const { automation, incident, onCall } = story;
  const which = `incident ${incident.id} (${automation.title})`;
  const by = incident.acknowledgeBy;
  const asks = incident.status === "open" && by !== null && by > now;
  const until = asks ? sayInstant(by, zoneOf(story), now) : null;
  if (announcement.kind === "reminder") {
    const name = remindedOf(story, announcement);
    const rest = reminderLine(story, announcement, now).replace(/^Incident \d+/, which);
    return `${name}: ${rest}.${until === null ? "" : ` Acknowledge by ${until}.`}`;
  }
  const [first] = announcement.missed;
  const missed = first === undefined || first.clock === "acknowledge";
  const what = missed
    ? `nobody acknowledged ${which} by ${sayInstant(announcement.missedAt, zoneOf(story), now)}`
    : `${which}: ${sayMissed(story, announcement, now)}`;
  const whose = announcement.told.includes(onCall) ? "It stays with you" : "It is yours now";
  return `${onCall}: ${what}. ${whose}${until === null ? "." : `, by ${until}.`}`;
}
