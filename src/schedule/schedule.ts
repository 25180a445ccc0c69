/**
 * When an automation is looked at. A cron expression or `every 15m` and a time zone enter; the slot
 * after any instant leaves. It never asks what time it is and starts no timer.
 *
 * Daylight saving, for cron: a fixed time (`30 2 * * *`) gives exactly one slot per local day; where
 * the clock skips it, the slot is the first instant after the gap, and where it comes twice, the first
 * pass. Expressions with `*` or a step in minute or hour follow the clock's hands. `every 15m` ignores
 * clocks: its slots are evenly spaced in UTC.
 */
import { KnownError } from "../domain/errors.js";
import { cronAfter } from "./cron-slots.js";
import { guardSlot } from "./guard-slot.js";
import { intervalAfter, parseInterval } from "./interval.js";
import { scheduleFault } from "./schedule-fault.js";
import { isTimeZone } from "./time-zone.js";

/** The slots of one automation. */
export interface Schedule {
  /** The expression as configured. */
  readonly source: string;
  /** The first slot after an instant (epoch ms UTC), never the instant itself. */
  slotAfter(at: number): number;
}

/** Reads a cron expression or `every 15m`; throws KnownError with the reason and a valid example. */
export function parseSchedule(expression: string, timeZone: string): Schedule {
  const fault = scheduleFault(expression);
  if (fault !== null) {
    const { meaning, expression: example } = fault.example;
    throw new KnownError(
      "schedule-invalid",
      `${JSON.stringify(expression)}: ${fault.reason}; for "${meaning}" write "${example}"`,
    );
  }
  if (!isTimeZone(timeZone))
    throw new KnownError(
      "schedule-invalid",
      `${JSON.stringify(timeZone)} is no time zone, expected a name such as "Europe/Vienna"`,
    );
  const intervalMs = parseInterval(expression);
  const compute = intervalMs === null ? cronAfter(expression, timeZone) : intervalAfter(intervalMs);
  return { source: expression, slotAfter: guardSlot(expression, compute) };
}
