import { dayMs } from "../domain/time.js";
import { findingKey } from "../incident/finding-key.js";
import { sayDuration } from "../wording/durations.js";
import { sayInstant } from "../wording/times.js";
import type { Found } from "./describe.js";
import type { Ground, Watched } from "./ground.js";

/** How far back arrivals are looked at. */
const lookBackMs = 28 * dayMs;
/** A shorter history has not shown a whole week and its weekend. */
const shortestSpanMs = 8 * dayMs;
/** Fewer gaps than this say nothing about what is usual. */
const fewestGaps = 20;
/** From so many gaps on the longest is trusted more. */
const manyGaps = 50;
/** Arrivals are regular enough when the longest gap is at most so many median gaps. */
const regularUpTo = 4;

/** The identity of the finding, to end it when outputs come again. */
export const silenceKey = findingKey({ rule: "silence", metric: null, check: null });

/**
 * "No outputs when due", for automations that run on a timetable: the gap since the newest output exceeds twice the
 * longest gap between hours with outputs (three times with 20 to 49 gaps). Not for bursty arrivals, and not where the
 * source is `complete`. After DETECTION 1.6, which looks at the last 50 gaps between outputs: those of an office that
 * is open by day, or of a nightly batch, all lie within one day, and every evening would be silence. So gaps are
 * counted between hours, over at least eight days of the last four weeks.
 */
export function silenceFound(ground: Ground, watched: Watched, at: number): readonly Found[] {
  if (watched.complete || watched.source === null) return [];
  const { outputs } = ground.store;
  const newest = outputs.newestAt(watched.entry.id);
  if (newest === null) return [];
  const allowed = longestUsualGap(outputs.hoursSince(watched.entry.id, at - lookBackMs));
  if (allowed === null || at - newest <= allowed) return [];
  const { timeZone, driftLevel } = watched.entry;
  const headline = `nothing received for ${sayDuration(at - newest)}`;
  return [
    {
      headline,
      finding: {
        rule: "silence",
        metric: null,
        check: null,
        level: driftLevel,
        baseline: null,
        current: null,
        evidence: null,
        changedAt: newest,
        foundAt: at,
        chanceMonths: null,
        sentence: `${headline}: the last output came ${sayInstant(newest, timeZone, at)}, usually one comes at least every ${sayDuration(allowed)}`,
        improvement: false,
      },
    },
  ];
}

/** The gap from which on it is silence; null: the arrivals are too few, too short a time or too irregular to say. */
export function longestUsualGap(hoursNewestFirst: readonly number[]): number | null {
  const gaps = hoursNewestFirst.slice(1).map((at, index) => (hoursNewestFirst[index] ?? at) - at);
  const span = (hoursNewestFirst[0] ?? 0) - (hoursNewestFirst.at(-1) ?? 0);
  if (gaps.length < fewestGaps || span < shortestSpanMs) return null;
  const sorted = [...gaps].sort((left, right) => left - right);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const longest = sorted.at(-1) ?? 0;
  if (longest > regularUpTo * median) return null;
  return (gaps.length >= manyGaps ? 2 : 3) * longest;
}
