import {
  type LatencyStream,
  learnLatencies,
  runsUntilLatencyAlarm,
  startLatency,
} from "../drift/latencies.js";
import { type Figure, meanOf, type Row } from "./detection-measure.js";

const seed = 20_261_126;

/** One latency an hour with a daily pattern, four weeks of history: without a change, and a third slower. */
export function* latencyPerRunRows(streams: number): Generator<Row> {
  for (const [correlation, alarms, delay] of [
    [0, 0.31, 18],
    [0.2, 0.35, 23],
    [0.5, 0.38, 38],
  ] as const) {
    yield {
      name: `latency per run, lag-1 correlation ${correlation}, no change`,
      unit: "alarms per 1,000 runs",
      measured: falseLatencyAlarms(correlation, streams),
      target: 0.8,
      reference: alarms,
    };
    yield {
      name: "  x 1.3",
      unit: "hours",
      measured: hoursToNoticeLatency(correlation, streams),
      target: correlation <= 0.2 ? 30 : null,
      reference: delay,
    };
  }
}

function learned(correlation: number, at: number): LatencyStream {
  const stream = startLatency(seed + at, correlation);
  learnLatencies(stream, 4);
  return stream;
}

function falseLatencyAlarms(correlation: number, streams: number): Figure {
  let [alarms, runs] = [0, 0];
  for (let at = 0; at < streams; at += 1) {
    const found = runsUntilLatencyAlarm(learned(correlation, at), 1, 1_000);
    alarms += found.alarm === null ? 0 : 1;
    runs += found.runs;
  }
  return { value: (1_000 * alarms) / runs, error: (1_000 * Math.sqrt(Math.max(alarms, 1))) / runs };
}

function hoursToNoticeLatency(correlation: number, streams: number): Figure {
  const hours: number[] = [];
  for (let at = 0; at < streams; at += 1) {
    const stream = learned(correlation, at);
    if (runsUntilLatencyAlarm(stream, 1, 24 + ((at * 17) % 144)).alarm !== null) continue;
    hours.push(runsUntilLatencyAlarm(stream, 1.3, 1_000).runs);
  }
  return meanOf(hours);
}
