/**
 * What people are owed about incidents, inside the transaction of the move that causes it.
 * In: incidents whose present status nobody was told. Out: messages in the outbox, rendered once per channel.
 * Never sends: delivery reads the outbox. An open *blind* incident holds back what is said about the outputs.
 */
import { createHash } from "node:crypto";
import { onCallAt } from "../automation/on-call.js";
import { addWorkingTime } from "../automation/working-time.js";
import type { Finding } from "../domain/finding.js";
import type { Incident, IncidentMove } from "../domain/incident.js";
import { deadlines } from "../incident/deadlines.js";
import { compose } from "../notify/compose.js";
import type { IncidentMessage } from "../notify/message.js";
import type { Announcement, Story } from "../notify/story.js";
import type { StoredFinding } from "../store/finding.js";
import type { IncidentRow } from "../store/incident.js";
import { changedSince } from "./changed-since.js";
import { changeBefore } from "./changes/change-before.js";
import { channelsToTell } from "./channels-to-tell.js";
import { type Ground, incidentUrl, type ReadyChannel, type Watched, watchedOf } from "./ground.js";
import { remarksOf } from "./remarks.js";
import { showExamples } from "./show-examples.js";

/** Announces every incident of an automation that stands elsewhere than people were told. */
export function tellUntold(ground: Ground, watched: Watched, now: number): void {
  const { incidents } = ground.store;
  const blind = incidents.openOf(watched.entry.id, "blind") !== null;
  for (const row of incidents.untold(watched.entry.id)) {
    if (row.kind === "outputs" && blind) continue;
    const announced = row.toldStatus === null ? announce(ground, watched, row, now) : row;
    owe(ground, watched, announced, announcementOf(ground, row), now);
    incidents.setTold(row.id, row.status);
  }
}

/** Tells that another problem joined an incident people know. */
export function tellAlso(
  ground: Ground,
  watched: Watched,
  incident: number,
  finding: Finding,
  now: number,
): void {
  const row = ground.store.incidents.get(incident);
  if (row === null || row.toldStatus === null) return;
  owe(ground, watched, row, { kind: "also", finding }, now);
}

/** Tells the next person that nobody acknowledged in time. */
export function tellEscalation(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  at: { missedAt: number; now: number },
): void {
  const told = callOrder(watched, ground, row.announcedAt ?? at.now).slice(0, row.escalations);
  owe(ground, watched, row, { kind: "escalated", missedAt: at.missedAt, told }, at.now);
}

/** By when someone called now has to have acknowledged, and by when it has to work again. */
export function deadlinesFrom(
  ground: Ground,
  watched: Watched,
  now: number,
): { acknowledgeBy: number; restoreBy: number } {
  const owner = ground.register.people.get(watched.entry.owner) ?? ground.register.aiOwner;
  return deadlines(now, watched.entry.sla, (startAt, durationMs) =>
    addWorkingTime(startAt, durationMs, owner),
  );
}

function announce(ground: Ground, watched: Watched, row: IncidentRow, now: number): IncidentRow {
  ground.store.incidents.setAnnounced(row.id, now, deadlinesFrom(ground, watched, now));
  return ground.store.incidents.get(row.id) ?? row;
}

function announcementOf(ground: Ground, row: IncidentRow): Announcement {
  if (row.toldStatus === null) return { kind: "opened" };
  const move =
    ground.store.incidents.moves(row.id).findLast((each) => each.to === row.status) ?? lastResort(row);
  if (row.status === "recovering" || (row.status === "resolved" && move.event === "recover")) {
    return { kind: "recovered", move };
  }
  return row.endedAt === null ? { kind: "moved", move } : { kind: "ended", move };
}

function lastResort(row: IncidentRow): IncidentMove {
  return {
    at: row.endedAt ?? row.openedAt,
    event: "move",
    from: null,
    to: row.status,
    who: "evenkeel",
    why: null,
  };
}

function owe(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  announcement: Announcement,
  now: number,
): void {
  const channels = channelsToTell(ground, row);
  if (channels.length === 0) return;
  const subject =
    announcement.kind === "also" ? `:${announcement.finding.metric ?? announcement.finding.check}` : "";
  // the same on every channel but for its id
  const message = compose(announcement, storyOf(ground, watched, row, now), now);
  for (const channel of channels)
    oweMessage(ground, channel, {
      message: { ...message, notificationId: ground.random.hex(16) },
      incident: row.id,
      dedupeKey: `${channel.id}:incident:${row.id}:${announcement.kind}:r${row.revision}${subject}`,
      now,
    });
}

/** Renders a message for one channel and owes it. */
export function oweMessage(
  ground: Ground,
  channel: ReadyChannel,
  owed: { message: IncidentMessage; incident: number | null; dedupeKey: string; now: number },
): void {
  const payload = channel.channel.render(owed.message);
  ground.store.outbox.owe({
    id: owed.message.notificationId,
    incident: owed.incident,
    channel: channel.id,
    kind: owed.message.kind,
    payload,
    payloadHash: createHash("sha256").update(JSON.stringify(payload)).digest("hex"),
    message: JSON.stringify(owed.message),
    dedupeKey: owed.dedupeKey,
    createdAt: owed.now,
  });
}

/** What is known about an incident now, for a page; null: there is no such incident. */
export function incidentStory(ground: Ground, id: number, now: number): Story | null {
  const row = ground.store.incidents.get(id);
  const watched = row === null ? null : watchedOf(ground.register, row.automation);
  if (row === null || watched === null) return null;
  return storyOf(ground, watched, row, now);
}

function storyOf(ground: Ground, watched: Watched, row: IncidentRow, now: number): Story {
  const { register, store } = ground;
  const { entry } = watched;
  const moves = store.incidents.moves(row.id);
  const findings = toldFindings(store.findings.ofIncident(row.id), moves);
  const incident: Incident = { ...row, findings };
  const calls = callOrder(watched, ground, row.announcedAt ?? now);
  const main = findings.find((finding) => finding.level === "page") ?? findings[0] ?? null;
  return {
    // each channel's message gets its own
    notificationId: "",
    instance: register.name,
    incident,
    automation: entry,
    people: [...register.people.values()],
    onCall: calls[Math.min(row.escalations, calls.length - 1)] ?? entry.owner,
    next: calls[row.escalations + 1] ?? null,
    moves,
    examples: main === null || row.kind === "blind" ? [] : showExamples(ground, watched, main),
    change: main === null ? null : changeBefore(ground, entry.id, main),
    remarks:
      main === null ? [] : remarksOf(ground, watched, { main, told: findings, isOver: row.endedAt !== null }),
    exposure: main === null ? null : exposureOf(ground, entry.id, main),
    pageUrl: incidentUrl(register, row.id),
  };
}

/** What is true now; of an incident that has ended, what was true since it was last opened. */
function toldFindings(all: readonly StoredFinding[], moves: readonly IncidentMove[]): readonly Finding[] {
  const active = all.filter((each) => each.endedAt === null);
  const openedAgainAt = moves.findLast((each) => each.event === "reopen")?.at ?? 0;
  const told = active.length > 0 ? active : all.filter((each) => each.finding.foundAt >= openedAgainAt);
  return told.map((each) => each.finding);
}

/** Who is called, in order: on call, deputy, owner, AI owner; each once. */
export function callOrder(watched: Watched, ground: Ground, at: number): readonly string[] {
  const { entry } = watched;
  const names = [onCallAt(entry, at), entry.deputy, entry.owner, ground.register.aiOwner.name];
  return [...new Set(names.filter((name): name is string => name !== null))];
}

function exposureOf(ground: Ground, automation: string, finding: Finding): Story["exposure"] {
  const changedAt = changedSince(ground, automation, finding);
  if (finding.check === null || changedAt === null) return null;
  const wrong = ground.store.outputs.countFailingSince(automation, finding.check, changedAt);
  return { outputs: ground.store.outputs.countSince(automation, changedAt), wrong };
}
