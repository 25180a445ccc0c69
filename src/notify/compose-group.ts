/**
 * Several incidents that share something, as one message. In: the message of the newest of them, and a line for each. Out:
 * one message that names all, what they share (as what they share, not as the culprit), and what people do by hand.
 */
import { sayDuration } from "../wording/durations.js";
import { lowerFirst, sayList, withoutStop } from "../wording/sentences.js";
import { sayClock, sayInstant, sayZone } from "../wording/times.js";
import type { IncidentMessage } from "./message.js";

/** One incident of a group. */
export interface GroupLine {
  readonly incident: number;
  readonly automation: string;
  /** What changed, without since when. */
  readonly what: string;
  /** The first thing to do by hand; null: nothing is written down. */
  readonly step: string | null;
  readonly by: string;
  readonly openedAt: number;
  /** Since when its own message says it is wrong. */
  readonly beganAt: number;
}

/** What a group's message is made of. */
export interface GroupFacts {
  readonly group: number;
  readonly cause: string;
  /** "that use gpt-5-mini". */
  readonly that: string;
  readonly lines: readonly GroupLine[];
  /** Number of the incident that the message is owed for. */
  readonly newest: number;
  /** True for the group's first message. */
  readonly isNew: boolean;
  readonly joinsUntil: number;
  readonly zone: string;
}

/** Said whatever the span, when it is shorter. */
const shortestSpanMs = 20 * 60_000;
/** Named one by one, at most. */
const mostLines = 12;

/** The message of the group. */
export function composeGroup(message: IncidentMessage, facts: GroupFacts): IncidentMessage {
  const { lines, that, cause, zone } = facts;
  const count = lines.length;
  const headline = `${count} automations ${that} started failing within ${sayWithin(lines)}`;
  const newest = lines.find((line) => line.incident === facts.newest);
  const shown = lines.slice(0, mostLines);
  const rest = count - shown.length;
  const first = Math.min(...lines.map((line) => line.beganAt));
  return {
    ...message,
    kind: "group",
    group: { id: facts.group, members: count },
    headline,
    alert: `${headline}: ${sayList(lines.map((line) => line.automation).slice(0, mostLines))}. ${alertOf(message)}`,
    news:
      facts.isNew || newest === undefined
        ? null
        : { line: `${newest.automation} too: ${lowerFirst(withoutStop(newest.what))}`, details: [] },
    state: null,
    since: [`${sayInstant(first, zone, message.at)}, the first of them`],
    howSure: [
      `each alone may be chance, ${count} together hardly`,
      `that ${cause} is the cause is likely, not proven`,
    ],
    byHand: {
      intro: "one line for each",
      steps: [...shown.map(lineOf), ...(rest > 0 ? [`And ${rest} more: evenkeel incidents list`] : [])],
    },
    examples: [],
    trend: null,
    facts: [],
    // what else can be done is done about one of them
    actions: message.actions
      .filter(({ event }) => event === "acknowledge")
      .map((action) => ({ ...action, label: `Acknowledge all ${count}` })),
    commands: [`evenkeel incidents ack --group ${facts.group}`],
    smallPrint: [
      `Group ${facts.group}`,
      `incidents ${lines.map((line) => line.incident).join(", ")}`,
      `more that share it join this until ${sayClock(facts.joinsUntil, zone)}; anything else comes on its own`,
      sayZone(zone),
    ].join(" · "),
  };
}

/** The deadline of the newest: the phone's line ends with it. */
function alertOf({ until }: IncidentMessage): string {
  const by = until[0]?.match(/^acknowledge by (.+?)(?: or .*)?$/)?.[1];
  return by === undefined ? "Acknowledge once for all." : `Acknowledge once for all, by ${by}.`;
}

function lineOf({ incident, automation, what, step, by }: GroupLine): string {
  const hand = step === null ? `nothing is written down, ask ${by}` : `${withoutStop(step)} (${by})`;
  return `${automation}, incident ${incident}: ${lowerFirst(withoutStop(what))}. By hand: ${hand}`;
}

function sayWithin(lines: readonly GroupLine[]): string {
  const times = lines.map((line) => line.openedAt);
  const span = Math.max(...times) - Math.min(...times);
  return span <= shortestSpanMs ? "20 minutes" : sayDuration(Math.ceil(span / 60_000) * 60_000);
}
