/**
 * Several owed messages as one. In: stored messages of one channel. Out: the one message that stands for them. An
 * incident that opened and ended before anyone could be told is one message; what a storm of incidents owes behind
 * the first few is one summary.
 */
import { sayDuration } from "../wording/durations.js";
import { sayCount } from "../wording/numbers.js";
import { sayList, withoutStop } from "../wording/sentences.js";
import { sayWeekdayClock, sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage, MessageRecipient } from "./message.js";

/** What `opened` and `ended` become together; `unreachable` says why they are one. */
export function composeCombined(
  opened: IncidentMessage,
  ended: IncidentMessage,
  { notificationId, unreachable }: { readonly notificationId: string; readonly unreachable: boolean },
): IncidentMessage {
  const over = ended.incident?.status === "resolved" ? "resolved" : "closed";
  const because = unreachable ? "while this channel was unreachable" : "before this could be sent";
  // what a group opened with is about all of it, and only this one has ended
  const { headline } = opened.kind === "group" ? ended : opened;
  const line = `Opened and ${over} ${because}`;
  return {
    ...ended,
    notificationId,
    headline,
    alert: `${withoutStop(headline)}. ${line}. ${ended.news?.line ?? ""}`.trimEnd(),
    news: {
      line: `${ended.automation?.title ?? ended.instance}: ${line.toLowerCase()}`,
      details: [...(ended.news === null ? [] : [ended.news.line]), ...(ended.news?.details ?? [])],
    },
    state: `Opened ${opened.when}, ${over} ${ended.when}`,
  };
}

/** What is known of the messages that a summary speaks for. */
export interface SummaryFacts extends Omit<AboutEvenkeel, "recipients"> {
  readonly incidents: number;
  /** How many of them are new to this channel. */
  readonly opened: number;
  readonly withinMs: number;
  /** The first messages it speaks for. */
  readonly messages: readonly IncidentMessage[];
  /** The page with all of them; null: no address is known. */
  readonly url: string | null;
}

/** Incidents listed in a summary, and those named in its first line. */
const listed = 10;
const named = 3;
/** Least span that is said. */
const minuteMs = 60_000;

/** "And 495 more incidents opened within 1 min". */
export function composeSummary(facts: SummaryFacts, now: number): IncidentMessage {
  const latest = new Map(facts.messages.flatMap((each) => (each.incident ? [[each.incident.id, each]] : [])));
  const lines = [...latest.values()].slice(0, listed).map(lineOf);
  const more = facts.incidents - lines.length;
  const headline = headlineOf(facts);
  const titles = [...latest.values()].map((each) => each.automation?.title ?? each.headline);
  return aboutEvenkeel(
    { ...facts, recipients: recipientsOf(facts.messages) },
    {
      kind: "summary",
      headline,
      alert: `${headline}: ${sayNamed(titles, facts.incidents)}.`,
      news: {
        line: "They are told together, so that the first ones stay readable; each is on record.",
        details: [...lines, ...(more > 0 ? [`and ${sayCount(more, "more incident")}`] : [])],
      },
      smallPrint: `${facts.instance} · ${sayWeekdayClock(now, facts.zone)}, ${sayZone(facts.zone)}`,
      url: facts.url,
      commands: ["evenkeel incidents list"],
    },
    now,
  );
}

function headlineOf({ incidents, opened, withinMs }: SummaryFacts): string {
  const within = `within ${sayDuration(Math.max(minuteMs, Math.ceil(withinMs / minuteMs) * minuteMs))}`;
  const changed = incidents - opened;
  if (opened === 0) return `And ${sayCount(changed, "more incident")} moved ${within}`;
  const others = changed === 0 ? "" : ` and ${changed} moved`;
  return `And ${sayCount(opened, "more incident")} opened${others} ${within}`;
}

/** "Incident 12, ended: Invoice extraction: totals fell". */
function lineOf({ incident, headline }: IncidentMessage): string {
  const state = incident === null || incident.status === "open" ? "" : `, ${incident.statusWord}`;
  return `Incident ${incident?.id ?? ""}${state}: ${withoutStop(headline)}`;
}

/** "A, B, C and 492 more": those whose titles are known, at most three, and how many there are beside. */
function sayNamed(titles: readonly string[], incidents: number): string {
  const shown = titles.slice(0, named);
  const more = incidents - shown.length;
  return sayList([...shown, ...(more > 0 ? [`${more} more`] : [])]);
}

function recipientsOf(messages: readonly IncidentMessage[]): readonly MessageRecipient[] {
  return [...new Map(messages.flatMap((each) => each.recipients.map((one) => [one.name, one]))).values()];
}
