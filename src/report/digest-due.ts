import { dayMs } from "../domain/time.js";
import { dateOf, instantOf, startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";
import type { DigestReader } from "./digest-settings.js";

/** A digest that is due. */
export interface DigestDue {
  /** The Monday of the reader's week, as a local date: one digest for each. */
  readonly period: string;
  /** Epoch ms UTC. */
  readonly dueAt: number;
}

const minuteMs = 60_000;

/**
 * The newest digest that was due by an instant, in the reader's own zone: the earlier instant where the clock shows its
 * time twice, the first one after the gap where it never does.
 */
export function digestDue(
  { weekday, minute }: Pick<DigestReader, "weekday" | "minute">,
  timeZone: string,
  now: number,
): DigestDue {
  const today = startOfDay(wallTime(now, timeZone));
  const monday = today - weekdayOf(today) * dayMs;
  const dueIn = (week: number): DigestDue => ({
    period: dateOf(week),
    dueAt: instantOf(week + weekday * dayMs + minute * minuteMs, timeZone),
  });
  const thisWeek = dueIn(monday);
  return thisWeek.dueAt <= now ? thisWeek : dueIn(monday - 7 * dayMs);
}
