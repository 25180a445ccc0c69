/**
 * The room's currency: what is to be said about an incident, before any channel gives it a form.
 * In: what compose.ts made of an incident; out: plain values that every channel renders. Carries
 * excerpts already redacted; carries no markup, no secrets and no clock.
 */
import type { RiskTier } from "../domain/automation.js";
import type { Digest } from "../domain/digest.js";
import type { IncidentKind, IncidentStatus } from "../domain/incident.js";

/** Every kind of message there is. */
export const messageKinds = [
  "opened",
  "group",
  "moved",
  "still",
  "escalated",
  "reminder",
  "recovered",
  "ended",
  "summary",
  "notice",
  "test",
  "self",
  "digest",
] as const;

/** Why the message is sent. */
export type MessageKind = (typeof messageKinds)[number];

/** The incident as a message names it. */
export interface MessageIncident {
  readonly id: number;
  /** A button or link of an older revision is stale. */
  readonly revision: number;
  readonly kind: IncidentKind;
  readonly status: IncidentStatus;
  readonly statusWord: string;
}

/** What people do by hand meanwhile. */
export interface MessageByHand {
  /** Who, how many wait, how long it takes. */
  readonly intro: string;
  readonly steps: readonly string[];
}

/** One output that shows what is meant. */
export interface MessageExample {
  readonly label: string;
  readonly kind: "wrong" | "right";
  readonly id: string;
  readonly when: string;
  readonly reason: string;
  /** Redacted text of the output; may have several lines. */
  readonly excerpt: string;
}

/** How often a check passed of late, for a bar with its numbers in words. */
export interface MessageTrend {
  readonly title: string;
  readonly bars: readonly {
    /** "Tue 17 Nov", "Tue 17 Nov from 14:00", "07:00". */
    readonly label: string;
    /** From 0 to 1. */
    readonly share: number;
    /** "71% of 41". */
    readonly words: string;
    /** True from where the change began. */
    readonly changed: boolean;
  }[];
}

/** What has just happened to an incident that people know already. */
export interface MessageNews {
  readonly line: string;
  readonly details: readonly string[];
}

/** Whom the message calls. */
export interface MessageMention {
  readonly name: string;
  readonly slackId: string | null;
}

/** Someone the message is for. */
export interface MessageRecipient {
  readonly name: string;
  readonly email: string | null;
}

/** The incidents that a message tells of together. */
export interface MessageGroup {
  readonly id: number;
  /** How many the message names; 1: it is about one that was announced with the others. */
  readonly members: number;
}

/** Something the reader may do about the incident. */
export interface MessageAction {
  /** The move: `acknowledge`, `fallback-on`, ... */
  readonly event: string;
  readonly label: string;
  /** True for an ending: it takes a reason. */
  readonly asksWhy: boolean;
  /** Signed address of a page where one more press does it; null: there is none. */
  readonly link: string | null;
}

/** Everything a channel may show, in the order in which it shows it. */
export interface IncidentMessage {
  readonly kind: MessageKind;
  readonly notificationId: string;
  /** The business's name. */
  readonly instance: string;
  /** When it was composed: epoch ms UTC. */
  readonly at: number;
  /** The same instant as the owner reads it: "Wed 07:02". */
  readonly when: string;
  /** Whose clock that is: "Vienna time". Small print names it too; a frame without small print names it beside the time. */
  readonly zone: string;
  readonly incident: MessageIncident | null;
  readonly automation: { readonly id: string; readonly title: string; readonly risk: RiskTier } | null;
  readonly headline: string;
  /** The line a phone shows; read alone it is enough to get up. */
  readonly alert: string;
  readonly news: MessageNews | null;
  /** True for a move that nobody should sleep through: it is bad again, or could not be stopped. */
  readonly worse?: boolean | undefined;
  /** Where the incident stands, once it has moved; stands under the headline. */
  readonly state: string | null;
  readonly since: readonly string[];
  readonly howSure: readonly string[];
  /** Phrases that go on after a name: "acknowledge by 08:02 or Marta Quill (owner) is called". */
  readonly until: readonly string[];
  readonly byHand: MessageByHand | null;
  readonly examples: readonly MessageExample[];
  readonly trend: MessageTrend | null;
  readonly facts: readonly string[];
  readonly smallPrint: string;
  readonly url: string | null;
  readonly mention: MessageMention | null;
  readonly recipients: readonly MessageRecipient[];
  readonly commands: readonly string[];
  readonly group?: MessageGroup | undefined;
  /** Signed address of a page where something odd about the automation is reported; left out: there is none. */
  readonly reportUrl?: string | undefined;
  /** What a reader is told of the week; only a message of kind `digest` has it. */
  readonly digest?: Digest | undefined;
  /** What can be done about it now, in the order in which it is offered. */
  readonly actions: readonly MessageAction[];
}

/** The labels of the parts: a message about the watching makes no claim about quality. */
export function labelsOf(message: IncidentMessage): { readonly sure: string; readonly hand: string } {
  return message.incident?.kind === "blind"
    ? { sure: "What we know", hand: "Do this now" }
    : { sure: "How sure", hand: "Do this by hand now" };
}

/** True for a message that has to be enough by itself; the others only say what has moved. */
function isFull({ kind }: IncidentMessage): boolean {
  return kind === "opened" || kind === "group" || kind === "escalated" || kind === "still";
}

/** The parts that a message of its kind shows: a move repeats nothing but a deadline that still waits. */
export function shownFacts(message: IncidentMessage): IncidentMessage {
  if (isFull(message)) return message;
  const waits = message.kind === "moved" && message.incident?.status === "open";
  const until = waits || message.kind === "reminder" ? message.until : [];
  return { ...message, since: [], howSure: [], until, facts: [], byHand: null, examples: [], trend: null };
}

/** What stands on top: what is wrong, or that it is over. */
export function topLineOf({ kind, headline, news }: IncidentMessage): string {
  return news !== null && (kind === "recovered" || kind === "ended") ? news.line : headline;
}

/** What is new, under the top line. */
export function newsLinesOf({ kind, headline, news }: IncidentMessage): readonly string[] {
  if (news === null) return [];
  const over = kind === "recovered" || kind === "ended";
  return over ? [...news.details, `It was: ${headline}`] : [news.line, ...news.details];
}

/** "opened", "acknowledged", "changed": what has happened, in a word. */
export function happenedTo({ kind, incident }: IncidentMessage): string {
  if (kind === "group") return "opened with others";
  if (kind === "still") return "still there";
  if (kind !== "moved" || incident === null) return kind;
  return incident.status === "open" ? "changed" : incident.statusWord;
}

/** What the next command does, to go before it. */
export function purposeOf({ incident, kind, group }: IncidentMessage): string {
  if (kind === "group") return `To acknowledge all ${group?.members ?? ""}`;
  if (kind === "summary") return "To see them all";
  if (kind === "notice") return "To look at it";
  if (kind === "self") return "To see what is wrong";
  if (incident?.status === "fallback" || incident?.status === "recovering")
    return "To say that it is switched back";
  if (incident?.status === "open") return "To acknowledge";
  return kind === "ended" || incident?.statusWord.startsWith("ended") === true
    ? "To read it again"
    : "To end it";
}

/** What can be done behind a link of this message. */
export function linksOf({
  actions,
}: IncidentMessage): readonly { readonly label: string; readonly link: string }[] {
  return actions.flatMap(({ label, link }) => (link === null ? [] : [{ label, link }]));
}

/** What goes under such links. */
export const linksOnlyAsk =
  "Each link opens a page with one button; until it is pressed nothing changes. Good for three days.";

/** What the address for reports leads to, as a label for it. */
export const reportLabel = "Report something odd about this automation";

/** How a message looks, in whatever way a channel shows it; `plain`: neither good nor bad. */
export type Tone = "bad" | "unknown" | "good" | "plain";

/** What a message is at a glance. */
export function toneOf({ kind, incident }: IncidentMessage): Tone {
  if (kind === "recovered" || kind === "ended" || kind === "test") return "good";
  if (kind === "summary") return "bad";
  if (incident === null) return "plain";
  return incident.kind === "blind" ? "unknown" : "bad";
}

const marks: Readonly<Record<Tone, string>> = { bad: "!", unknown: "?", good: "=", plain: "=" };

/** The mark of terminal.md that goes before a headline. */
export function markOf(message: IncidentMessage): string {
  return marks[toneOf(message)];
}

/** What the address of a message leads to, as a label for it. */
export function openLabelOf({ kind, incident }: IncidentMessage): string {
  if (kind === "summary") return "See all messages";
  return incident === null ? "Open Evenkeel" : "Open the incident";
}
