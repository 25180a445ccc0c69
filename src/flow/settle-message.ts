/**
 * What becomes of a message after a try; call inside a transaction. In: how the try came out. Out: the message's state, when
 * the channel may be used again, the other channel asked where this one cannot, and an incident about Evenkeel itself
 * while a channel is broken (RELIABILITY 3.5).
 */
import { hourMs } from "../domain/time.js";
import { digestLifeMs, type FailedTry, incidentLifeMs, nextTryAt, wantsFallback } from "../notify/backoff.js";
import type { Delivery } from "../notify/channel-type.js";
import type { OutboxRow } from "../store/outbox.js";
import { noteAddresses } from "./dead-addresses.js";
import type { Ground, ReadyChannel } from "./ground.js";
import { isOffline } from "./offline-since.js";
import { passOn } from "./pass-on.js";
import { endOwn, raiseOwn } from "./watch-itself.js";

/** What one try came to; `waitsAs`: what the message is until the next try, where this one did not settle it. */
export interface Outcome {
  readonly delivery: Delivery;
  readonly waitsAs: "pending" | "ambiguous";
}

/** Notes the outcome of one try of a message. */
export function settle(ground: Ground, ready: ReadyChannel, row: OutboxRow, outcome: Outcome): void {
  const { delivery, waitsAs } = outcome;
  const now = ground.clock.now();
  switch (delivery.status) {
    case "sent":
      ground.store.outbox.settle(row.seq, { state: "sent", sentAt: now, reference: delivery.reference });
      worksAgain(ground, ready);
      if (delivery.addresses !== undefined) noteAddresses(ground, ready, delivery.addresses);
      return;
    case "retry":
      again(ground, ready, row, {
        ...delivery,
        state: waitsAs,
        progress: delivery.progress ?? null,
        now,
      });
      return;
    case "ambiguous":
      again(ground, ready, row, {
        ...delivery,
        afterMs: null,
        state: "ambiguous",
        progress: null,
        now,
      });
      return;
    case "refused":
      if (delivery.addresses === undefined) {
        giveUp(ground, ready, row, delivery.reason, now);
        return;
      }
      // nobody it is for can be reached there, but the channel works
      bury(ground, ready, row, delivery.reason, now);
      noteAddresses(ground, ready, delivery.addresses);
  }
}

/** Most tries find the channel as it was: that costs one look. */
function worksAgain(ground: Ground, ready: ReadyChannel): void {
  const { blockedUntil, brokenSince } = ground.store.channels.get(ready.id);
  if (blockedUntil === null && brokenSince === null) return;
  ground.store.channels.put(ready.id, { blockedUntil: null, brokenSince: null, reason: null });
  endOwn(ground, subjectOf(ready));
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
  const { brokenSince } = ground.store.channels.get(ready.id);
  const lifeMs = row.kind === "digest" ? digestLifeMs : incidentLifeMs;
  const firstTryAt = row.firstTryAt ?? now;
  const tried: FailedTry = {
    attempts: row.attempts,
    // what waited behind others for a broken channel was as good as tried
    firstTryAt:
      brokenSince === null ? firstTryAt : Math.min(firstTryAt, Math.max(row.createdAt, brokenSince)),
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
  // a receiver that asks for time blocks the channel, not the message alone
  ground.store.channels.put(ready.id, {
    blockedUntil: failure.afterMs === null ? null : notBefore,
    brokenSince: brokenSince ?? now,
    reason: failure.reason,
  });
  if (row.kind === "digest" ? !isDigestInTrouble(row, tried) : !wantsFallback(tried)) return;
  passOn(ground, ready, row, now);
  raiseBroken(ground, ready, failure.reason);
}

/** One mailbox that takes no digest for days is told once: every message that arrives between would end what is told. */
function isDigestInTrouble({ passedOn }: OutboxRow, { firstTryAt, now }: FailedTry): boolean {
  return !passedOn && now - firstTryAt >= hourMs;
}

function giveUp(ground: Ground, ready: ReadyChannel, row: OutboxRow, reason: string, now: number): void {
  const { brokenSince } = ground.store.channels.get(ready.id);
  ground.store.channels.put(ready.id, { blockedUntil: null, brokenSince: brokenSince ?? now, reason });
  bury(ground, ready, row, reason, now);
  raiseBroken(ground, ready, reason);
}

/** The message is not tried again; the other channel gets it. */
function bury(ground: Ground, ready: ReadyChannel, row: OutboxRow, reason: string, now: number): void {
  ground.store.outbox.settle(row.seq, { state: "dead", error: reason });
  ground.logger.error("a message could not be delivered", {
    channel: ready.id,
    notification: row.id,
    reason,
  });
  passOn(ground, ready, row, now);
}

function subjectOf({ id }: ReadyChannel): string {
  return `channel:${id}`;
}

function raiseBroken(ground: Ground, ready: ReadyChannel, reason: string): void {
  // while nothing at all can be reached, no single channel is to blame
  if (isOffline(ground)) return;
  const headline = `channel ${ready.id} is broken`;
  raiseOwn(ground, { subject: subjectOf(ready), headline, sentence: `${headline}: ${reason}` });
}
