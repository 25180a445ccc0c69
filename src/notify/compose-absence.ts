import { sayDuration } from "../wording/durations.js";
import { sayCount } from "../wording/numbers.js";
import { sayInstant, sayWeekdayClock, sayZone } from "../wording/times.js";
import { type AboutEvenkeel, aboutEvenkeel } from "./about-evenkeel.js";
import type { IncidentMessage } from "./message.js";

/** What is known about a time in which nobody watched. */
export interface AbsenceFacts extends AboutEvenkeel {
  readonly awaySince: number;
  /** Schedules of which a slot passed meanwhile. */
  readonly automations: number;
  readonly openIncidents: number;
}

/** "I was not running from Mon 02:00 to Thu 02:00": what was missed and what becomes of it. */
export function composeAbsence(facts: AbsenceFacts, now: number): IncidentMessage {
  const { zone, instance, awaySince, automations, openIncidents } = facts;
  const span = `from ${sayInstant(awaySince, zone, now)} to ${sayInstant(now, zone, now)}`;
  const forHow = sayDuration(now - awaySince);
  return aboutEvenkeel(
    facts,
    {
      kind: "notice",
      headline: `The watch was not running for ${forHow}`,
      alert: `Evenkeel at ${instance} was not running ${span} (${forHow}). It is running again.`,
      news: {
        line: `Evenkeel was not running ${span}. It is running again.`,
        details: [
          automations === 0
            ? "No run was due meanwhile."
            : `Runs of ${sayCount(automations, "schedule")} were due meanwhile: they are made up now, in order, and only what is still wrong is told.`,
          ...(openIncidents === 0
            ? []
            : [
                `${sayCount(openIncidents, "incident")} stayed open; a deadline that passed meanwhile is told once.`,
              ]),
        ],
      },
      smallPrint: `${sayWeekdayClock(now, zone)}, ${sayZone(zone)}`,
    },
    now,
  );
}
