/**
 * From an incident to what is said about it. In: the incident, its automation, the people, the
 * examples and the instant; out: one channel-neutral message. Never decides whether or whom to
 * notify, never renders, never sends.
 */
import { isEnded } from "../domain/incident.js";
import { sayCount } from "../wording/numbers.js";
import { lowerFirst, sayListUpTo, upperFirst, withoutStop } from "../wording/sentences.js";
import { sayStatus } from "../wording/states.js";
import { sayInstant, sayWeekdayClock, sayZone } from "../wording/times.js";
import type { IncidentMessage, MessageKind, MessageNews } from "./message.js";
import { actionsOf } from "./message-actions.js";
import { clockAlert, remindedOf, sayEscalation, sayReminder } from "./say-clocks.js";
import { sayHowSure, saySince } from "./say-finding.js";
import {
  commandsFor,
  recipientsOf,
  sayByHand,
  sayExamples,
  saySmallPrint,
  sayUntil,
  stepsOf,
} from "./say-help.js";
import { sayLife } from "./say-life.js";
import { sayAlso, sayEnding, sayMove, sayRecovery, sayState, sayStill } from "./say-move.js";
import { sayTrend } from "./say-trend.js";
import { type Announcement, isAhead, mainFinding, personOf, type Story, zoneOf } from "./story.js";

/** The message for one announcement about one incident. */
export function compose(announcement: Announcement, story: Story, now: number): IncidentMessage {
  const { automation, incident } = story;
  const news = newsOf(announcement, story, now);
  const headline = headlineOf(story);
  const called = announcement.kind === "reminder" ? remindedOf(story, announcement) : story.onCall;
  return {
    kind: kindOf(announcement),
    notificationId: story.notificationId,
    instance: story.instance,
    at: now,
    when: sayWeekdayClock(now, zoneOf(story)),
    zone: sayZone(zoneOf(story)),
    incident: {
      id: incident.id,
      revision: incident.revision,
      kind: incident.kind,
      status: incident.status,
      statusWord: sayStatus(incident.status),
    },
    automation: { id: automation.id, title: automation.title, risk: automation.risk },
    headline,
    alert: alertOf(announcement, story, news, now),
    news,
    ...(isWorse(announcement) ? { worse: true } : {}),
    state: sayState(story, now),
    since: saySince(story, now),
    howSure: sayHowSure(story),
    until: sayUntil(story, now),
    byHand: sayByHand(story),
    examples: sayExamples(story, now),
    trend: sayTrend(story, now),
    facts: factsOf(story, now),
    smallPrint: saySmallPrint(story),
    url: story.pageUrl,
    mention: { name: called, slackId: personOf(story, called)?.slackId ?? null },
    recipients: recipientsOf({ ...story, onCall: called }),
    commands: commandsFor(incident),
    actions: actionsOf(story),
  };
}

function kindOf(announcement: Announcement): MessageKind {
  return announcement.kind === "also" ? "moved" : announcement.kind;
}

function isWorse(announcement: Announcement): boolean {
  return announcement.kind === "moved" && ["worsen", "pause-failed"].includes(announcement.move.event);
}

function newsOf(announcement: Announcement, story: Story, now: number): MessageNews | null {
  switch (announcement.kind) {
    case "opened":
      return null;
    case "moved":
      return sayMove(story, announcement.move, now);
    case "also":
      return sayAlso(announcement.finding.sentence);
    case "still":
      return sayStill(story, announcement.silence);
    case "escalated":
      return sayEscalation(story, announcement, now);
    case "reminder":
      return sayReminder(story, announcement, now);
    case "recovered":
      return sayRecovery(story, announcement.move, now);
    case "ended":
      return sayEnding(story, announcement.move, now);
  }
}

/** "Invoice extraction: totals that match the invoice fell from 96% to about 71%". */
function headlineOf({ automation, incident, sharedSource }: Story): string {
  if (sharedSource !== null && sharedSource !== undefined && !isEnded(incident.status))
    return `Source down: ${sharedSource.host} (${automation.title} and ${sharedSource.others.length} more)`;
  if (incident.kind === "blind") return `${automation.title} cannot be checked`;
  const title = withoutStop(incident.title);
  return title.startsWith(automation.title) ? title : `${automation.title}: ${lowerFirst(title)}`;
}

/** The phone's line: the automation, what, the first step by hand, until when. */
function alertOf(announcement: Announcement, story: Story, news: MessageNews | null, now: number): string {
  const { automation, incident } = story;
  if (announcement.kind === "opened" || news === null) return openingAlert(story, now);
  if (announcement.kind === "escalated" || announcement.kind === "reminder")
    return clockAlert(announcement, story, now);
  if (announcement.kind === "recovered") return `${news.line}. ${news.details.join(" ")}`;
  if (announcement.kind === "ended") return `${automation.title}: ${lowerFirst(news.line)}`;
  // it names both itself
  if (announcement.kind === "still") return news.line;
  const line = announcement.kind === "also" ? lowerFirst(news.line) : news.line;
  return `${automation.title}, incident ${incident.id}: ${line}`;
}

function openingAlert(story: Story, now: number): string {
  const { incident } = story;
  const zone = zoneOf(story);
  const finding = mainFinding(incident);
  const since = sayInstant(finding?.changedAt ?? finding?.foundAt ?? incident.openedAt, zone, now);
  const step = incident.kind === "blind" ? undefined : stepsOf(story)[0];
  return [
    isAhead(incident) ? `${headlineOf(story)}.` : `${headlineOf(story)} since ${since}.`,
    ...(incident.kind === "blind" ? ["Quality unknown, not bad."] : []),
    ...(step === undefined ? [] : [`Now: ${withoutStop(step)}.`]),
    ...(incident.acknowledgeBy === null || incident.acknowledgeBy <= now
      ? []
      : [`Acknowledge by ${sayInstant(incident.acknowledgeBy, zone, now)}.`]),
  ].join(" ");
}

/** What else is known: remarks, the other findings, how much went out. */
function factsOf(story: Story, now: number): string[] {
  const { incident, remarks, exposure, sharedSource } = story;
  if (isEnded(incident.status)) return [];
  const readers = sharedSource?.others ?? [];
  const main = mainFinding(incident);
  const others = incident.findings.filter((finding) => finding !== main && !finding.improvement);
  return [
    ...(readers.length === 0
      ? []
      : [`${sayListUpTo(readers, 5)} read from there too; nothing of their own is sent while this is open`]),
    ...sayLife(story, now),
    ...remarks.map(withoutStop),
    ...others.map((finding) => upperFirst(withoutStop(finding.sentence))),
    ...(exposure === null
      ? []
      : [`${sayCount(exposure.outputs, "output")} since the last good run, ${exposure.wrong} of them wrong`]),
  ];
}
