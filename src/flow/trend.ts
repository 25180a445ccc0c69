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
  // the first run that saw it, at the hour, had read what came until then
  const marked = hours.map((each) => ({ ...each, changed: each.hourAt + hourMs >= changedAt }));
  const days = byDay(marked, timeZone);
  const by = new Set(days.map(({ day }) => day)).size >= fewDays ? "day" : "hour";
  const points =
    by === "day"
      ? days.map(({ day: _, ...point }) => point)
      : marked.map(({ hourAt, ...point }) => ({ at: hourAt, ...point }));
  return points.length < fewDays ? null : { title: check.title, by, points: points.slice(-shown) };
}

interface DayPart {
  /** The local day, as wall time of its beginning. */
  readonly day: number;
  readonly at: number;
  readonly pass: number;
  readonly judged: number;
  readonly changed: boolean;
  readonly splitAt?: number;
}

/** The day on which the change fell is two: what came before it would hide how bad it has been since. */
function byDay(
  hours: readonly {
    readonly hourAt: number;
    readonly pass: number;
    readonly judged: number;
    readonly changed: boolean;
  }[],
  timeZone: string,
): readonly DayPart[] {
  const parts: DayPart[] = [];
  for (const { hourAt, pass, judged, changed } of hours) {
    const day = startOfDay(wallTime(hourAt, timeZone));
    const last = parts.at(-1);
    if (last?.day === day && last.changed === changed) {
      parts[parts.length - 1] = { ...last, pass: last.pass + pass, judged: last.judged + judged };
      continue;
    }
    const at = instantOf(day, timeZone);
    if (last?.day !== day) {
      parts.push({ day, at, pass, judged, changed });
      continue;
    }
    parts[parts.length - 1] = { ...last, splitAt: hourAt };
    parts.push({ day, at, pass, judged, changed, splitAt: hourAt });
  }
  return parts;
}
