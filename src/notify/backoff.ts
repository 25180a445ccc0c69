/**
 * When a message that did not arrive is tried again (RELIABILITY 3.5): full jitter, base 2 s,
 * factor 2, cap 25 s for the first ten minutes and five minutes after that. Openings and endings
 * are given up after a day, digests after six. Pure: chance and time are arguments.
 */
import { dayMs } from "../domain/time.js";

/** First step of the ladder. */
const baseMs = 2_000;

/** Shortest wait: chance may be nothing, and a receiver that just failed is not asked again at once. */
const shortestMs = 500;

/** Longest wait while the failure is fresh: within 30 s of the receiver's recovery, the send included. */
const freshCapMs = 25_000;

/** How long a failure counts as fresh. */
const freshForMs = 600_000;

/** Longest wait after that. */
const longCapMs = 300_000;

/** How long an incident's message is tried. */
export const incidentLifeMs = dayMs;

/** How long a digest is tried. */
export const digestLifeMs = 6 * dayMs;

/** The second channel takes over after so many tries... */
const fallbackAfterAttempts = 5;

/** ...or so long. */
const fallbackAfterMs = 300_000;

/** The circumstances of a failed try. */
export interface FailedTry {
  /** How many tries were made, this one included. */
  readonly attempts: number;
  readonly firstTryAt: number;
  readonly now: number;
  /** The receiver's own wish; null: none. */
  readonly afterMs: number | null;
  readonly lifeMs: number;
}

/** The instant of the next try; null: give up, the message is dead. `chance` is uniform in [0, 1). */
export function nextTryAt(failed: FailedTry, chance: number): number | null {
  const { attempts, firstTryAt, now, afterMs, lifeMs } = failed;
  if (now - firstTryAt >= lifeMs) return null;
  if (afterMs !== null) return now + afterMs;
  const cap = now - firstTryAt < freshForMs ? freshCapMs : longCapMs;
  const ladder = Math.min(cap, baseMs * 2 ** Math.min(attempts - 1, 30));
  return now + Math.max(shortestMs, Math.round(ladder * chance));
}

/** True once the second channel should have the message too. */
export function wantsFallback({ attempts, firstTryAt, now }: FailedTry): boolean {
  return attempts >= fallbackAfterAttempts || now - firstTryAt >= fallbackAfterMs;
}
