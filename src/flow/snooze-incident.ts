/**
 * A snooze: one incident is silent for a while. In: which incident, how long, who. Out: the silence on record. A button, a
 * page and the command line start this same journey; at its end a fresh sample is taken, as with any silence.
 */
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { matchesAll, type Silence } from "../domain/silence.js";
import { hourMs } from "../domain/time.js";
import { type Ground, watchedOf } from "./ground.js";
import { insertSilence, requirePerson } from "./order-silence.js";
import { parseUntil } from "./parse-until.js";

/** How long a snooze can be. */
export const snoozeLengths = ["1h", "4h", "tomorrow"] as const;

/** Someone wants to hear nothing of an incident for a while. */
export const snoozeRequest = z.strictObject({
  incident: z.int(),
  /** `tomorrow`: until 09:00 of the next day, where the owner is. */
  length: z.enum(snoozeLengths),
  who: z.string().min(1).max(200),
  why: z.string().max(2_000).nullable(),
});

/** Silences one incident; throws KnownError where there is none, it is over, or nobody knows who asks. */
export function snoozeIncident(ground: Ground, request: z.infer<typeof snoozeRequest>): Silence {
  const { store, clock } = ground;
  const now = clock.now();
  const row = store.incidents.get(request.incident);
  if (row === null) throw new KnownError("incident-unknown", `No incident ${request.incident}.`);
  if (row.endedAt !== null)
    throw new KnownError("incident-move", `Incident ${row.id} is over; there is nothing to snooze.`);
  const who = requirePerson(ground, request.who);
  const owner = watchedOf(ground.register, row.automation)?.entry.owner;
  const zone = ground.register.people.get(owner ?? "")?.timeZone ?? ground.register.timeZone;
  const until = endOf(request.length, zone, now);
  const why = request.why ?? `snoozed by ${who}`;
  return store.transaction(() => {
    const match = { ...matchesAll, incidents: [row.id] };
    const silence = insertSilence(ground, { match, until, why, who }, now);
    store.incidents.record(row.id, {
      at: now,
      event: "snooze",
      from: row.status,
      to: row.status,
      who,
      why: request.why,
    });
    return silence;
  });
}

function endOf(length: (typeof snoozeLengths)[number], zone: string, now: number): number {
  switch (length) {
    case "1h":
      return now + hourMs;
    case "4h":
      return now + 4 * hourMs;
    case "tomorrow": {
      const midnight = parseUntil("00:00", zone, now) ?? now;
      return parseUntil("09:00", zone, midnight) ?? midnight;
    }
  }
}
