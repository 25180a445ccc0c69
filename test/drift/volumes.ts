import { volume } from "../../src/drift/kinds/volume.js";
import type { Metric, Observed } from "../../src/drift/metric.js";
import type { MetricSettings } from "../../src/drift/settings.js";
import { type Chance, gamma, metricSettings, seeded } from "./streams.js";

export const hourMs = 3_600_000;
/** Monday 5 January 2026, 00:00 UTC. */
export const firstHourAt = Date.UTC(2026, 0, 5);

/** Outputs usual in an hour of the week, Monday 0:00 first. */
export type Week = (hourOfWeek: number) => number;

/** A working day and a quieter weekend, with this mean an hour. */
export function busyDays(mean: number): Week {
  const shape = (hour: number) =>
    (1 + 0.6 * Math.sin((2 * Math.PI * ((hour % 24) - 8)) / 24)) * (hour < 120 ? 1.2 : 0.5);
  return (hour) => mean * shape(hour);
}

/** Monday to Friday, nine to five; nothing outside. */
export function officeHours(mean: number): Week {
  return (hour) => (hour < 120 && hour % 24 >= 9 && hour % 24 < 17 ? mean : 0);
}

/** Poisson, or with `clumped` of variance mean + clumped mean². */
export function countAround(chance: Chance, mean: number, clumped = 0): number {
  const rate = clumped === 0 ? mean : mean * clumped * gamma(chance, 1 / clumped);
  let count = 0;
  for (let left = rate; left > 0; left -= 30) {
    let product = chance();
    const limit = Math.exp(-Math.min(left, 30));
    for (; product > limit; product *= chance()) count += 1;
  }
  return count;
}

/** A volume that is observed hour by hour. */
export interface VolumeStream {
  readonly settings: MetricSettings;
  readonly chance: Chance;
  readonly clumped: number;
  metric: Metric;
  hours: number;
}

export function startVolume(seed: number, clumped = 0, timeZone = "UTC"): VolumeStream {
  const settings = metricSettings({ id: "volume", kind: "volume", timeZone });
  return { settings, chance: seeded(seed), clumped, metric: volume.begin(settings), hours: 0 };
}

/** Observes the next hour with this many outputs. */
export function nextHour(stream: VolumeStream, seen: number, alarmLevel: number): Observed {
  const { hours } = stream;
  const run = { runId: hours, at: firstHourAt + hours * hourMs, values: [seen] };
  const observed = stream.metric.observe(run, alarmLevel);
  stream.metric = observed.metric;
  stream.hours += 1;
  return observed;
}

/** Observes hours of a week as it usually is, or of another one. */
export function nextUsualHour(stream: VolumeStream, week: Week, alarmLevel: number): Observed {
  const mean = week(stream.hours % 168);
  return nextHour(stream, countAround(stream.chance, mean, stream.clumped), alarmLevel);
}

/** Full weeks in which nothing is judged. */
export function learnWeeks(stream: VolumeStream, week: Week, weeks: number): void {
  for (let hour = 0; hour < weeks * 168; hour += 1) nextUsualHour(stream, week, Number.MAX_VALUE);
}

/** Hours until an alarm; null: none within the limit. */
export function hoursUntilAlarm(
  stream: VolumeStream,
  week: Week,
  limit: number,
  alarmLevel = 1_000,
): { readonly hours: number; readonly alarm: Observed["alarm"] } {
  for (let hour = 1; hour <= limit; hour += 1) {
    const { alarm } = nextUsualHour(stream, week, alarmLevel);
    if (alarm !== null) return { hours: hour, alarm };
  }
  return { hours: limit, alarm: null };
}
