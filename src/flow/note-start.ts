/**
 * What a start owes: one word that the watch was not running, from when to when, and what becomes of what was due.
 * In: the last sign of life, the stored schedules. Out: one notice a channel, once for each absence.
 */
import { composeAbsence } from "../notify/compose-absence.js";
import type { Ground } from "./ground.js";
import { checkClockAtStart } from "./keep-time.js";
import { oweMessage } from "./tell.js";

/** A shorter absence is a restart and worth no message; so no two starts within it say anything. */
const worthSayingMs = 10 * 60_000;

/** Call once at the start, before the first beat. Returns true when a notice is owed. */
export function noteStart(ground: Ground): boolean {
  const { store, register, clock, random } = ground;
  const now = clock.now();
  const aliveAt = store.meta.get("last_alive");
  if (checkClockAtStart(ground) || aliveAt === null) return false;
  const awaySince = Number(aliveAt);
  if (now - awaySince < worthSayingMs) return false;
  const missed = store.schedules.list().filter((row) => row.nextDueAt <= now).length;
  const facts = {
    instance: register.name,
    zone: register.timeZone,
    awaySince,
    automations: missed,
    openIncidents: store.incidents.open().length,
    recipients: [{ name: register.aiOwner.name, email: register.aiOwner.email }],
  };
  store.transaction(() => {
    for (const channel of register.channels.filter((each) => !each.onlyAsFallback)) {
      const message = composeAbsence({ ...facts, notificationId: random.hex(16) }, now);
      oweMessage(ground, channel, {
        message,
        incident: null,
        dedupeKey: `${channel.id}:absence:${awaySince}`,
        now,
      });
    }
  });
  return true;
}
