/**
 * Takes up the message a channel has to deal with next; call inside a transaction. In: the outbox, the channel's pace.
 * Out: the message, marked as being sent, or null: nothing is due, or the channel may not be used yet.
 */
import type { SendContext } from "../notify/channel-type.js";
import { paidAfterTry, tryAt } from "../notify/pacing.js";
import type { OutboxRow } from "../store/outbox.js";
import { combineOpening, condenseQueue } from "./condense-queue.js";
import { isDeadAddress } from "./dead-addresses.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { passOnWaiting } from "./pass-on.js";
import { withDelay } from "./say-delay.js";

/** A message that is being sent. */
export interface Taken {
  /** As it stands with this try counted. */
  readonly row: OutboxRow;
  readonly context: Omit<SendContext, "signal">;
  /** A try before was broken off: look whether it arrived. */
  readonly mayHaveArrived: boolean;
}

/** The next message, marked; null: none is due now. */
export function takeNext(ground: Ground, ready: ReadyChannel): Taken | null {
  // what waits is told elsewhere, one by one: summed up behind a summary that was passed on it would be told nowhere
  if (!isToldElsewhere(ground, ready)) condenseQueue(ground, ready);
  const row = dueHead(ground, ready);
  return row === null ? null : take(ground, ready, withDelay(ground, ready, row));
}

function dueHead(ground: Ground, ready: ReadyChannel): OutboxRow | null {
  const { store, clock } = ground;
  const now = clock.now();
  const { blockedUntil, paidUntil } = store.channels.get(ready.id);
  const head = store.outbox.head(ready.id);
  if (head?.passedOn === true) passOnWaiting(ground, ready, now);
  if (head === null || head.notBefore > now || (blockedUntil !== null && blockedUntil > now)) return null;
  if (tryAt(ready.pacing?.rate ?? null, paidUntil, now) > now) return null;
  if (!endedMeanwhile(ready, head) || !combineOpening(ground, ready, head)) return head;
  return dueHead(ground, ready);
}

function isToldElsewhere({ store }: Ground, { id, fallback }: ReadyChannel): boolean {
  return (
    fallback !== null &&
    store.channels.get(id).brokenSince !== null &&
    store.outbox.head(id)?.passedOn === true
  );
}

/** A beat comes every second and finds what is due by then. */
const beatMs = 1_000;

/** How long a channel that may be used several times between two beats has to wait for its next turn; 0: not at all. */
export function shortWaitMs({ store, clock }: Ground, ready: ReadyChannel): number {
  const rate = ready.pacing?.rate ?? null;
  if (rate === null || rate.perSecond <= 1) return 0;
  const now = clock.now();
  const head = store.outbox.head(ready.id);
  if (head === null || head.notBefore > now) return 0;
  const waitMs = tryAt(rate, store.channels.get(ready.id).paidUntil, now) - now;
  return waitMs < beatMs ? waitMs : 0;
}

/** What may have arrived is looked up first where the channel can: it must not be told anew. */
function endedMeanwhile({ channel }: ReadyChannel, head: OutboxRow): boolean {
  return head.state === "pending" || channel.reconcile === undefined;
}

function take(ground: Ground, ready: ReadyChannel, row: OutboxRow): Taken {
  const { store, clock } = ground;
  const now = clock.now();
  const firstTryAt = row.firstTryAt ?? now;
  // a look-up counts as a try: where it cannot be made, the waits grow and the other channel gets its turn
  store.outbox.markSending(row.seq, now);
  const rate = ready.pacing?.rate ?? null;
  if (rate !== null)
    store.channels.pay(ready.id, paidAfterTry(rate, store.channels.get(ready.id).paidUntil, now));
  return {
    row: { ...row, attempts: row.attempts + 1, firstTryAt },
    context: {
      notificationId: row.id,
      attempt: row.attempts + 1,
      root: row.incident === null ? null : store.outbox.rootReference(row.incident, ready.id),
      firstTryAt,
      progress: row.progress,
      // a test message tries every address, so that one that was mended is used again
      isDead: (address) => row.kind !== "test" && isDeadAddress(ground, ready, address),
    },
    // none is in flight here: one marked as being sent was sent, and its answer could not be noted
    mayHaveArrived: row.state === "ambiguous" || row.state === "sending",
  };
}
