/**
 * Sends what is owed: one message in flight per channel, in order, marked before and after.
 * In: the outbox. Out: what became of each try. A crash repeats at most one message per channel, with the same id;
 * what may have arrived is looked up first where the channel can (RELIABILITY 3.5). The mark *sent* of one message and
 * *sending* of the next are one commit.
 */
import type { Channel, Delivery, SendContext } from "../notify/channel-type.js";
import { classifyThrown } from "../notify/classify-thrown.js";
import type { OutboxRow } from "../store/outbox.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { type Outcome, settle } from "./settle-message.js";
import { shortWaitMs, type Taken, takeNext } from "./take-message.js";

/** Messages of one channel sent in one go: a channel that was taken out of the configuration is not used for longer. */
export const messagesAtOnce = 500;

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
  if (busy.has(ready.id) || signals.stop.aborted) return 0;
  busy.add(ready.id);
  const { store } = ground;
  try {
    let sent = 0;
    let tried = 0;
    let taken = await takeFirst(ground, ready, signals.stop);
    while (taken !== null) {
      const outcome = await attempt(ready.channel, taken, signals.cut);
      tried += 1;
      if (outcome.delivery.status === "sent") sent += 1;
      const { row } = taken;
      const goesOn = tried < messagesAtOnce && !signals.stop.aborted;
      taken = store.transaction(() => {
        settle(ground, ready, row, outcome);
        return goesOn ? takeNext(ground, ready) : null;
      });
      if (taken === null && goesOn) taken = await takeFirst(ground, ready, signals.stop);
    }
    return sent;
  } finally {
    busy.delete(ready.id);
  }
}

/** The next message, after the wait of a channel that is used more than once between two beats. */
async function takeFirst(ground: Ground, ready: ReadyChannel, stop: AbortSignal): Promise<Taken | null> {
  const { store } = ground;
  // asked at every beat, and nearly always nothing is owed: only what waits is worth a transaction
  if (!store.outbox.waits(ready.id)) return null;
  const waitMs = shortWaitMs(ground, ready);
  if (waitMs > 0) await ground.pause(waitMs, stop);
  return stop.aborted ? null : store.transaction(() => takeNext(ground, ready));
}

async function attempt(channel: Channel, taken: Taken, signal: AbortSignal): Promise<Outcome> {
  const { row } = taken;
  const context: SendContext = { ...taken.context, signal };
  const known = taken.mayHaveArrived ? await lookUp(channel, row, context) : null;
  // not known yet whether it arrived: the next try looks again, it does not send
  if (known !== null) return { delivery: known, waitsAs: "ambiguous" };
  return { delivery: await send(channel, row, context), waitsAs: "pending" };
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
