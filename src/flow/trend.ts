import type { Finding } from "../domain/finding.js";
import { dayMs, hourMs } from "../domain/time.js";
import { instantOf, startOfDay, wallTime } from "../measure/local-time.js";
import type { StoryTrend } from "../notify/story.js";
import type { Ground, Watched } from "./ground.js";

/** Days, or hours with outputs, that a trend shows. */
const shown = 14;

/** With fewer days than this, hours are shown. */
const fewDays = 3;

/**
 * How often the check of a finding passed in the last days, or hours where it is not followed for so long; null where
 * there is no check or hardly anything was judged. Read from the hourly counts, so that it costs the same for any load.
 */
export function trendOf(
  { store }: Ground,
  { entry, checks }: Watched,
  finding: Finding,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): StoryTrend | null {
  const check = checks.find((each) => each.id === finding.check);
  if (check === undefined) return null;
  const beginAt = instantOf(startOfDay(wallTime(now, timeZone)) - (shown - 1) * dayMs, timeZone);
  const hours = store.outputs.hoursOfCheck(entry.id, check.id, beginAt).filter(({ judged }) => judged > 0);
  const changedAt = finding.changedAt ?? finding.foundAt;
  const days = byDay(hours, timeZone);
  const by = days.length >= fewDays ? "day" : "hour";
  const points = (
    by === "day" ? days : hours.map((each) => ({ ...each, at: each.hourAt, endAt: each.hourAt + hourMs }))
  )
    .slice(-shown)
    // the first run that saw it, at the hour, had read what came until then
    .map(({ at, endAt, pass, judged }) => ({ at, pass, judged, changed: endAt >= changedAt }));
  return points.length < fewDays ? null : { title: check.title, by, points };
}

interface Day {
  readonly at: number;
  readonly endAt: number;
  readonly pass: number;
  readonly judged: number;
}

function byDay(
  hours: readonly { readonly hourAt: number; readonly pass: number; readonly judged: number }[],
  timeZone: string,
): readonly Day[] {
  const days = new Map<number, Day>();
  for (const { hourAt, pass, judged } of hours) {
    const wall = startOfDay(wallTime(hourAt, timeZone));
    const day = days.get(wall) ?? {
      at: instantOf(wall, timeZone),
      endAt: instantOf(wall + dayMs, timeZone),
      pass: 0,
      judged: 0,
    };
    days.set(wall, { ...day, pass: day.pass + pass, judged: day.judged + judged });
  }
  return [...days.values()];
}
