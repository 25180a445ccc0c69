import type { Automation } from "../domain/automation.js";
import type { Finding } from "../domain/finding.js";
import type { Incident, IncidentMove } from "../domain/incident.js";
import type { Person } from "../domain/person.js";
import type { ReworkCounts } from "../domain/rework.js";
import type { StoryLife } from "./story-life.js";

/** An output that shows what is meant; its texts are redacted already. */
export interface StoryExample {
  /** `changed` and `usual`: it shows a change, which need not be wrong. */
  readonly kind: "wrong" | "right" | "changed" | "usual";
  readonly id: string;
  readonly at: number;
  /** Why the check says so; null for one that is right. */
  readonly reason: string | null;
  readonly excerpt: string;
}

/** How often the check of the main finding passed of late. */
export interface StoryTrend {
  /** The check's title. */
  readonly title: string;
  readonly by: "day" | "hour";
  readonly points: readonly {
    readonly at: number;
    readonly pass: number;
    readonly judged: number;
    /** True from where the change began. */
    readonly changed: boolean;
    /** On the day of the change, which is two points: where the first ends and the second begins. */
    readonly splitAt?: number;
  }[];
}

/** What is known about an incident at the instant a message about it is composed. */
export interface Story {
  readonly notificationId: string;
  /** The business's name. */
  readonly instance: string;
  readonly incident: Incident;
  readonly automation: Automation;
  readonly people: readonly Person[];
  /** Name of the person who is called. */
  readonly onCall: string;
  /** Name of the person called next when nobody acknowledges; null: nobody further. */
  readonly next: string | null;
  readonly moves: readonly IncidentMove[];
  /** By when it has to be done by hand, paused or over, and since when it is; null: there is nothing to contain. */
  readonly contain: { readonly by: number; readonly at: number | null } | null;
  readonly examples: readonly StoryExample[];
  /** What was changed before it began, and how long before: "the model changed". */
  readonly change: { readonly what: string; readonly beforeMs: number } | null;
  /** More that is known, one sentence each: other shares that moved with it, what the failures share. */
  readonly remarks: readonly string[];
  /** Outputs since the last run that was good, and how many of them are wrong. */
  readonly exposure: { readonly outputs: number; readonly wrong: number } | null;
  /** What became of the outputs that went out; null: no check tells which they are. */
  readonly rework?: ReworkCounts | null;
  /** The source that is down, where other automations are read from it too: their titles. */
  readonly sharedSource?: { readonly host: string; readonly others: readonly string[] } | null;
  /** Moves that are possible from where it stands. */
  readonly possible: readonly string[];
  /** null: it is about no check, or it is too early. */
  readonly trend: StoryTrend | null;
  /** Address of the incident's page. */
  readonly pageUrl: string | null;
  readonly life: StoryLife;
}

/** Why a message about an incident is due. */
export type Announcement =
  | { readonly kind: "opened" }
  | { readonly kind: "moved"; readonly move: IncidentMove }
  | { readonly kind: "also"; readonly finding: Finding }
  /** Still there after a silence: from when to when, who, why. */
  | { readonly kind: "still"; readonly silence: string }
  | EscalatedAnnouncement
  | ReminderAnnouncement
  | { readonly kind: "recovered"; readonly move: IncidentMove }
  | { readonly kind: "ended"; readonly move: IncidentMove };

/** A clock ran out: whoever is called now has it. */
export interface EscalatedAnnouncement {
  readonly kind: "escalated";
  /** When the first of them ran out. */
  readonly missedAt: number;
  readonly missed: readonly { readonly clock: "acknowledge" | "contain" | "restore"; readonly at: number }[];
  /** Who was called before. */
  readonly told: readonly string[];
  /** How long after it was due this is said; 0: in time. */
  readonly lateMs: number;
}

/** It still waits for someone who knows of it. */
export interface ReminderAnnouncement {
  readonly kind: "reminder";
  /** True: it was acknowledged, and that does not count any more. */
  readonly expired: boolean;
  /** Who has or had acknowledged it; null: nobody. */
  readonly by: string | null;
  /** Which reminder since something last happened, from 1; 0: the acknowledgement ran out. */
  readonly number: number;
  readonly lateMs: number;
}

/** The finding that speaks for the incident: the first that may wake someone. */
export function mainFinding(incident: Incident): Finding | null {
  return incident.findings.find((finding) => finding.level === "page") ?? incident.findings[0] ?? null;
}

/** True for what has not gone wrong yet: a model that will be shut down. */
export function isAhead(incident: Incident): boolean {
  return mainFinding(incident)?.rule === "model-sunset";
}

/** True where it is Evenkeel itself that is not in order, no automation. */
export function isItself(incident: Incident): boolean {
  return mainFinding(incident)?.rule === "itself";
}

/** The person of that name. */
export function personOf(story: Story, name: string): Person | null {
  return story.people.find((person) => person.name === name) ?? null;
}

/** The zone in which this incident's times are said: its owner's. */
export function zoneOf(story: Story): string {
  return personOf(story, story.automation.owner)?.timeZone ?? story.automation.timeZone;
}

/** "Marta Quill (owner)". */
export function withRole(story: Story, name: string): string {
  if (name === story.automation.owner) return `${name} (owner)`;
  return name === story.automation.deputy ? `${name} (deputy)` : name;
}
