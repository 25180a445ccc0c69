/**
 * What a start owes: one word that the watch was not running, from when to when, and what becomes of what was due.
 * In: the last sign of life, the stored schedules. Out: one notice a channel, once for each absence.
 */
import { composeAbsence } from "../notify/compose-absence.js";
import { usualChannels } from "./channels-for.js";
import type { Ground } from "./ground.js";
import { checkClockAtStart } from "./keep-time.js";
import { tellEveryone } from "./tell-everyone.js";

/** A shorter absence is a restart and worth no message; so no two starts within it say anything. */
const worthSayingMs = 10 * 60_000;

/** Call once at the start, before the first beat. Returns true when a notice is owed. */
export function noteStart(ground: Ground): boolean {
  const { store, clock } = ground;
  const now = clock.now();
  const aliveAt = store.meta.get("last_alive");
  if (checkClockAtStart(ground) || aliveAt === null) return false;
  const awaySince = Number(aliveAt);
  if (now - awaySince < worthSayingMs) return false;
  const missed = store.schedules.list().filter((row) => row.nextDueAt <= now).length;
  const seen = { awaySince, automations: missed, openIncidents: store.incidents.open().length };
  store.transaction(() =>
    tellEveryone(ground, usualChannels(ground), `absence:${awaySince}`, (facts, at) =>
      composeAbsence({ ...facts, ...seen }, at),
    ),
  );
  return true;
}
