import { sayDuration } from "../wording/durations.js";
import { sayCount } from "../wording/numbers.js";
import { sayInstant, sayWeekdayClock, sayZone } from "../wording/times.js";
import type { IncidentMessage, MessageRecipient } from "./message.js";

/** What Evenkeel says of its own outage. */
export interface OwnOutage {
  readonly notificationId: string;
  readonly instance: string;
  readonly zone: string;
  readonly since: number;
  /** Automations whose source could not be read. */
  readonly automations: number;
  /** Messages that wait to be sent. */
  readonly waiting: number;
  readonly recipients: readonly MessageRecipient[];
}

/** The message about Evenkeel itself, once it is back: from when to when nobody was watching. */
export function composeSelf(facts: OwnOutage, now: number): IncidentMessage {
  const { zone, since } = facts;
  const from = sayInstant(since, zone, now);
  const headline = `Evenkeel itself was offline from ${from} to ${sayInstant(now, zone, now)} (${sayDuration(now - since)})`;
  const unread = `${sayCount(facts.automations, "automation")} could not be read meanwhile and ${facts.automations === 1 ? "is" : "are"} looked at now; nothing was judged by the outage.`;
  const queue = facts.waiting === 0 ? [] : [`${sayCount(facts.waiting, "message")} waited and follow.`];
  return {
    kind: "self",
    notificationId: facts.notificationId,
    instance: facts.instance,
    at: now,
    when: sayWeekdayClock(now, zone),
    zone: sayZone(zone),
    incident: null,
    automation: null,
    headline,
    alert: `${headline}. ${unread}`,
    news: { line: unread, details: queue },
    state: null,
    since: [],
    howSure: [],
    until: [],
    byHand: null,
    examples: [],
    facts: [],
    smallPrint: `About Evenkeel itself · ${sayZone(zone)}`,
    url: null,
    mention: null,
    recipients: facts.recipients,
    trend: null,
    actions: [],
    commands: [],
  };
}
