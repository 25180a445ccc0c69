/**
 * Keeps silences: opens the windows of the configuration, notes what a silence holds back, and when it is over has the
 * automation looked at anew before anything is said. In: the store, now. Out: holds and messages owed. Called at every beat.
 */

import { addWorkingTime, workingTimeBetween } from "../automation/working-time.js";
import type { Silence } from "../domain/silence.js";
import { occurrenceAt } from "../incident/maintenance.js";
import { matchesAutomation } from "../incident/silence-match.js";
import type { IncidentRow } from "../store/incident.js";
import type { SilenceHold } from "../store/silence.js";
import { type Ground, type Watched, watchedOf } from "./ground.js";
import { isHeldByBlindness } from "./held-by-blindness.js";
import { saySilence, silenceOver } from "./silences.js";
import { calendarOf } from "./sla-time.js";
import { tellAlso, tellStill, tellUntold } from "./tell.js";

/** Does all of it; returns how many incidents were released. */
export function keepSilences(ground: Ground): number {
  const { store, clock } = ground;
  const now = clock.now();
  openWindows(ground, now);
  const inForce = store.silences.inForce(now);
  const holds = store.silences.openHolds();
  // asked at every beat, and nearly always nothing is silenced
  if (inForce.length === 0 && holds.length === 0) return 0;
  if (inForce.length > 0) holdBack(ground, inForce, holds, now);
  return holds.filter((hold) => letGo(ground, hold, inForce, now)).length;
}

/** An occurrence is stored when it begins: a restart or an edit of the configuration changes nothing about it. */
function openWindows({ store, register }: Ground, now: number): void {
  for (const window of register.maintenance) {
    const open = occurrenceAt(window, now);
    if (open === null) continue;
    const recurring = `${window.weekly} ${window.match.automations.join(", ")}`;
    if (store.silences.hasOccurrence(recurring, open.startsAt)) continue;
    const { match, why, owner } = window;
    store.transaction(() => store.silences.add({ ...open, createdAt: now, match, why, owner, recurring }));
  }
}

function holdBack(
  ground: Ground,
  inForce: readonly Silence[],
  holds: readonly SilenceHold[],
  now: number,
): void {
  const held = new Set(holds.filter((each) => each.findingKey === "").map((each) => each.incident));
  const fresh = ground.store.incidents
    .open()
    .filter((row) => !held.has(row.id))
    .flatMap((row) => {
      const silence = silenceOver(ground, row, now, inForce);
      return silence === null ? [] : [{ row, silence }];
    });
  if (fresh.length === 0) return;
  ground.store.transaction(() => {
    for (const { row, silence } of fresh) {
      // from its beginning on, also where nobody was there to note it
      const heldAt = Math.min(now, Math.max(silence.startsAt, row.announcedAt ?? row.openedAt));
      ground.store.silences.hold({ silence: silence.id, incident: row.id, findingKey: "", heldAt });
      // a snooze stands there already, by whoever asked for it
      if (silence.match.incidents.length === 0) noteSilence(ground, row, silence, now);
    }
  });
}

/** On the timeline, so that nobody wonders later why nothing was said. */
function noteSilence({ store }: Ground, { id, status }: IncidentRow, silence: Silence, at: number): void {
  const { owner: who, why } = silence;
  store.incidents.record(id, { at, event: "silence", from: status, to: status, who, why });
}

/** True when the hold is over. */
function letGo(ground: Ground, hold: SilenceHold, inForce: readonly Silence[], now: number): boolean {
  const { store } = ground;
  const row = store.incidents.get(hold.incident);
  const watched = row === null ? null : watchedOf(ground.register, row.automation);
  const silence = store.silences.get(hold.silence);
  if (row === null || watched === null || silence === null || row.endedAt !== null) {
    store.transaction(() => store.silences.release(hold.id, now));
    return true;
  }
  if (silence.endsAt > now) return stillMatched(ground, hold, { row, watched, silence, inForce }, now);
  const other = hold.findingKey === "" ? silenceOver(ground, row, now, inForce) : null;
  if (other !== null) {
    store.transaction(() => store.silences.passTo(hold.id, other.id));
    return false;
  }
  if (hold.askedAt === null) {
    store.transaction(() => {
      store.silences.markAsked(hold.id, now);
      if (watched.source !== null)
        store.freshSamples.ask(watched.entry.id, now, `the end of silence ${silence.id}`);
    });
    return false;
  }
  // said once it has been looked at, and not while nobody can say anything about the outputs
  if (store.freshSamples.isOwed(watched.entry.id)) return false;
  if (row.kind === "outputs" && isHeldByBlindness(ground, row.automation)) return false;
  store.transaction(() => release(ground, hold, { row, watched, silence }, now));
  return true;
}

interface Held {
  readonly row: IncidentRow;
  readonly watched: Watched;
  readonly silence: Silence;
}

/** While the silence lasts, only a finding outside of it ends the hold: that one was told as it came. */
function stillMatched(
  ground: Ground,
  hold: SilenceHold,
  { row, watched, silence, inForce }: Held & { readonly inForce: readonly Silence[] },
  now: number,
): boolean {
  const matched = matchesAutomation(silence.match, watched.entry);
  if (hold.findingKey !== "" || (matched && silenceOver(ground, row, now, inForce) !== null)) return false;
  ground.store.transaction(() => {
    ground.store.silences.release(hold.id, now);
    moveClocks(ground, watched, row, hold, now);
  });
  return true;
}

/** The problem is still there: people hear of it, and which silence kept it from them. */
function release(ground: Ground, hold: SilenceHold, { row, watched, silence }: Held, now: number): void {
  const { store } = ground;
  store.silences.release(hold.id, now);
  if (hold.findingKey !== "") {
    const active = store.findings.ofIncident(row.id).find((each) => each.key === hold.findingKey);
    if (active !== undefined && active.endedAt === null)
      tellAlso(ground, watched, row.id, active.finding, now);
    return;
  }
  store.incidents.record(row.id, {
    at: now,
    event: "silence-over",
    from: row.status,
    to: row.status,
    who: "evenkeel",
    why: `it is still there; was silenced ${saySilence(ground, silence, now)}`,
  });
  if (row.toldStatus === null) {
    tellUntold(ground, watched, now);
    return;
  }
  const moved = moveClocks(ground, watched, row, hold, now);
  tellStill(ground, watched, moved, saySilence(ground, silence, now), now);
}

/** What was left of the time when the silence began is left when it is over. */
function moveClocks(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  hold: SilenceHold,
  now: number,
): IncidentRow {
  const { acknowledgeBy, restoreBy } = row;
  if (row.toldStatus === null || acknowledgeBy === null || restoreBy === null) return row;
  const whose = calendarOf(ground, watched);
  const atWork = watched.entry.sla.clock === "working-hours";
  const later = (due: number) => {
    // what had run out before the silence stays missed
    if (due <= hold.heldAt) return due;
    return atWork
      ? addWorkingTime(now, workingTimeBetween(hold.heldAt, due, whose), whose)
      : now + due - hold.heldAt;
  };
  ground.store.incidents.moveClocks(row.id, {
    acknowledgeBy: later(acknowledgeBy),
    restoreBy: later(restoreBy),
  });
  const { incidentClocks } = ground.store;
  const clocks = incidentClocks.get(row.id);
  const laterIfSet = (due: number | null) => (due === null ? null : later(due));
  if (clocks !== null)
    incidentClocks.put({
      ...clocks,
      containBy: laterIfSet(clocks.containBy),
      acknowledgementExpiresAt: laterIfSet(clocks.acknowledgementExpiresAt),
      remindAt: laterIfSet(clocks.remindAt),
    });
  return ground.store.incidents.get(row.id) ?? row;
}
