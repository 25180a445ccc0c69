import { createHash } from "node:crypto";

/** Schedules that share a slot start within this time of it, or within a tenth of their period. */
export const SPREAD_WINDOW_MS = 300_000;

/**
 * How long after its slot a schedule starts: always the same for the same id, evenly spread over the
 * window, so that hundreds of schedules at 09:00 do not start in one second.
 */
export function spreadMs(scheduleId: string, windowMs: number): number {
  const window = Math.floor(Math.min(windowMs, SPREAD_WINDOW_MS));
  return window < 1 ? 0 : createHash("sha256").update(scheduleId).digest().readUIntBE(0, 6) % window;
}
