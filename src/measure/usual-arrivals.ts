import { dayMs, hourMs } from "../domain/time.js";

/** Counts by hour before something was changed. */
export interface PastHours {
  /** Outputs of each hour that had any, by the instant at which the hour begins. */
  readonly counts: ReadonlyMap<number, number>;
  /** The first hour known. */
  readonly firstAt: number;
  /** Later hours are not looked at. */
  readonly before: number;
}

const weekMs = 7 * dayMs;
/** Hours alike that are averaged, at most: the last four weeks. */
const mostAlike = 4;
/** From so long on the same hours of the week are compared; of a shorter past the same hours of the day. */
const wholeWeekMs = weekMs;
const shortestPastMs = 2 * dayMs;

/**
 * How many outputs usually come in a time span.
 *
 * Formula: sum over its hours of (share of the hour within the span) x (mean of the same hour in up to four periods
 * before); the period is a week, or a day where less than a week is known.
 * Assumes that weeks (days) are alike. Smallest sample: two days of hours; less gives null, for nothing is known.
 * Default of four weeks: the look-back of the weekly profile (DETECTION 1.6). Source: the seasonal naive forecast
 * averaged, R. J. Hyndman, G. Athanasopoulos, 2021, "Forecasting: Principles and Practice", 5.2.
 */
export function usualArrivals(past: PastHours, from: number, to: number): number | null {
  const known = past.before - past.firstAt;
  if (known < shortestPastMs) return null;
  const period = known >= wholeWeekMs ? weekMs : dayMs;
  let expected = 0;
  for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) {
    const share = (Math.min(to, hour + hourMs) - Math.max(from, hour)) / hourMs;
    expected += share * meanOfAlike(past, hour, period);
  }
  return expected;
}

function meanOfAlike({ counts, firstAt, before }: PastHours, hour: number, period: number): number {
  const back = Math.max(1, Math.ceil((hour + hourMs - before) / period));
  let sum = 0;
  let alike = 0;
  for (let at = hour - back * period; at >= firstAt && alike < mostAlike; at -= period) {
    sum += counts.get(at) ?? 0;
    alike += 1;
  }
  return alike === 0 ? 0 : sum / alike;
}
