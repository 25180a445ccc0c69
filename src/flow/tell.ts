/**
 * What people are owed about incidents, inside the transaction of the move that causes it.
 * In: incidents whose present status nobody was told. Out: messages in the outbox, rendered once per channel.
 * Never sends: delivery reads the outbox. An open *blind* incident holds back what is said about the outputs.
 */
import { createHash } from "node:crypto";
import type { Finding } from "../domain/finding.js";
import type { IncidentMove } from "../domain/incident.js";
import type { Json } from "../domain/json.js";
import { findingKey as keyOf } from "../incident/finding-key.js";
import { compose } from "../notify/compose.js";
import type { IncidentMessage } from "../notify/message.js";
import type { Announcement } from "../notify/story.js";
import type { IncidentRow } from "../store/incident.js";
import { channelsToTell } from "./channels-to-tell.js";
import type { Ground, ReadyChannel, Watched } from "./ground.js";
import { inGroup, joinGroup } from "./groups.js";
import { isHeldByBlindness, restsOnReport } from "./held-by-blindness.js";
import { startClocks } from "./incident-clocks.js";
import { storyOf } from "./incident-story.js";
import { withLinks } from "./issue-links.js";
import { isSilenced, silenceOfFinding } from "./silences.js";
import { deadlinesFrom } from "./sla-time.js";
import { isHeldBack } from "./source-down.js";

/** Announces every incident of an automation that stands elsewhere than people were told. */
export function tellUntold(ground: Ground, watched: Watched, now: number): void {
  const { incidents } = ground.store;
  const blind = isHeldByBlindness(ground, watched.entry.id);
  for (const row of incidents.untold(watched.entry.id)) {
    if (row.kind === "outputs" && blind && !restsOnReport(ground, row)) continue;
    if (!isOver(row) && isSilenced(ground, row, now)) continue;
    if (isHeldBack(ground, watched, row, now)) continue;
    const announced = row.toldStatus === null ? announce(ground, watched, row, now) : row;
    if (row.toldStatus === null) joinGroup(ground, watched, row, now);
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
  if (row === null || row.toldStatus === null || isSilenced(ground, row, now)) return;
  const silence = silenceOfFinding(ground, watched, incident, finding, now);
  if (silence === null) owe(ground, watched, row, { kind: "also", finding }, now);
  else
    ground.store.silences.hold({
      silence: silence.id,
      incident,
      findingKey: keyOf(finding),
      heldAt: now,
    });
}

/** Tells that an incident people know is still there after a silence. */
export function tellStill(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  silence: string,
  now: number,
): void {
  owe(ground, watched, row, { kind: "still", silence }, now);
  ground.store.incidents.setTold(row.id, row.status);
}

/** A silence keeps no good news back from people who know of the incident. */
function isOver(row: IncidentRow): boolean {
  return row.toldStatus !== null && (row.endedAt !== null || row.status === "recovering");
}

/** Tells whoever has it now that a clock ran out, that an acknowledgement expired, or that it still waits. */
export function tellClock(
  ground: Ground,
  watched: Watched,
  row: IncidentRow,
  announcement: Extract<Announcement, { kind: "escalated" | "reminder" }>,
  now: number,
): void {
  owe(ground, watched, row, announcement, now);
}

function announce(ground: Ground, watched: Watched, row: IncidentRow, now: number): IncidentRow {
  ground.store.incidents.setAnnounced(row.id, now, deadlinesFrom(ground, watched, now));
  startClocks(ground, watched, row, now);
  return ground.store.incidents.get(row.id) ?? row;
}

function announcementOf(ground: Ground, row: IncidentRow): Announcement {
  if (row.toldStatus === null) return { kind: "opened" };
  const aside = row.untoldMove === null ? null : ground.store.incidents.move(row.untoldMove);
  if (aside !== null && row.toldStatus === row.status) return { kind: "moved", move: aside };
  const move =
    ground.store.incidents
      .moves(row.id)
      .findLast((each) => each.to === row.status && each.from !== each.to) ?? lastResort(row);
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
  const story = storyOf(ground, watched, row, now);
  const channels = channelsToTell(ground, watched, row, { called: story.onCall, at: now });
  if (channels.length === 0) return;
  const subject = subjectOf(announcement);
  // the same on every channel but for its id
  const composed = compose(announcement, story, now);
  const { message, joins } = inGroup(ground, row, composed);
  for (const channel of channels)
    oweMessage(ground, channel, {
      message: { ...message, notificationId: ground.random.hex(16) },
      joins: joins(channel.id),
      incident: row.id,
      dedupeKey: `${channel.id}:incident:${row.id}:${announcement.kind}:r${row.revision}${subject}`,
      now,
    });
}

/** Tells two messages of one kind about one revision apart. */
function subjectOf(announcement: Announcement): string {
  if (announcement.kind === "also") return `:${keyOf(announcement.finding)}:${announcement.finding.foundAt}`;
  return announcement.kind === "reminder" ? `:n${announcement.number}` : "";
}

/** Renders a message for one channel and owes it. */
export function oweMessage(
  ground: Ground,
  channel: ReadyChannel,
  owed: {
    message: IncidentMessage;
    /** What the channel returned for the message that this one adds to. */
    joins?: Json | null;
    incident: number | null;
    dedupeKey: string;
    now: number;
  },
): void {
  const message = withLinks(ground, channel, owed.message);
  const payload = channel.channel.render(message, owed.joins ?? null);
  ground.store.outbox.owe({
    id: owed.message.notificationId,
    incident: owed.incident,
    channel: channel.id,
    // a group's message is what opens the incident it is owed for
    kind: owed.message.kind === "group" ? "opened" : owed.message.kind,
    payload,
    payloadHash: createHash("sha256").update(JSON.stringify(payload)).digest("hex"),
    message: JSON.stringify(message),
    dedupeKey: owed.dedupeKey,
    createdAt: owed.now,
  });
}
