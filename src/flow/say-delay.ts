/**
 * What is first sent long after it was owed says so: after a crash, behind a channel that was broken, after days
 * without Evenkeel. In: a message that was never tried. Out: its payload, rendered anew and stored in place of the one
 * it was owed with; from its first try on the same bytes are replayed. The stored message stays as it was, for another
 * channel to carry. Call inside the transaction that takes the message up.
 */
import { createHash } from "node:crypto";
import { delayedMessage } from "../notify/delayed-message.js";
import { readMessage } from "../notify/read-message.js";
import type { OutboxRow } from "../store/outbox.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { groupReference } from "./groups.js";
import { isClockDoubtful } from "./keep-time.js";

/** Nobody minds less; a summary waits a minute by itself. */
const worthSayingMs = 5 * 60_000;

/** The message, saying by how much it is delayed where it is. */
export function withDelay(ground: Ground, ready: ReadyChannel, row: OutboxRow): OutboxRow {
  const { store, clock } = ground;
  if (row.attempts > 0 || row.state !== "pending") return row;
  if (clock.now() - row.createdAt <= worthSayingMs && !row.dedupeKey.startsWith(`${ready.id}:for:`))
    return row;
  const message = readMessage(JSON.parse(row.message));
  // one that another channel could not deliver is as old as it was there
  const delayMs = clock.now() - message.at;
  if (delayMs <= worthSayingMs || isClockDoubtful(ground)) return row;
  const joins = row.incident === null ? null : groupReference(ground, row.incident, ready.id, message);
  const payload = ready.channel.render(delayedMessage(message, delayMs), joins);
  const text = JSON.stringify(payload);
  const payloadHash = createHash("sha256").update(text).digest("hex");
  store.outbox.rewrite(row.seq, { payload: text, payloadHash, message: row.message });
  return { ...row, payload };
}
