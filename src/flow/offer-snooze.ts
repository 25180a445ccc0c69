/**
 * A snooze as Slack and the incident's page offer it: for how long is chosen from a menu. In: who asks and what they chose.
 * Out: what is said of it. The silence itself is snooze-incident's.
 */
import { KnownError } from "../domain/errors.js";
import type { Silence } from "../domain/silence.js";
import { snoozeEvent } from "../notify/slack-buttons.js";
import { sayInstant } from "../wording/times.js";
import type { Ground } from "./ground.js";
import { snoozeIncident, snoozeLengths } from "./snooze-incident.js";

/** What stands in the menu. */
const lengthLabels: Readonly<Record<(typeof snoozeLengths)[number], string>> = {
  "1h": "1 hour",
  "4h": "4 hours",
  tomorrow: "Until tomorrow, 09:00",
};

/** What can be chosen. */
export const snoozeChoices = snoozeLengths.map((value) => ({ value, label: lengthLabels[value] }));

/** True for the entry that asks for how long. */
export function isSnooze(event: string): boolean {
  return event === snoozeEvent;
}

/** Why it cannot be snoozed now; null: nothing hinders it. */
export function whatHindersSnooze(
  { store, register }: Ground,
  incident: number,
  who: string | null,
): string | null {
  if (who === null)
    return `Nothing was changed: a silence needs a name that answers for it, and yours is not known. Ask ${register.aiOwner.name} to add your Slack id to people, then press again.`;
  const row = store.incidents.get(incident);
  if (row === null) return `There is no incident ${incident}. Nothing was changed.`;
  return row.endedAt === null ? null : `Incident ${incident} is over; there is nothing to snooze.`;
}

/** Makes the silence, and says so; a length that is not offered is refused with what to choose. */
export function snoozeAsked(
  ground: Ground,
  asked: {
    readonly incident: number;
    readonly who: string;
    readonly length: string | null;
    readonly why: string;
  },
): { readonly done: boolean; readonly said: string } {
  const length = snoozeLengths.find((each) => each === asked.length);
  if (length === undefined) return { done: false, said: "Choose for how long." };
  const why = asked.why.trim();
  try {
    const silence = snoozeIncident(ground, { ...asked, length, why: why === "" ? null : why });
    return { done: true, said: saySnoozed(ground, asked.incident, silence) };
  } catch (thrown) {
    if (!(thrown instanceof KnownError)) throw thrown;
    return { done: false, said: thrown.message };
  }
}

/** Until when an incident is silent, and how that is ended early. */
export function saySnoozed({ register, clock }: Ground, incident: number, silence: Silence): string {
  const zone = register.people.get(silence.owner)?.timeZone ?? register.timeZone;
  const until = sayInstant(silence.endsAt, zone, clock.now());
  return `Recorded: incident ${incident} is silent until ${until}, ${silence.owner}. Then it is looked at once more; its deadlines stand. To end it early: evenkeel silence end ${silence.id}`;
}
