import { readMessage } from "../notify/read-message.js";
import type { OutboxRow } from "../store/outbox.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { oweMessage } from "./tell.js";

/** Messages behind a broken head that are passed on at one look; the next look finds the rest. */
const passedAtOnce = 200;

/** Asks the fallback channel to carry a message that this one cannot; at most once for each message. */
export function passOn(ground: Ground, from: ReadyChannel, row: OutboxRow, now: number): void {
  if (row.passedOn) return;
  // a digest is one reader's own, and waits for their mailbox
  if (row.kind === "digest") {
    ground.store.outbox.markPassedOn(row.seq);
    return;
  }
  const next = ground.register.channels.find((each) => each.id === from.fallback);
  if (next === undefined) return;
  const message = readMessage(JSON.parse(row.message));
  const id = ground.random.hex(16);
  oweMessage(ground, next, {
    message: { ...message, notificationId: id },
    incident: row.incident,
    dedupeKey: `${next.id}:for:${row.dedupeKey}`,
    now,
  });
  ground.store.outbox.markPassedOn(row.seq);
}

/** Whoever waits behind a message that was passed on would wait for as long: all of them are passed on. */
export function passOnWaiting(ground: Ground, from: ReadyChannel, now: number): void {
  if (from.fallback === null) return;
  for (const seq of ground.store.outbox.unpassed(from.id, passedAtOnce)) {
    const row = ground.store.outbox.get(seq);
    if (row !== null) passOn(ground, from, row, now);
  }
}
