/**
 * What a user would have today beside the product: the same streams, drawn once, through every rule.
 * 20 outputs a run, a baseline of 100, changes after 20 unchanged runs; a stream in which a rule has alarmed before
 * the change is left out of that rule's delay. The references are those of DETECTION section 4, whose Page-Hinkley
 * looked for a rise alone and whose ADWIN kept every output and looked at the end of each run.
 */
import { begin, metricSettings, passing, seeded } from "../drift/streams.js";
import { adaptiveWindow } from "./adaptive-window.js";
import {
  caseThreshold,
  type Follow,
  fisherTest,
  meanThreshold,
  pageHinkley,
  type Rule,
  type Run,
  stabilityIndex,
  zTest,
} from "./competitors.js";
import { type Figure, meanOf, perThousand, type Row } from "./detection-measure.js";
import { effects } from "./detection-pass-share.js";

const seed = 20_260_903;
const n = 20;
const baselineRuns = 5;
const unchangedRuns = 20;
const changedRuns = 300;
const rates = [0.95, 0.84] as const;

/** The product as a rule among the others. */
function evenkeel(alarmLevel: number): Rule {
  return {
    name: `Evenkeel, A = ${alarmLevel.toLocaleString("en")}`,
    begin: (baseline) => {
      let metric = begin(metricSettings());
      let runId = 0;
      const follow = (run: Run) => {
        const observed = metric.observe({ runId, at: runId * 3_600_000, values: run }, alarmLevel);
        metric = observed.metric;
        runId += 1;
        return observed.alarm !== null;
      };
      for (const run of baseline) {
        follow(run);
      }
      return follow;
    },
  };
}

/** Rules with what DETECTION section 4 measured at their defaults: two false-alarm rates, then four delays. */
const compared: readonly (readonly [Rule, readonly (number | null)[]])[] = [
  [evenkeel(1_000), [null, null, 132, 37, 37, 326]],
  [evenkeel(100), []],
  [caseThreshold, []],
  [meanThreshold, []],
  [zTest, [7.25, 37.58, 103, 25, 24, 197]],
  [fisherTest, [4.76, 19.22, 120, 26, 24, 291]],
  [stabilityIndex, [214.96, 72.23, 24, 23, 21, 147]],
  [pageHinkley, [0, 0.06, 1_047, 254, 172, 6_000]],
  [adaptiveWindow, [0, 0, 755, 85, 78, 5_927]],
];

/** What one rule did at the streams of one case. */
interface Delay {
  readonly mean: Figure;
  readonly found: number;
  /** Part of the streams without an alarm before the change. */
  readonly left: number;
}

/** Everything measured of one rule. */
interface Compared {
  readonly rule: Rule;
  readonly references: readonly (number | null)[];
  /** Up to the first alarm of each stream. */
  readonly first: readonly Figure[];
  /** Every alarm of every stream. */
  readonly every: readonly Figure[];
  readonly delays: readonly Delay[];
}

/** Runs every rule over the same streams. */
export function compare(unchangedStreams: number, changedStreams: number): readonly Compared[] {
  return compared.map(([rule, references]) => {
    const unchanged = rates.map((rate) => falseAlarmsOf(rule, rate, unchangedStreams));
    return {
      rule,
      references,
      first: unchanged.map(({ first }) => first),
      every: unchanged.map(({ every }) => every),
      delays: effects.map(({ from, to }) => delayOf(rule, from, to, changedStreams)),
    };
  });
}

/** The same as rows, with what DETECTION measured. */
export function* comparedRows(all: readonly Compared[]): Generator<Row> {
  for (const { rule, references, first, every, delays } of all) {
    for (const [i, rate] of rates.entries()) {
      const name = `${rule.name}: no change at ${rate}`;
      yield shown(name, "false alarms per 1,000 runs, to the first", first[i], references[i]);
      yield shown("  every run that alarms", "alarms per 1,000 runs", every[i], null);
    }
    for (const [i, { from, to }] of effects.entries()) {
      const delay = delays[i];
      if (delay?.left === 0) {
        continue;
      }
      const unit = `outputs; found ${percent(delay?.found)}, ${percent(delay?.left)} of the streams left`;
      yield shown(`  ${from} to ${to}`, unit, delay?.mean, references[rates.length + i]);
    }
  }
}

/** The same as a table for the README. */
export function comparedTable(all: readonly Compared[]): string {
  const heads = [
    "rule",
    ...rates.map((rate) => `alarms per 1,000 unchanged runs at ${rate}`),
    ...effects.map(({ from, to }) => `${from} → ${to}`),
  ];
  const lines = all.map(({ rule, every, delays }) => [
    rule.name,
    ...every.map(({ value }) => short(value)),
    ...delays.map(cellOf),
  ]);
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function cellOf({ mean, found, left }: Delay): string {
  const notes = [
    ...(found < 0.99 ? [`found ${percent(found)}`] : []),
    ...(left < 0.95 ? [`alarmed before in ${percent(1 - left)}`] : []),
  ];
  return left === 0
    ? "alarmed before in every stream"
    : `${mean.value.toFixed(0)}${notes.length === 0 ? "" : ` (${notes.join(", ")})`}`;
}

function shown(
  name: string,
  unit: string,
  measured: Figure | undefined,
  reference: number | null | undefined,
): Row {
  const figure = measured ?? { value: Number.NaN, error: Number.NaN };
  return { name, unit, measured: figure, target: null, reference: reference ?? null };
}

function falseAlarmsOf(rule: Rule, rate: number, streams: number): { first: Figure; every: Figure } {
  let firstAlarms = 0;
  let runsToFirst = 0;
  let alarms = 0;
  const runs = 1_000;
  for (let i = 0; i < streams; i += 1) {
    const { draw, follow } = started(rule, rate, seed + i);
    let alarmedAt: number | null = null;
    for (let run = 1; run <= runs; run += 1) {
      if (follow(draw(rate))) {
        alarms += 1;
        alarmedAt ??= run;
      }
    }
    firstAlarms += alarmedAt === null ? 0 : 1;
    runsToFirst += alarmedAt ?? runs;
  }
  return { first: perThousand(firstAlarms, runsToFirst), every: perThousand(alarms, runs * streams) };
}

function delayOf(rule: Rule, from: number, to: number, streams: number): Delay {
  const outputs: number[] = [];
  let found = 0;
  for (let i = 0; i < streams; i += 1) {
    const { draw, follow } = started(rule, from, seed + i);
    const early = Array.from({ length: unchangedRuns }, () => follow(draw(from))).includes(true);
    if (early) {
      continue;
    }
    const alarmedAt = firstAlarm(follow, () => draw(to));
    found += alarmedAt === null ? 0 : 1;
    outputs.push(n * (alarmedAt ?? changedRuns));
  }
  return { mean: meanOf(outputs), found: found / outputs.length, left: outputs.length / streams };
}

function firstAlarm(follow: Follow, draw: () => Run): number | null {
  for (let run = 1; run <= changedRuns; run += 1) {
    if (follow(draw())) {
      return run;
    }
  }
  return null;
}

/** The same seed draws the same outputs for every rule. */
function started(rule: Rule, rate: number, streamSeed: number) {
  const chance = seeded(streamSeed);
  const draw = (passRate: number): Run => passing(passRate)(chance, n).map((value) => value === true);
  return { draw, follow: rule.begin(Array.from({ length: baselineRuns }, () => draw(rate))) };
}

function percent(part: number | undefined): string {
  return `${(100 * (part ?? Number.NaN)).toFixed(0)}%`;
}

function short(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
