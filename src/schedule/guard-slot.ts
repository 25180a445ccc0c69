import { KnownError, messageOf } from "../domain/errors.js";
import { dayMs } from "../domain/time.js";

/** No schedule may leave a longer gap between two slots. */
export const LONGEST_GAP_MS = 400 * dayMs;

/**
 * Wraps a slot calculation so that a library's mistake stops one schedule, never the clock: the result
 * must lie after the instant asked about and within 400 days of it.
 */
export function guardSlot(source: string, compute: (at: number) => number | null): (at: number) => number {
  return (at) => {
    const slotAt = computeOrThrow(source, compute, at);
    if (Number.isFinite(slotAt) && slotAt > at && slotAt < at + LONGEST_GAP_MS) return slotAt;
    throw new KnownError(
      "schedule-broken",
      `schedule ${JSON.stringify(source)}: the slot after ${instant(at)} came out as ${instant(slotAt)}, expected a later one within 400 days`,
    );
  };
}

/** True for what a schedule throws that cannot say its next slot. */
export function isBrokenSchedule(thrown: unknown): boolean {
  return thrown instanceof KnownError && thrown.code === "schedule-broken";
}

function computeOrThrow(source: string, compute: (at: number) => number | null, at: number): number {
  try {
    return compute(at) ?? Number.NaN;
  } catch (thrown) {
    throw new KnownError(
      "schedule-broken",
      `schedule ${JSON.stringify(source)}: the slot after ${instant(at)} cannot be computed: ${messageOf(thrown)}`,
      { cause: thrown },
    );
  }
}

function instant(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "none" : date.toISOString();
}
