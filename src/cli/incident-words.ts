import type { Automation } from "../domain/automation.js";
import { type Ground, watchedOf } from "../flow/ground.js";
import { callOrder } from "../flow/incident-story.js";
import { shownSilence } from "../flow/silences.js";
import type { IncidentRow } from "../store/incident.js";
import { sayCause } from "../wording/causes.js";
import { sayDuration } from "../wording/durations.js";
import { upperFirst } from "../wording/sentences.js";
import { sayStatus, type WatchState } from "../wording/states.js";
import { sayInstant } from "../wording/times.js";

/** The mark of terminal.md and its state. */
export function markOf(row: IncidentRow): { mark: string; state: WatchState } {
  if (row.endedAt !== null) return { mark: "=", state: "steady" };
  return row.kind === "blind" ? { mark: "?", state: "blind" } : { mark: "!", state: "incident" };
}

/** The register's entry; null where the configuration no longer has it. */
export function entryOf(ground: Ground, row: IncidentRow): Automation | null {
  return watchedOf(ground.register, row.automation)?.entry ?? null;
}

/** The automation's title. */
export function titleOf(ground: Ground, row: IncidentRow): string {
  return entryOf(ground, row)?.title ?? row.automation;
}

/** What is wrong, in one sentence. */
export function whatOf(ground: Ground, row: IncidentRow): string {
  if (row.kind !== "blind") return upperFirst(row.title);
  const reason = ground.store.findings.ofIncident(row.id)[0]?.finding.sentence ?? row.title;
  return `${upperFirst(reason)}; quality unknown`;
}

/** "by hand", "ended: the model", "ended, cause not stated". */
export function stateOf({ store }: Ground, row: IncidentRow): string {
  const status = sayStatus(row.status);
  if (row.status !== "resolved") return status;
  const closing = store.closings.of(row.id);
  return closing === null ? `${status}, cause not stated` : `${status}: ${sayCause(closing.cause)}`;
}

/** Since when it has been wrong. */
export function sinceOf(ground: Ground, row: IncidentRow): string {
  const findings = ground.store.findings.ofIncident(row.id).map((each) => each.finding);
  const main = findings.find((finding) => finding.level === "page") ?? findings[0];
  return sayInstant(main?.changedAt ?? row.openedAt, ground.register.timeZone, ground.clock.now());
}

/** Who has to move next. */
export function whoOf(ground: Ground, row: IncidentRow): { role: string; name: string } {
  const watched = watchedOf(ground.register, row.automation);
  if (row.acknowledgedBy !== null) return { role: "", name: row.acknowledgedBy };
  if (watched === null) return { role: "", name: ground.register.aiOwner.name };
  const calls = callOrder(watched, ground, row.announcedAt ?? ground.clock.now());
  const name = calls[Math.min(row.escalations, calls.length - 1)] ?? watched.entry.owner;
  return { role: row.escalations === 0 ? "on call " : "called next: ", name };
}

/** "acknowledge by 08:02 (52 min left)". */
export function deadline(ground: Ground, row: IncidentRow, { by }: { by: string }): string {
  const { timeZone } = ground.register;
  const now = ground.clock.now();
  if (row.endedAt !== null) return `ended ${sayInstant(row.endedAt, timeZone, now)}`;
  const silence = shownSilence(ground, row, now);
  if (silence !== null)
    return silence.endsAt > now
      ? `silenced until ${sayInstant(silence.endsAt, timeZone, now)}`
      : "silence over, being looked at";
  const { what, due } = nextClock(ground, row);
  if (due === null) return "nobody told yet";
  const left =
    due >= now ? `${sayDuration(due - now)}${by === "" ? "" : " left"}` : `${sayDuration(now - due)} late`;
  return `${what} ${by}${sayInstant(due, timeZone, now)} (${left})`;
}

/** The clock that runs out next: to acknowledge, to contain, then to restore. */
function nextClock(ground: Ground, row: IncidentRow): { what: string; due: number | null } {
  if (row.status === "open") return { what: "acknowledge", due: row.acknowledgeBy };
  const clocks = ground.store.incidentClocks.get(row.id);
  const contained = row.status !== "acknowledged" || clocks === null || clocks.containedAt !== null;
  if (!contained && clocks.containBy !== null && clocks.containMissedAt === null)
    return { what: "by hand or paused", due: clocks.containBy };
  return { what: row.kind === "blind" ? "readable again" : "working again", due: row.restoreBy };
}
