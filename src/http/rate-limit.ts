import type { Clock } from "../domain/ports.js";

/** Requests one sender may make at once, and how fast they come back: 300 in 5 minutes. */
export const senderBurst = 300;
const senderPerSecond = 1;
/** Requests all senders together may make in a second. */
const allPerSecond = 200;

/** Says how long to wait before a request is taken; 0: it is taken now. */
export type RateLimit = (sender: string) => number;

interface Bucket {
  tokens: number;
  at: number;
}

/** A token bucket for each sender and one for all (RELIABILITY 3.7). Uses monotonic time: a clock that jumps changes nothing. */
export function createRateLimit(clock: Clock): RateLimit {
  const senders = new Map<string, Bucket>();
  const all: Bucket = { tokens: allPerSecond, at: clock.monotonic() };
  return (sender) => {
    const now = clock.monotonic();
    const own = senders.get(sender) ?? { tokens: senderBurst, at: now };
    senders.set(sender, own);
    refill(own, senderBurst, senderPerSecond, now);
    refill(all, allPerSecond, allPerSecond, now);
    if (own.tokens < 1) return secondsUntil(own, senderPerSecond);
    if (all.tokens < 1) return secondsUntil(all, allPerSecond);
    own.tokens -= 1;
    all.tokens -= 1;
    return 0;
  };
}

function refill(bucket: Bucket, burst: number, perSecond: number, now: number): void {
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
}

function secondsUntil(bucket: Bucket, perSecond: number): number {
  return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
}
