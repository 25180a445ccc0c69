import type { ShareChange } from "../../src/drift/explanation.js";
import { metricKind } from "../../src/drift/kinds/registry.js";
import type { Metric, Observation, Observed } from "../../src/drift/metric.js";
import type { MetricSettings } from "../../src/drift/settings.js";

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export type Chance = () => number;

/** Chance that repeats itself for the same seed. */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The values of one run of `n` outputs. */
export type Draw = (chance: Chance, n: number) => readonly Observation[];

/** Outputs that pass at this rate. */
export function passing(rate: number): Draw {
  return (chance, n) => Array.from({ length: n }, () => chance() < rate);
}

/** Outputs that pass at a rate drawn anew for each run: beta-binomial with this correlation inside a run. */
export function unevenlyPassing(rate: number, correlation: number): Draw {
  if (correlation === 0) {
    return passing(rate);
  }
  const outputs = 1 / correlation - 1;
  return (chance, n) => {
    const passes = gamma(chance, rate * outputs);
    return passing(passes / (passes + gamma(chance, (1 - rate) * outputs)))(chance, n);
  };
}

/** Log-normal numbers around `middle`; a spread of 0.52 is that of real latencies. */
export function logNormal(middle: number, spread = 0.52): Draw {
  return (chance, n) => Array.from({ length: n }, () => middle * Math.exp(spread * normal(chance)));
}

/** Categories c0, c1, ... with these shares. */
export function categories(shares: readonly number[]): Draw {
  return (chance, n) =>
    Array.from({ length: n }, () => {
      let left = chance();
      for (const [index, share] of shares.entries()) {
        left -= share;
        if (left < 0) {
          return `c${index}`;
        }
      }
      return `c${shares.length - 1}`;
    });
}

/** A standard normal number. */
export function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/** A gamma-distributed number of scale 1, by the method of Marsaglia and Tsang. */
export function gamma(chance: Chance, shape: number): number {
  if (shape < 1) {
    return gamma(chance, shape + 1) * (1 - chance()) ** (1 / shape);
  }
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(chance);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - chance()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return d * v;
    }
  }
}

/** The usual settings of a metric. */
export function metricSettings(changed: Partial<MetricSettings> = {}): MetricSettings {
  return {
    id: "check:example",
    kind: "pass-share",
    floor: null,
    baselineOutputs: 100,
    baselineRuns: 5,
    minimumEffect: 0.03,
    timeZone: "UTC",
    ...changed,
  };
}

/** A stream of runs that is observed as it goes. */
export interface Stream {
  readonly settings: MetricSettings;
  readonly chance: Chance;
  /** Outputs per run. */
  readonly n: number;
  readonly alarmLevel: number;
  metric: Metric;
  /** Runs so far, which is also the next run's id. */
  runs: number;
}

/** A metric of which nothing has been seen. */
export function begin(settings: MetricSettings): Metric {
  return metricKind(settings.kind).begin(settings);
}

/** The metric as it comes back from its stored bytes. */
export function stored(settings: MetricSettings, metric: Metric): Metric {
  return metricKind(settings.kind).decode(settings, metric.encode());
}

/** What a metric that follows shares has to say of a change. */
export function change(metric: Metric): ShareChange | null {
  return sharesOf(metric.explain());
}

function sharesOf(explanation: Observed["alarm"]): ShareChange | null {
  return explanation?.what === "shares" ? explanation : null;
}

/** A stream with nothing seen yet; chance repeats for the same seed. */
export function startStream(settings: MetricSettings, seed: number, n = 20, alarmLevel = 1_000): Stream {
  return { settings, chance: seeded(seed), n, alarmLevel, metric: begin(settings), runs: 0 };
}

const firstAt = Date.UTC(2026, 0, 5);

/** Draws and observes one run. */
export function nextRun(stream: Stream, draw: Draw): Observed {
  const run = {
    runId: stream.runs,
    at: firstAt + stream.runs * 3_600_000,
    values: draw(stream.chance, stream.n),
  };
  const observed = stream.metric.observe(run, stream.alarmLevel);
  stream.metric = observed.metric;
  stream.runs += 1;
  return observed;
}

/** Runs until the baseline is learned. */
export function learnBaseline(stream: Stream, draw: Draw): void {
  while (stream.metric.phase === "learning") {
    nextRun(stream, draw);
  }
}

/** Observes up to `runs` runs and stops at the first alarm. */
export function runUntilAlarm(
  stream: Stream,
  draw: Draw,
  runs: number,
): { readonly runs: number; readonly alarm: ShareChange | null } {
  for (let run = 1; run <= runs; run += 1) {
    const { alarm } = nextRun(stream, draw);
    if (alarm !== null) {
      return { runs: run, alarm: sharesOf(alarm) };
    }
  }
  return { runs, alarm: null };
}
