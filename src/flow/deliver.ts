/**
 * Sends what is owed: one message in flight per channel, in order, marked before and after.
 * In: the outbox. Out: what became of each try. A crash repeats at most one message per channel, with the same id;
 * what may have arrived is looked up first where the channel can (RELIABILITY 3.5).
 */
import { hourMs } from "../domain/time.js";
import { digestLifeMs, type FailedTry, incidentLifeMs, nextTryAt, wantsFallback } from "../notify/backoff.js";
import type { Channel, Delivery, SendContext } from "../notify/channel-type.js";
import { classifyThrown } from "../notify/classify-thrown.js";
import type { OutboxRow } from "../store/outbox.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { passOn } from "./pass-on.js";

/** Messages of one channel sent in one go. */
const messagesAtOnce = 100;

/**
 * Sends what is due on every channel; channels do not wait for each other. Returns how many were sent.
 * After `stop` no further message is taken up; `cut` breaks off those under way, which may then have arrived.
 */
export async function deliverDue(
  ground: Ground,
  busy: Set<string>,
  stop: AbortSignal,
  cut: AbortSignal = stop,
): Promise<number> {
  const counts = await Promise.all(
    ground.register.channels.map((ready) => deliverChannel(ground, ready, busy, { stop, cut })),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** After a start: whatever was being sent may have arrived. Returns how many messages that concerns. */
export function recoverOutbox(ground: Ground): number {
  return ground.store.transaction(() => ground.store.outbox.markInterrupted());
}

async function deliverChannel(
  ground: Ground,
  ready: ReadyChannel,
  busy: Set<string>,
  signals: { stop: AbortSignal; cut: AbortSignal },
): Promise<number> {
  if (busy.has(ready.id)) return 0;
  busy.add(ready.id);
  try {
    let sent = 0;
    for (let tried = 0; tried < messagesAtOnce && !signals.stop.aborted; tried += 1) {
      const row = dueHead(ground, ready.id);
      if (row === null) break;
      if (await tryOnce(ground, ready, row, signals.cut)) sent += 1;
    }
    return sent;
  } finally {
    busy.delete(ready.id);
  }
}

function dueHead(ground: Ground, channel: string): OutboxRow | null {
  const now = ground.clock.now();
  const { blockedUntil } = ground.store.channels.get(channel);
  if (blockedUntil !== null && blockedUntil > now) return null;
  const row = ground.store.outbox.head(channel);
  return row === null || row.notBefore > now ? null : row;
}

async function tryOnce(
  ground: Ground,
  ready: ReadyChannel,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, clock } = ground;
  const startedAt = clock.now();
  const context: SendContext = {
    notificationId: row.id,
    attempt: row.attempts + 1,
    root: row.incident === null ? null : store.outbox.rootReference(row.incident, ready.id),
    firstTryAt: row.firstTryAt ?? startedAt,
    progress: row.progress,
    signal,
  };
  // none is in flight here: one marked as being sent was sent, and its answer could not be noted
  const mayHaveArrived = row.state === "ambiguous" || row.state === "sending";
  // a look-up counts as a try: where it cannot be made, the waits grow and the other channel gets its turn
  store.transaction(() => store.outbox.markSending(row.seq, startedAt));
  const tried = { ...row, attempts: row.attempts + 1, firstTryAt: context.firstTryAt };
  const known = mayHaveArrived ? await lookUp(ready.channel, row, context) : null;
  // not known yet whether it arrived: the next try looks again, it does not send
  if (known !== null) return settle(ground, ready, tried, known, "ambiguous");
  return settle(ground, ready, tried, await send(ready.channel, row, context), "pending");
}

/** Whether an interrupted message arrived; null: it did not, or the channel cannot say. */
async function lookUp(channel: Channel, row: OutboxRow, context: SendContext): Promise<Delivery | null> {
  if (channel.reconcile === undefined) return null;
  try {
    return await channel.reconcile(row.payload, context);
  } catch (thrown) {
    return classifyThrown(thrown);
  }
}

async function send(channel: Channel, row: OutboxRow, context: SendContext): Promise<Delivery> {
  try {
    return await channel.send(row.payload, context);
  } catch (thrown) {
    return classifyThrown(thrown);
  }
}

/** `waitsAs`: what it is until the next try, where this one did not settle it. */
function settle(
  ground: Ground,
  ready: ReadyChannel,
  row: OutboxRow,
  delivery: Delivery,
  waitsAs: Failure["state"],
): boolean {
  const now = ground.clock.now();
  ground.store.transaction(() => {
    switch (delivery.status) {
      case "sent":
        ground.store.outbox.settle(row.seq, { state: "sent", sentAt: now, reference: delivery.reference });
        ground.store.channels.put(ready.id, { blockedUntil: null, brokenSince: null, reason: null });
        return;
      case "retry":
        return again(ground, ready, row, {
          ...delivery,
          state: waitsAs,
          progress: delivery.progress ?? null,
          now,
        });
      case "ambiguous":
        return again(ground, ready, row, {
          ...delivery,
          afterMs: null,
          state: "ambiguous",
          progress: null,
          now,
        });
      case "refused":
        return giveUp(ground, ready, row, delivery.reason, now);
    }
  });
  return delivery.status === "sent";
}

interface Failure {
  readonly state: "pending" | "ambiguous";
  readonly reason: string;
  readonly afterMs: number | null;
  readonly progress: OutboxRow["progress"];
  readonly now: number;
}

function again(ground: Ground, ready: ReadyChannel, row: OutboxRow, failure: Failure): void {
  const { now } = failure;
  const lifeMs = row.kind === "digest" ? digestLifeMs : incidentLifeMs;
  const tried: FailedTry = {
    attempts: row.attempts,
    firstTryAt: row.firstTryAt ?? now,
    now,
    afterMs: failure.afterMs,
    lifeMs,
  };
  const notBefore = nextTryAt(tried, ground.random.next());
  if (notBefore === null) {
    giveUp(ground, ready, row, `${failure.reason}; tried for ${Math.round(lifeMs / hourMs)} h`, now);
    return;
  }
  ground.store.outbox.settle(row.seq, {
    state: failure.state,
    error: failure.reason,
    notBefore,
    progress: failure.progress,
  });
  const { brokenSince } = ground.store.channels.get(ready.id);
  // a receiver that asks for time blocks the channel, not the message alone
  ground.store.channels.put(ready.id, {
    blockedUntil: failure.afterMs === null ? null : notBefore,
    brokenSince: brokenSince ?? now,
    reason: failure.reason,
  });
  if (wantsFallback(tried)) passOn(ground, ready, row, now);
}

function giveUp(ground: Ground, ready: ReadyChannel, row: OutboxRow, reason: string, now: number): void {
  ground.store.outbox.settle(row.seq, { state: "dead", error: reason });
  const { brokenSince } = ground.store.channels.get(ready.id);
  ground.store.channels.put(ready.id, { blockedUntil: null, brokenSince: brokenSince ?? now, reason });
  ground.logger.error("a message could not be delivered", {
    channel: ready.id,
    notification: row.id,
    reason,
  });
  passOn(ground, ready, row, now);
}
