import { sayDuration } from "../wording/durations.js";
import { sayCount } from "../wording/numbers.js";
import { sayInstant, sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage } from "./message.js";

/** What Evenkeel says of its own outage. */
export interface OwnOutage extends AboutEvenkeel {
  readonly since: number;
  /** Automations whose source could not be read. */
  readonly automations: number;
  /** Messages that wait to be sent. */
  readonly waiting: number;
}

/** The message about Evenkeel itself, once it is back: from when to when nobody was watching. */
export function composeSelf(facts: OwnOutage, now: number): IncidentMessage {
  const { zone, since } = facts;
  const from = sayInstant(since, zone, now);
  const headline = `Evenkeel itself was offline from ${from} to ${sayInstant(now, zone, now)} (${sayDuration(now - since)})`;
  const unread = `${sayCount(facts.automations, "automation")} could not be read meanwhile; what came in is looked at now. The outage does not count against ${facts.automations === 1 ? "it" : "them"}. There is nothing for you to do.`;
  const queue = facts.waiting === 0 ? [] : [`${sayCount(facts.waiting, "message")} waited and follow.`];
  return aboutEvenkeel(
    facts,
    {
      kind: "self",
      headline,
      alert: `${headline}. ${unread}`,
      news: { line: unread, details: queue },
      smallPrint: `About Evenkeel itself · ${sayZone(zone)}`,
    },
    now,
  );
}
