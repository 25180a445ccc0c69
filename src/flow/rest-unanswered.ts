/**
 * Whoever gives no answer is left alone for a while: each question to a server that hangs costs three waits, and
 * missed slots would ask it one after the other. In: how questions ended. Out: whether the next one may be put.
 * Kept in memory: after a start everybody is asked again.
 */
import { KnownError, messageOf } from "../domain/errors.js";
import type { Ground } from "./ground.js";

/** How long nobody asks it. Longer than missed slots take that ask nobody, shorter than most schedules. */
const restMinutes = 5;
/** Questions in a row without an answer; a planted one is enough by itself, for it is known to be answerable. */
const missesUntilRest = 4;

/** Questions in a row that a model or service has left without an answer. */
export interface Unanswered {
  readonly misses: number;
  /** On the monotonic clock. */
  readonly restsUntil: number;
  readonly why: string;
}

/** Throws KnownError `asked-rests` while a model or service is left alone. */
export function refuseResting({ inFlight, clock }: Ground, asked: string): void {
  const known = inFlight.unanswered.get(asked);
  if (known === undefined || clock.monotonic() >= known.restsUntil) return;
  throw new KnownError(
    "asked-rests",
    `not asked: ${asked} gave no answer (${known.why}) and is left alone for ${restMinutes} minutes`,
    { retryable: true },
  );
}

/** It answered: what it missed is forgotten, but for a rest that has begun meanwhile. */
export function noteAnswered({ inFlight, clock }: Ground, asked: string): void {
  const known = inFlight.unanswered.get(asked);
  if (known !== undefined && clock.monotonic() >= known.restsUntil) inFlight.unanswered.delete(asked);
}

/** It gave no answer, after every try. */
export function noteUnanswered(
  { inFlight, clock }: Ground,
  asked: string,
  miss: { readonly planted: boolean; readonly thrown: unknown },
): void {
  const misses = (inFlight.unanswered.get(asked)?.misses ?? 0) + 1;
  const rests = miss.planted || misses >= missesUntilRest;
  const restsUntil = rests ? clock.monotonic() + restMinutes * 60_000 : 0;
  inFlight.unanswered.set(asked, { misses, restsUntil, why: messageOf(miss.thrown) });
}
