import type { MetricSettings } from "../../src/drift/settings.js";
import {
  type Draw,
  learnBaseline,
  nextRun,
  runUntilAlarm,
  type Stream,
  startStream,
} from "../drift/streams.js";

/** A measured figure with its standard error. */
export interface Figure {
  readonly value: number;
  readonly error: number;
}

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly measured: Figure;
  /** The most it may be; null: only shown. */
  readonly target: number | null;
  /** What DETECTION.md measured; null: nothing. */
  readonly reference: number | null;
}

/** One stream before and after its change. */
export interface Scene {
  readonly settings: MetricSettings;
  readonly before: Draw;
  readonly since: Draw;
  readonly n: number;
  /** Unchanged runs after the baseline. */
  readonly unchangedRuns: number;
  readonly changedRuns: number;
  readonly alarmLevel?: number;
}

/** A stream that has learned its baseline. */
export function learnedStream(scene: Scene, seed: number): Stream {
  const stream = startStream(scene.settings, seed, scene.n, scene.alarmLevel);
  learnBaseline(stream, scene.before);
  return stream;
}

/** Alarms per 1,000 runs up to the first alarm of each stream, over unchanged runs. */
export function falseAlarms(scene: Scene, streams: number, seed: number): Figure {
  let alarms = 0;
  let runs = 0;
  for (let i = 0; i < streams; i += 1) {
    const seen = runUntilAlarm(learnedStream(scene, seed + i), scene.before, scene.unchangedRuns);
    alarms += seen.alarm === null ? 0 : 1;
    runs += seen.runs;
  }
  return perThousand(alarms, runs);
}

/** Alarms per 1,000 runs. */
export function perThousand(alarms: number, runs: number): Figure {
  return { value: (1_000 * alarms) / runs, error: (1_000 * Math.sqrt(Math.max(alarms, 1))) / runs };
}

/** What a change looked like: delays in outputs, and errors of the estimated start in outputs. */
export interface Delays {
  readonly mean: Figure;
  /** Part of the changes that were found. */
  readonly found: number;
  readonly startError: { readonly median: Figure; readonly ninetieth: number };
}

/** Outputs from the change until the end of the run that alarms; streams with an earlier alarm are left out. */
export function delays(scene: Scene, streams: number, seed: number): Delays {
  const outputs: number[] = [];
  const startErrors: number[] = [];
  for (let i = 0; i < streams; i += 1) {
    const stream = learnedStream(scene, seed + i);
    if (runUntilAlarm(stream, scene.before, scene.unchangedRuns).alarm !== null) {
      continue;
    }
    const firstChanged = stream.runs;
    const { runs, alarm } = runUntilAlarm(stream, scene.since, scene.changedRuns);
    outputs.push(runs * scene.n);
    if (alarm !== null) {
      startErrors.push(Math.abs(alarm.startRunId - firstChanged) * scene.n);
    }
  }
  startErrors.sort((a, b) => a - b);
  return {
    mean: meanOf(outputs),
    found: startErrors.length / outputs.length,
    startError: {
      median: { value: startErrors[Math.floor(startErrors.length / 2)] ?? 0, error: 0 },
      ninetieth: startErrors[Math.floor(startErrors.length * 0.9)] ?? 0,
    },
  };
}

/** Runs from an alarm on until the metric says it has recovered; null when it has not within `limit`. */
export function runsUntilRecovered(stream: Stream, draw: Draw, limit: number): number | null {
  for (let run = 1; run <= limit; run += 1) {
    if (nextRun(stream, draw).recovered) {
      return run;
    }
  }
  return null;
}

/** The mean with its standard error. */
export function meanOf(values: readonly number[]): Figure {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { value: mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}

/** Whether a row holds: a miss counts only beyond two standard errors. */
export function standing({ measured, target }: Row): "shown" | "met" | "within error" | "MISSED" {
  if (target === null) {
    return "shown";
  }
  if (measured.value <= target) {
    return "met";
  }
  return measured.value - 2 * measured.error <= target ? "within error" : "MISSED";
}
