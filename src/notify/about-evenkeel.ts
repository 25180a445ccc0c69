import { sayWeekdayClock, sayZone } from "../wording/times.js";
import type { IncidentMessage, MessageRecipient } from "./message.js";

/** What every message has that is about no single incident. */
export interface AboutEvenkeel {
  readonly notificationId: string;
  readonly instance: string;
  readonly zone: string;
  readonly recipients: readonly MessageRecipient[];
}

/** What one of them says. */
type Said = Pick<IncidentMessage, "kind" | "headline" | "alert" | "news" | "smallPrint"> &
  Partial<Pick<IncidentMessage, "url" | "commands" | "digest" | "mention">>;

/** A message about no single incident: everything that belongs to one is left out. */
export function aboutEvenkeel(facts: AboutEvenkeel, said: Said, now: number): IncidentMessage {
  return {
    notificationId: facts.notificationId,
    instance: facts.instance,
    at: now,
    when: sayWeekdayClock(now, facts.zone),
    zone: sayZone(facts.zone),
    incident: null,
    automation: null,
    state: null,
    since: [],
    howSure: [],
    until: [],
    byHand: null,
    examples: [],
    trend: null,
    facts: [],
    url: null,
    mention: null,
    recipients: facts.recipients,
    actions: [],
    commands: [],
    ...said,
  };
}
