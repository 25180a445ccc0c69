import { DateTime } from "luxon";
import { parseDuration } from "../text/duration.js";

/**
 * The instant that someone means by "2026-12-01 18:00", "18:00" (today or tomorrow, whichever comes next), "4h" from now,
 * or an instant with its zone; null: none of these. Times without a zone are those of the register.
 */
export function parseUntil(text: string, timeZone: string, now: number): number | null {
  const trimmed = text.trim();
  const duration = parseDuration(trimmed);
  if (duration !== null) return now + duration;
  if (/^\d{1,2}:\d{2}$/.test(trimmed)) return nextClock(trimmed, timeZone, now);
  const parsed = DateTime.fromISO(trimmed.replace(/^(\d{4}-\d{2}-\d{2}) +/, "$1T"), { zone: timeZone });
  return parsed.isValid ? parsed.toMillis() : null;
}

function nextClock(text: string, timeZone: string, now: number): number | null {
  const [hour = 24, minute = 60] = text.split(":").map(Number);
  if (hour > 23 || minute > 59) return null;
  const today = DateTime.fromMillis(now, { zone: timeZone }).set({ hour, minute, second: 0, millisecond: 0 });
  return (today.toMillis() > now ? today : today.plus({ days: 1 })).toMillis();
}
