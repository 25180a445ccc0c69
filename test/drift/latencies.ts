import { numberPerRun } from "../../src/drift/kinds/number-per-run.js";
import type { Metric, Observed } from "../../src/drift/metric.js";
import type { MetricSettings } from "../../src/drift/settings.js";
import { type Chance, metricSettings, normal, seeded } from "./streams.js";
import { firstHourAt, hourMs } from "./volumes.js";

/** One latency an hour with a daily pattern, each hour like the one before it by `correlation`. */
export interface LatencyStream {
  readonly settings: MetricSettings;
  readonly chance: Chance;
  readonly correlation: number;
  metric: Metric;
  noise: number;
  runs: number;
}

const spread = 0.25;

export function startLatency(seed: number, correlation = 0): LatencyStream {
  const settings = metricSettings({ id: "run:latency", kind: "number-per-run" });
  const metric = numberPerRun.begin(settings);
  return { settings, chance: seeded(seed), correlation, metric, noise: 0, runs: 0 };
}

/** Six seconds at night, nine at noon on a working day, seven at the weekend. */
function usualAt(hour: number): number {
  const height = hour % 168 < 120 ? 0.2 : 0.08;
  return 7_300 * Math.exp(height * Math.sin((2 * Math.PI * ((hour % 24) - 8)) / 24));
}

/** Observes the next hour, its latency times `factor`. */
export function nextLatency(stream: LatencyStream, factor: number, alarmLevel: number): Observed {
  const { correlation, chance, runs } = stream;
  stream.noise = correlation * stream.noise + Math.sqrt(1 - correlation ** 2) * normal(chance);
  const value = usualAt(runs) * factor * Math.exp(spread * stream.noise);
  const run = { runId: runs, at: firstHourAt + runs * hourMs, values: [value] };
  const observed = stream.metric.observe(run, alarmLevel);
  stream.metric = observed.metric;
  stream.runs += 1;
  return observed;
}

/** Weeks in which nothing is judged; a little longer, so that the last of them is full. */
export function learnLatencies(stream: LatencyStream, weeks: number): void {
  for (let hour = 0; hour <= weeks * 168; hour += 1) nextLatency(stream, 1, Number.MAX_VALUE);
}

/** Runs until an alarm, at most so many. */
export function runsUntilLatencyAlarm(
  stream: LatencyStream,
  factor: number,
  limit: number,
  alarmLevel = 1_000,
): { readonly runs: number; readonly alarm: Observed["alarm"] } {
  for (let run = 1; run <= limit; run += 1) {
    const { alarm } = nextLatency(stream, factor, alarmLevel);
    if (alarm !== null) return { runs: run, alarm };
  }
  return { runs: limit, alarm: null };
}
