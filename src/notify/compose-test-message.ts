import { sayListUpTo } from "../wording/sentences.js";
import { sayWeekdayClock, sayZone } from "../wording/times.js";
import type { IncidentMessage, MessageRecipient } from "./message.js";

/** What a test message says of itself. */
export interface TestMessageFacts {
  readonly notificationId: string;
  readonly instance: string;
  readonly zone: string;
  /** Titles of the automations whose incidents will come the same way. */
  readonly automations: readonly string[];
  /** Who sends it; null: not known. */
  readonly by: string | null;
  readonly recipients: readonly MessageRecipient[];
}

/** Automations named in full before "and 5 more". */
const namedAutomations = 3;

/** The message that proves a channel works; nothing is wrong. */
export function composeTest(facts: TestMessageFacts, now: number): IncidentMessage {
  const when = sayWeekdayClock(now, facts.zone);
  const titles = sayListUpTo(facts.automations, namedAutomations);
  const by = facts.by === null ? "" : ` by ${facts.by}`;
  return {
    kind: "test",
    notificationId: facts.notificationId,
    instance: facts.instance,
    at: now,
    when,
    zone: sayZone(facts.zone),
    incident: null,
    automation: null,
    headline: "Test: nothing is wrong",
    alert: `Test from Evenkeel at ${facts.instance}: messages arrive here. Nothing is wrong.`,
    news: { line: `Incidents of these automations will come here: ${titles}.`, details: [] },
    state: null,
    since: [],
    howSure: [],
    until: [],
    byHand: null,
    examples: [],
    trend: null,
    facts: [],
    smallPrint: `Sent${by}, ${when}, ${sayZone(facts.zone)}`,
    url: null,
    mention: null,
    recipients: facts.recipients,
    commands: [],
    actions: [],
  };
}
