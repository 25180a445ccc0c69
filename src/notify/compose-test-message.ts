import { sayListUpTo } from "../wording/sentences.js";
import { sayWeekdayClock, sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage } from "./message.js";

/** What a test message says of itself. */
export interface TestMessageFacts extends AboutEvenkeel {
  /** Titles of the automations whose incidents will come the same way. */
  readonly automations: readonly string[];
  /** Who sends it; null: not known. */
  readonly by: string | null;
}

/** Automations named in full before "and 5 more". */
const namedAutomations = 3;

/** The message that proves a channel works; nothing is wrong. */
export function composeTest(facts: TestMessageFacts, now: number): IncidentMessage {
  const titles = sayListUpTo(facts.automations, namedAutomations);
  const by = facts.by === null ? "" : ` by ${facts.by}`;
  return aboutEvenkeel(
    facts,
    {
      kind: "test",
      headline: "Test: nothing is wrong",
      alert: `Test from Evenkeel at ${facts.instance}: messages arrive here. Nothing is wrong.`,
      news: { line: `Incidents of these automations will come here: ${titles}.`, details: [] },
      smallPrint: `Sent${by}, ${sayWeekdayClock(now, facts.zone)}, ${sayZone(facts.zone)}`,
    },
    now,
  );
}
