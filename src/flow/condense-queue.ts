/**
 * Makes fewer messages of what waits for one channel; call inside a transaction, before one is taken up. An opening whose
 * incident has ended meanwhile becomes one message with its end (RELIABILITY 2.3, fault 40). Where the channel asks for
 * it, incident messages behind the first five become one summary (fault 41). Nothing is dropped: what another message
 * speaks for is kept and points at it.
 */
import { createHash } from "node:crypto";
import { isEnded } from "../domain/incident.js";
import { composeCombined, composeSummary } from "../notify/compose-together.js";
import type { IncidentMessage } from "../notify/message.js";
import { readMessage } from "../notify/read-message.js";
import type { QueuedRow } from "../store/outbox-queue.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { pageUrl } from "./ground.js";
import { oweMessage } from "./tell.js";

/** So many incident messages may wait one by one. */
const waitingOneByOne = 5;
/** A summary waits so long for more of the same storm. */
const stormMs = 60_000;
/** Messages looked at in one go; the rest is looked at when these are fewer. */
const lookedAt = 1_000;
/** Messages that a summary reads for its list and its recipients. */
const readForSummary = 100;

const incidentKinds: ReadonlySet<string> = new Set([
  "opened",
  "moved",
  "still",
  "escalated",
  "reminder",
  "recovered",
  "ended",
]);

/** One message for an opening and the end that waits behind it. Returns whether there was one. */
export function combineOpening(
  ground: Ground,
  ready: ReadyChannel,
  row: Pick<QueuedRow, "seq" | "kind" | "incident" | "attempts">,
): boolean {
  if (row.kind !== "opened" || row.incident === null) return false;
  const { outbox } = ground.store;
  const behind = outbox.waitingBehind(row.incident, ready.id, row.seq);
  const end = behind.findLast((each) => each.kind === "ended" || each.kind === "recovered");
  if (end === undefined) return false;
  const ended = readMessage(JSON.parse(end.message));
  if (ended.incident === null || !isEnded(ended.incident.status)) return false;
  const opened = readMessage(JSON.parse(outbox.messageText(row.seq) ?? "null"));
  const notificationId = ground.random.hex(16);
  const unreachable = row.attempts > 0 || ground.store.channels.get(ready.id).brokenSince !== null;
  oweMessage(ground, ready, {
    message: composeCombined(opened, ended, { notificationId, unreachable }),
    incident: row.incident,
    dedupeKey: `${ready.id}:opened-and-ended:${row.seq}`,
    now: ground.clock.now(),
  });
  const together = outbox.seqOf(notificationId, ready.id);
  if (together === null) return false;
  for (const each of [row, ...behind.filter(({ seq }) => seq <= end.seq)])
    outbox.carry(each.seq, together, "told together with what became of it");
  return true;
}

/** Combines and sums up what waits for a channel that people read. */
export function condenseQueue(ground: Ground, ready: ReadyChannel): void {
  if (!ready.pacing?.coalesce) return;
  const { outbox } = ground.store;
  const untried = (row: QueuedRow) => row.state === "pending" && row.attempts === 0;
  const before = outbox.queued(ready.id, lookedAt);
  // what comes while a summary waits belongs to it, however little it is
  if (before.length <= waitingOneByOne && !before.some((row) => row.kind === "summary")) return;
  for (const row of before.filter(untried)) combineOpening(ground, ready, row);
  const waiting = outbox.queued(ready.id, lookedAt).filter(untried);
  const summary = waiting.findLast((row) => row.kind === "summary");
  const single = waiting.filter((row) => row.incident !== null && incidentKinds.has(row.kind));
  const rest =
    summary === undefined ? single.slice(waitingOneByOne) : single.filter((row) => row.seq > summary.seq);
  const first = rest[0];
  if (first === undefined || (summary === undefined && rest.length < 2)) return;
  sumUp(ground, ready, summary?.seq ?? null, rest);
}

/** The rest goes into the summary that waits, or into a new one. */
function sumUp(ground: Ground, ready: ReadyChannel, known: number | null, rest: readonly QueuedRow[]): void {
  const { store, clock } = ground;
  const why = "told in a summary with others that came at once";
  const now = clock.now();
  const seq = known ?? beginSummary(ground, ready, rest, now);
  if (seq === null) return;
  for (const row of rest) store.outbox.carry(row.seq, seq, why);
  const id = store.outbox.get(seq)?.id ?? "";
  const message = summaryOf(ground, seq, id, now);
  const payload = JSON.stringify(ready.channel.render(message));
  const payloadHash = createHash("sha256").update(payload).digest("hex");
  store.outbox.rewrite(seq, { payload, payloadHash, message: JSON.stringify(message) });
}

/** An empty summary behind what waits, held until the storm has had its minute. */
function beginSummary(
  ground: Ground,
  ready: ReadyChannel,
  rest: readonly QueuedRow[],
  now: number,
): number | null {
  const { outbox } = ground.store;
  const notificationId = ground.random.hex(16);
  const first = rest[0];
  oweMessage(ground, ready, {
    message: summaryOf(ground, 0, notificationId, now),
    incident: null,
    dedupeKey: `${ready.id}:summary:${first?.seq ?? 0}`,
    now,
  });
  const seq = outbox.seqOf(notificationId, ready.id);
  if (seq !== null) outbox.holdUntil(seq, Math.min(now, first?.createdAt ?? now) + stormMs);
  return seq;
}

function summaryOf(ground: Ground, seq: number, notificationId: string, now: number): IncidentMessage {
  const { outbox } = ground.store;
  const { register } = ground;
  const tally = outbox.carriedTally(seq);
  return composeSummary(
    {
      notificationId,
      instance: register.name,
      zone: register.timeZone,
      incidents: tally.incidents,
      opened: tally.opened,
      withinMs: tally.messages === 0 ? 0 : tally.lastAt - tally.firstAt,
      messages: outbox.carriedTexts(seq, readForSummary).map((text) => readMessage(JSON.parse(text))),
      url: pageUrl(register, "/messages"),
    },
    now,
  );
}
