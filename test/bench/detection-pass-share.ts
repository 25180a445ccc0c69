import type { MetricSettings } from "../../src/drift/settings.js";
import { metricSettings, passing, runUntilAlarm, unevenlyPassing } from "../drift/streams.js";
import {
  delays,
  falseAlarms,
  learnedStream,
  perThousand,
  type Row,
  type Scene,
} from "./detection-measure.js";

/** The four changes every delay is measured at. */
export const effects = [
  { from: 0.95, to: 0.85 },
  { from: 0.95, to: 0.7 },
  { from: 0.84, to: 0.51 },
  { from: 0.99, to: 0.95 },
] as const;

const seed = 20_260_901;

/** How a scene differs from the usual one: 20 a run and the usual settings. */
interface Unusual {
  readonly settings?: MetricSettings;
  readonly n?: number;
}

/** A pass share that changes after 20 unchanged runs. */
export function scene(
  from: number,
  to: number,
  { settings = metricSettings(), n = 20 }: Unusual = {},
): Scene {
  return {
    settings,
    before: passing(from),
    since: passing(to),
    n,
    unchangedRuns: 20,
    changedRuns: 6_000 / n,
  };
}

/** False alarms at every true rate: the last three columns of the effect gate's row are in here. */
export function* falseAlarmRows(streams: number): Generator<Row> {
  const targets = new Map([
    [0, 0.1],
    [0.001, 0.1],
    [0.01, 0.3],
    [0.99, 0.8],
    [0.999, 0.1],
    [1, 0.1],
  ]);
  const references = new Map([
    [0, 0],
    [0.001, 0],
    [0.01, 0.11],
    [0.1, 0.85],
    [0.999, 0.03],
    [1, 0],
  ]);
  for (const rate of [0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.84, 0.9, 0.95, 0.99, 0.999, 1]) {
    const unchanged = { ...scene(rate, rate), unchangedRuns: 1_000 };
    yield {
      name: `no change at a pass rate of ${rate}`,
      unit: "false alarms per 1,000 runs",
      measured: falseAlarms(unchanged, streams, seed),
      target: targets.get(rate) ?? 1,
      reference: references.get(rate) ?? null,
    };
  }
}

/** Delays and estimated starts of the four effects, baselines of 100 and 300. */
export function* delayRows(streams: number): Generator<Row> {
  const plans = [
    { outputs: 100, targets: [145, 41, 41, 360], references: [132, 37, 37, 326] },
    { outputs: 300, targets: [125, 40, 42, 255], references: [113, 35, 39, 227] },
  ];
  for (const { outputs, targets, references } of plans) {
    for (const [i, { from, to }] of effects.entries()) {
      const settings = metricSettings({ baselineOutputs: outputs });
      const measured = delays(scene(from, to, { settings }), streams, seed);
      yield {
        name: `${from} to ${to}, baseline ${outputs}`,
        unit: "outputs",
        measured: measured.mean,
        target: targets[i] ?? null,
        reference: references[i] ?? null,
      };
      if (outputs === 100) {
        yield {
          name: `  start of change, median error (90%: ${measured.startError.ninetieth})`,
          unit: "outputs",
          measured: measured.startError.median,
          target: [20, 20, 20, 60][i] ?? null,
          reference: [20, 0, 0, 40][i] ?? null,
        };
      }
    }
  }
}

/** What the effect gate costs, and what a stated floor gains, where both matter most. */
export function* smallEffectRows(streams: number): Generator<Row> {
  const gated = delays(scene(0.99, 0.95), streams, seed).mean;
  const free = delays(
    scene(0.99, 0.95, { settings: metricSettings({ minimumEffect: 0 }) }),
    streams,
    seed,
  ).mean;
  yield {
    name: "0.99 to 0.95, slower through the effect gate",
    unit: "percent",
    measured: {
      value: 100 * (gated.value / free.value - 1),
      error: (100 * gated.error) / free.value,
    },
    target: 8,
    reference: 5,
  };
  yield {
    name: "0.99 to 0.95 with a stated floor of 0.99",
    unit: "outputs",
    measured: delays(scene(0.99, 0.95, { settings: metricSettings({ floor: 0.99 }) }), streams, seed).mean,
    target: null,
    reference: 151,
  };
  yield {
    name: "no change at a stated floor of 0.9",
    unit: "false alarms per 1,000 runs",
    measured: falseAlarms(
      { ...scene(0.9, 0.9, { settings: metricSettings({ floor: 0.9 }) }), unchangedRuns: 1_000 },
      Math.ceil(streams / 4),
      seed,
    ),
    target: null,
    reference: null,
  };
}

/** False alarms in the 500 runs after "Expected". */
export function* acceptedRows(streams: number): Generator<Row> {
  for (const { from, to } of effects) {
    let alarms = 0;
    let runs = 0;
    for (let i = 0; i < streams; i += 1) {
      const stream = learnedStream(scene(from, to), seed + i);
      runUntilAlarm(stream, passing(from), 20);
      if (stream.metric.phase !== "alarmed") {
        runUntilAlarm(stream, passing(to), 300);
      }
      stream.metric = stream.metric.accept();
      const seen = runUntilAlarm(stream, passing(to), 500);
      alarms += seen.alarm === null ? 0 : 1;
      runs += seen.runs;
    }
    yield {
      name: `after "Expected", ${from} to ${to}`,
      unit: "false alarms per 1,000 runs",
      measured: perThousand(alarms, runs),
      target: 1,
      reference: 0.72,
    };
  }
}

/** Runs whose true rate varies around 0.90: 10 baseline runs. */
export function* variationRows(streams: number): Generator<Row> {
  const plans = [
    { correlation: 0, target: null, reference: 0.39 },
    { correlation: 0.02, target: null, reference: 0.9 },
    { correlation: 0.05, target: 1.6, reference: 1.3 },
    { correlation: 0.1, target: null, reference: 1.83 },
  ];
  for (const { correlation, target, reference } of plans) {
    const uneven = unevenlyPassing(0.9, correlation);
    const settings = metricSettings({ baselineOutputs: 200, baselineRuns: 10 });
    yield {
      name: `correlation of ${correlation} inside a run`,
      unit: "false alarms per 1,000 runs",
      measured: falseAlarms(
        { ...scene(0.9, 0.9, { settings }), before: uneven, unchangedRuns: 1_000 },
        streams,
        seed,
      ),
      target,
      reference,
    };
  }
}

/** 240 streams for a month of hourly runs of 10 outputs, at the level one false alarm a month asks for. */
export function* fleetRows(months: number, streams: number): Generator<Row> {
  const alarmLevel = 240 * 720;
  const unchanged = { ...scene(0.95, 0.95, { n: 10 }), unchangedRuns: 720, alarmLevel };
  let alarms = 0;
  for (let i = 0; i < 240 * months; i += 1) {
    alarms += runUntilAlarm(learnedStream(unchanged, seed + i), unchanged.before, 720).alarm === null ? 0 : 1;
  }
  yield {
    name: `240 streams, ${months} month(s) without a change`,
    unit: "false alarms a month",
    measured: { value: alarms / months, error: Math.sqrt(Math.max(alarms, 1)) / months },
    target: 2,
    reference: 1,
  };
  yield {
    name: "0.95 to 0.7 at that level, 10 a run",
    unit: "outputs",
    measured: delays({ ...scene(0.95, 0.7, { n: 10 }), alarmLevel }, streams, seed).mean,
    target: 80,
    reference: 70,
  };
}
