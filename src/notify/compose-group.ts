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
  /** Since when its own message says it is wrong. */
  readonly beganAt: number;
}

/** What a group's message is made of. */
export interface GroupFacts {
  readonly group: number;
  readonly cause: string;
  /** "that use gpt-5-mini". */
  readonly that: string;
  /** How many there are. */
  readonly count: number;
  /** The first of them; the others are only counted. */
  readonly lines: readonly GroupLine[];
  /** The incident that the message is owed for; null: its automation is not there any more. */
  readonly newest: GroupLine | null;
  readonly opened: { readonly first: number; readonly last: number };
  /** When the first of those that nobody has acknowledged is due; null: none is. */
  readonly acknowledgeBy: number | null;
  /** True for the group's first message. */
  readonly isNew: boolean;
  readonly joinsUntil: number;
  readonly zone: string;
}

/** Said whatever the span, when it is shorter. */
const shortestSpanMs = 20 * 60_000;

/** The message of the group. */
export function composeGroup(message: IncidentMessage, facts: GroupFacts): IncidentMessage {
  const { lines, count, newest, opened, that, cause, zone } = facts;
  const headline = `${count} automations ${that} started failing within ${sayWithin(opened)}`;
  const rest = count - lines.length;
  const others = rest > 0 ? [`${rest} more`] : [];
  const began = [...lines, ...(newest === null ? [] : [newest])].map((line) => line.beganAt);
  const first = Math.min(...began);
  return {
    ...message,
    kind: "group",
    group: { id: facts.group, members: count },
    headline,
    alert: `${headline}: ${sayList([...lines.map((line) => line.automation), ...others])}. ${alertOf(facts, message.at)}`,
    news:
      facts.isNew || newest === null
        ? null
        : { line: `${newest.automation} too: ${lowerFirst(withoutStop(newest.what))}`, details: [] },
    state: null,
    since: [`${sayInstant(first, zone, message.at)}, the first of them`],
    until:
      facts.acknowledgeBy === null
        ? message.until
        : [
            `acknowledge by ${sayInstant(facts.acknowledgeBy, zone, message.at)}, when the first of them is due`,
            ...message.until.slice(1),
          ],
    howSure: [
      `each alone may be chance, ${count} together hardly`,
      `that ${cause} is the cause is likely, not proven`,
    ],
    byHand: {
      intro: "one line for each",
      steps: [...lines.map(lineOf), ...(rest > 0 ? [sayRest(rest, message.url)] : [])],
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
      `incidents ${sayList([...lines.map((line) => String(line.incident)), ...others])}`,
      `more that share it join this until ${sayClock(facts.joinsUntil, zone)}; anything else comes on its own`,
      sayZone(zone),
    ].join(" · "),
  };
}

/** The deadline of the one that is due first: the phone's line ends with it. */
function alertOf({ acknowledgeBy, zone }: GroupFacts, now: number): string {
  return acknowledgeBy === null
    ? "Acknowledge once for all."
    : `Acknowledge once for all, by ${sayInstant(acknowledgeBy, zone, now)}.`;
}

function lineOf({ incident, automation, what, step, by }: GroupLine): string {
  const hand = step === null ? `nothing is written down, ask ${by}` : `${withoutStop(step)} (${by})`;
  return `${automation}, incident ${incident}: ${lowerFirst(withoutStop(what))}. By hand: ${hand}`;
}

/** Where the others stand; the page of one of them leads to the overview. */
function sayRest(rest: number, url: string | null): string {
  const page = url === null ? "" : `${new URL("/", url).href}, or `;
  return `And ${rest} more, each with its own steps: ${page}evenkeel incidents list`;
}

function sayWithin({ first, last }: GroupFacts["opened"]): string {
  const span = last - first;
  return span <= shortestSpanMs ? "20 minutes" : sayDuration(Math.ceil(span / 60_000) * 60_000);
}
