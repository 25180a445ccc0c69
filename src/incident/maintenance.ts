/**
 * Weekly maintenance windows: as the configuration states them, and when one is open. In: settings, an instant.
 * Out: from when to when. Never reads a clock.
 */
import { z } from "zod";
import { type MaintenanceWindow, matchesAll } from "../domain/silence.js";
import { dayMs } from "../domain/time.js";
import { instantOf, startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";

const weekdays: readonly string[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const weeklyPattern = /^(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;
const minuteMs = 60_000;
const dayMinutes = 1_440;

const words = z.string().trim().min(1, "is empty, expected a text");

/** One window of the configuration's `maintenance`. */
export const maintenanceSettings = z.strictObject({
  automations: z.array(words).min(1).describe("Ids of the automations it is about"),
  checks: z.array(words).default([]).describe("Checks or metrics it is about. Default: all"),
  weekly: z
    .string()
    .regex(weeklyPattern, 'is no weekly window, expected day and from-to, such as "sun 02:00-04:00"')
    .describe(
      'Day and from-to, such as "sun 02:00-04:00"; one that ends before it begins lasts into the next day',
    ),
  timeZone: words.optional().describe("Zone of these times. Default: the configuration's"),
  why: words.describe("What is done then; stands in the message that follows"),
  owner: words.describe("Who answers for it: a person's name"),
});

/** A window as the configuration states it. */
export type MaintenanceSettings = z.infer<typeof maintenanceSettings>;

/** A window with its times worked out. */
export function createWindow(settings: MaintenanceSettings, timeZone: string): MaintenanceWindow {
  const { automations, checks, weekly, why, owner } = settings;
  const [, day = "", ...clock] = weeklyPattern.exec(weekly) ?? [];
  const [fromHour = 0, fromPart = 0, toHour = 0, toPart = 0] = clock.map(Number);
  const fromMinute = fromHour * 60 + fromPart;
  const toMinute = toHour * 60 + toPart;
  return {
    match: { ...matchesAll, automations, checks },
    weekly,
    weekday: weekdays.indexOf(day),
    fromMinute,
    toMinute: toMinute > fromMinute ? toMinute : toMinute + dayMinutes,
    timeZone: settings.timeZone ?? timeZone,
    why,
    owner,
  };
}

/** The occurrence that is open at an instant; null: the window is closed. */
export function occurrenceAt(
  window: MaintenanceWindow,
  now: number,
): { readonly startsAt: number; readonly endsAt: number } | null {
  const today = startOfDay(wallTime(now, window.timeZone));
  for (const day of [today, today - dayMs]) {
    if (weekdayOf(day) !== window.weekday) continue;
    const startsAt = instantOf(day + window.fromMinute * minuteMs, window.timeZone);
    const endsAt = instantOf(day + window.toMinute * minuteMs, window.timeZone);
    if (startsAt <= now && now < endsAt) return { startsAt, endsAt };
  }
  return null;
}
