import type { CaseResult } from "../../src/drift/metric.js";
import {
  ask,
  askUntilAlarm,
  cases,
  type FailRates,
  type GoldenStream,
  resultsOf,
  startGolden,
} from "../drift/cases/streams.js";
import { learnBaseline, metricSettings, nextRun, runUntilAlarm, startStream } from "../drift/streams.js";
import { type Figure, meanOf, type Row } from "./detection-measure.js";

const seed = 20_260_904;
/** A change not found in so many runs counts as found in them. */
const mostRuns = 60;
const unchangedRuns = 10;

/** Fifty cases: 45 that fail 2% of the time, and five that fail every other time. */
const usual = cases(45, 0.02, cases(5, 0.5, {}, "flickering"));
/** Fifty that never fail. */
const steady = cases(50, 0);

/** Golden runs, case by case, and beside them the plain share of cases that pass. */
export function* goldenRows(streams: number): Generator<Row> {
  yield falseAlarmRow("50 cases that fail 2%, no change", cases(50, 0.02), streams, 0.8, 0.28);
  yield falseAlarmRow("45 that fail 2% and 5 at 50%, no change", usual, streams, 0.8, 0.14);
  yield falseAlarmRow("40 that fail 5% and 10 at 30%, no change", mixed, streams, null, 2);
  yield delayRow("5 of 45 bad, beside 5 at 50%", usual, cases(5, 1, usualWithoutFirst(5)), streams, 2.3, 2);
  yield delayRow(
    "3 of 45 bad, beside 5 at 50%",
    usual,
    cases(3, 1, usualWithoutFirst(3)),
    streams,
    null,
    2.4,
  );
  yield delayRow("one of 45 bad, beside 5 at 50%", usual, cases(1, 1, usualWithoutFirst(1)), streams, 7, 5.9);
  yield delayRow("one of 50 bad that never fail otherwise", steady, { ...steady, c0: 1 }, streams, 7, 5);
  yield delayRow("  baseline of 5 runs", steady, { ...steady, c0: 1 }, streams, null, 7, 5);
  const found = { streams, baselineRuns: 10 };
  yield shown("  one that fails every other time", "runs", delay(steady, { ...steady, c0: 0.5 }, found));
  yield plainRow("plain pass share, baseline 20 runs: one of 50 bad", 1, streams, 41);
  yield plainRow("plain pass share, baseline 20 runs: 5 of 50 bad", 5, streams, 3.5);
  yield* recoveryRows(streams);
}

const mixed = cases(40, 0.05, cases(10, 0.3, {}, "flickering"));

/** The usual cases without the first so many of those that fail 2%. */
function usualWithoutFirst(without: number): FailRates {
  return Object.fromEntries(
    Object.entries(usual).filter(([id]) => !/^c\d+$/.test(id) || Number(id.slice(1)) >= without),
  );
}

function shown(name: string, unit: string, measured: Figure): Row {
  return { name, unit, measured, target: null, reference: null };
}

function learned(rates: FailRates, i: number, baselineRuns: number): GoldenStream {
  const stream = startGolden(seed + i, { baselineRuns });
  while (stream.metric.phase === "learning") ask(stream, resultsOf(stream.chance, rates));
  return stream;
}

function drawn(stream: GoldenStream, rates: FailRates): () => readonly CaseResult[] {
  return () => resultsOf(stream.chance, rates);
}

function falseAlarmRow(
  name: string,
  rates: FailRates,
  streams: number,
  target: number | null,
  reference: number,
): Row {
  let alarms = 0;
  let runs = 0;
  for (let i = 0; i < streams; i += 1) {
    const stream = learned(rates, i, 10);
    const seen = askUntilAlarm(stream, drawn(stream, rates), 400);
    alarms += seen.alarm === null ? 0 : 1;
    runs += seen.runs;
  }
  const measured = { value: (1_000 * alarms) / runs, error: (1_000 * Math.sqrt(Math.max(alarms, 1))) / runs };
  return { name, unit: "false alarms per 1,000 runs", measured, target, reference };
}

function delayRow(
  name: string,
  before: FailRates,
  since: FailRates,
  streams: number,
  target: number | null,
  reference: number,
  baselineRuns = 10,
): Row {
  const measured = delay(before, since, { streams, baselineRuns });
  return { name, unit: "runs", measured, target, reference };
}

/** Runs from the change to the alarm. */
function delay(
  before: FailRates,
  since: FailRates,
  { streams, baselineRuns }: { streams: number; baselineRuns: number },
): Figure {
  const runs: number[] = [];
  for (let i = 0; i < streams; i += 1) {
    const stream = learned(before, i, baselineRuns);
    if (askUntilAlarm(stream, drawn(stream, before), unchangedRuns).alarm === null)
      runs.push(askUntilAlarm(stream, drawn(stream, since), mostRuns).runs);
  }
  return meanOf(runs);
}

/** What a tool that follows the share of cases that pass would see. */
function plainRow(name: string, bad: number, streams: number, reference: number): Row {
  const before = cases(50, 0.02);
  const since = { ...before, ...cases(bad, 1) };
  const runs: number[] = [];
  for (let i = 0; i < streams; i += 1) {
    const stream = startStream(metricSettings({ baselineOutputs: 1_000, baselineRuns: 20 }), seed + i, 50);
    const draw = (rates: FailRates) => (chance: () => number) =>
      resultsOf(chance, rates).map(({ pass }) => pass === true);
    learnBaseline(stream, draw(before));
    for (let run = 0; run < unchangedRuns; run += 1) nextRun(stream, draw(before));
    if (stream.metric.phase === "watching") runs.push(runUntilAlarm(stream, draw(since), mostRuns).runs);
  }
  return { name, unit: `runs, at most ${mostRuns}`, measured: meanOf(runs), target: null, reference };
}

/** After an alarm: how soon it is over once all is well, and how often too early while it is not. */
function* recoveryRows(streams: number): Generator<Row> {
  const scenes = [
    ["one bad case is well again", { ...steady, c0: 1 }, steady],
    ["five bad cases are well again", { ...steady, ...cases(5, 1) }, steady],
  ] as const;
  for (const [name, bad, well] of scenes)
    yield shown(name, "runs until it is over", meanOf(afterAlarm(bad, well, streams)));
  const stays = [
    ["one bad case stays bad", { ...steady, c0: 1 }, { ...steady, c0: 1 }],
    ["one case fails every other time, and stays so", { ...steady, c0: 0.5 }, { ...steady, c0: 0.5 }],
    ["four of five bad cases are well again", { ...steady, ...cases(5, 1) }, { ...steady, c0: 1 }],
  ] as const;
  for (const [name, bad, now] of stays) {
    const early = afterAlarm(bad, now, streams).map((runs) => (runs < mostRuns ? 100 : 0));
    yield shown(name, `% closed within ${mostRuns} runs`, meanOf(early));
  }
}

function afterAlarm(bad: FailRates, now: FailRates, streams: number): number[] {
  return Array.from({ length: streams }, (_, i) => i).flatMap((i) => {
    const stream = learned(steady, i, 10);
    askUntilAlarm(stream, drawn(stream, steady), unchangedRuns);
    if (askUntilAlarm(stream, drawn(stream, bad), mostRuns).alarm === null) return [];
    for (let run = 1; run < mostRuns; run += 1)
      if (ask(stream, resultsOf(stream.chance, now)).recovered) return [run];
    return [mostRuns];
  });
}
