import type { Clock } from "../domain/ports.js";

/** Requests one sender may make at once, and how fast they come back: 300 in 5 minutes. */
export const senderBurst = 300;
const senderPerSecond = 1;
/** Requests all senders together may make in a second. */
const allPerSecond = 200;
/** The same of a crowd: senders that anyone can make up more of. */
const crowdBurst = 600;
const crowdPerSecond = 5;
/** Senders remembered; of those that have their whole share nothing need be known. */
export const sendersAtMost = 2_000;
/** Of a sender's name, which may be of any length. */
const nameAtMost = 200;

/** Says how long to wait before a request is taken; 0: it is taken now. A crowd's members share one bucket more. */
export interface RateLimit {
  (sender: string, crowd?: string): number;
  /** How many senders are remembered. */
  readonly remembered: () => number;
}

interface Bucket {
  tokens: number;
  at: number;
}

interface Share {
  readonly burst: number;
  readonly perSecond: number;
}

const senderShare: Share = { burst: senderBurst, perSecond: senderPerSecond };
const crowdShare: Share = { burst: crowdBurst, perSecond: crowdPerSecond };
const allShare: Share = { burst: allPerSecond, perSecond: allPerSecond };

/**
 * A token bucket for each sender, each crowd and one for all (RELIABILITY 3.7). Uses monotonic time: a clock that jumps
 * changes nothing. What is refused leaves no trace, and senders whose bucket is full again are forgotten: a million names
 * cost no more memory than a few.
 */
export function createRateLimit(clock: Clock): RateLimit {
  const senders = new Map<string, Bucket>();
  const crowds = new Map<string, Bucket>();
  const all: Bucket = { tokens: allPerSecond, at: clock.monotonic() };
  const waitFor = (sender: string, crowd?: string) => {
    const now = clock.monotonic();
    const name = sender.slice(0, nameAtMost);
    const asked: readonly (readonly [Bucket, Share])[] = [
      [senders.get(name) ?? { tokens: senderBurst, at: now }, senderShare],
      ...(crowd === undefined ? [] : [[bucketOf(crowds, crowd, now), crowdShare] as const]),
      [all, allShare],
    ];
    for (const [bucket, share] of asked) {
      refill(bucket, share, now);
      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / share.perSecond));
    }
    for (const [bucket] of asked) bucket.tokens -= 1;
    const [own] = asked[0] ?? [];
    if (own !== undefined) senders.set(name, own);
    if (senders.size > sendersAtMost) forgetSome(senders, now);
    return 0;
  };
  return Object.assign(waitFor, { remembered: () => senders.size });
}

function bucketOf(crowds: Map<string, Bucket>, crowd: string, now: number): Bucket {
  const known = crowds.get(crowd) ?? { tokens: crowdBurst, at: now };
  crowds.set(crowd, known);
  return known;
}

/** Those whose bucket is full; where that is not enough, the ones that came first: half of all, so that it is seldom done. */
function forgetSome(senders: Map<string, Bucket>, now: number): void {
  for (const [name, bucket] of senders) {
    refill(bucket, senderShare, now);
    if (bucket.tokens >= senderBurst) senders.delete(name);
  }
  for (const name of senders.keys()) {
    if (senders.size <= sendersAtMost / 2) return;
    senders.delete(name);
  }
}

function refill(bucket: Bucket, { burst, perSecond }: Share, now: number): void {
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
}
