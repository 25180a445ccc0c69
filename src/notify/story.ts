import type { Automation } from "../domain/automation.js";
import type { Finding } from "../domain/finding.js";
import type { Incident, IncidentMove } from "../domain/incident.js";
import type { Person } from "../domain/person.js";

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
  readonly examples: readonly StoryExample[];
  /** What was changed before it began, and how long before: "the model changed". */
  readonly change: { readonly what: string; readonly beforeMs: number } | null;
  /** More that is known, one sentence each: other shares that moved with it, what the failures share. */
  readonly remarks: readonly string[];
  /** Outputs since the last run that was good, and how many of them are wrong. */
  readonly exposure: { readonly outputs: number; readonly wrong: number } | null;
  /** Address of the incident's page. */
  readonly pageUrl: string | null;
}

/** Why a message about an incident is due. */
export type Announcement =
  | { readonly kind: "opened" }
  | { readonly kind: "moved"; readonly move: IncidentMove }
  | { readonly kind: "also"; readonly finding: Finding }
  | { readonly kind: "escalated"; readonly missedAt: number; readonly told: readonly string[] }
  | { readonly kind: "recovered"; readonly move: IncidentMove }
  | { readonly kind: "ended"; readonly move: IncidentMove };

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
