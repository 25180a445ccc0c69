/**
 * Drift: is this metric still what it was? Runs with the values of their uniformly drawn outputs enter; evidence,
 * a phase, and an explanation leave. It never reads a clock, never stores or sends anything, never decides how
 * loud a change is, and never moves a baseline by itself.
 */
import { addCounts } from "../../measure/counts.js";
import { metricKind } from "../kinds/registry.js";
import type { MetricSettings } from "../settings.js";
import { alarmFactor } from "./alarm-factor.js";
import { beginWatch, isFull, restartWatch, valuesPerRun } from "./baseline.js";
import { accountOf, countsOf } from "./explanation.js";
import { recordRun, weighRun } from "./observe.js";
import { hasRecovered } from "./recovery.js";
import type { MetricKind } from "./share-kind.js";
import { mergeTallies, type Observation, sizeOf, tallyOf, thinned } from "./tally.js";
import { phiOf } from "./variation.js";
import type { Alarm, Explanation, LearnedRun, MetricState, Watch } from "./watch.js";

export type { MetricSettings } from "../settings.js";
export { decodeState, encodeState } from "./encoding.js";
export type { Observation } from "./tally.js";
export type { Explanation, MetricState, ShareName } from "./watch.js";

/** One run: the values of the outputs that the uniform hash drew and that say something about this metric. */
export interface ObservedRun {
  readonly runId: number;
  /** The slot's instant. */
  readonly at: number;
  readonly values: readonly Observation[];
}

/** What a run has shown. */
export interface Observed {
  readonly state: MetricState;
  /** null while the baseline is learned. While alarmed: that of the alarm. */
  readonly evidence: number | null;
  readonly phase: MetricState["phase"];
  /** The baseline so far, or the whole one; nothing for a stated floor, which needs none. */
  readonly learned: { readonly outputs: number; readonly runs: number };
  /** Only in the run at which it alarms. */
  readonly alarm: Explanation | null;
  /** Worth a mark on the page, not a message. */
  readonly warning: boolean;
  /** An alarm is over: the metric is back at its baseline and watching again. */
  readonly recovered: boolean;
}

/** A thirtieth of the alarm level is worth a mark on the page. */
const warningPart = 1 / 30;

/** A metric of which nothing has been seen. */
export function createMetric(settings: MetricSettings): MetricState {
  return settings.floor === null
    ? { phase: "learning", runs: [], accepted: null }
    : { phase: "watching", watch: beginWatch(metricKind(settings.kind), settings, []) };
}

/**
 * The state after one run, and what that run has shown. `alarmLevel` is A: the mean number of runs without a
 * change until it alarms. A run without any value for this metric is no run and leaves everything as it was.
 */
export function observeRun(
  settings: MetricSettings,
  state: MetricState,
  run: ObservedRun,
  alarmLevel: number,
): Observed {
  const kind = metricKind(settings.kind);
  const tally = tallyOf(run.values, kind.read);
  if (tally.size === 0) {
    return report(state);
  }
  const counted: LearnedRun = { runId: run.runId, at: run.at, tally };
  switch (state.phase) {
    case "learning":
      return report(learnRun(kind, settings, state.runs, state.accepted, counted));
    case "watching":
      return judgeRun(kind, settings, weighRun(kind, recordRun(kind, state.watch, counted)), alarmLevel);
    case "alarmed":
      return followAlarm(settings, recordRun(kind, state.watch, counted), state.alarm);
  }
}

/**
 * What is known of a change: the alarm's account, kept up to date, while alarmed; that of the accepted change
 * while its baseline is topped up ("still different"); else the likeliest change so far, large or not.
 */
export function explain(settings: MetricSettings, state: MetricState): Explanation | null {
  switch (state.phase) {
    case "learning":
      return state.accepted;
    case "watching":
      return accountOf(metricKind(settings.kind), settings, state.watch)?.explanation ?? null;
    case "alarmed":
      return state.alarm.explanation;
  }
}

/**
 * "Expected": the outputs since the start of the change become the baseline, topped up by the next runs where
 * they are too few. Of numbers and categories the latest 1,000 distinct values are there to learn from. Without
 * an alarm nothing is accepted. A stated floor stays where it is: only the watch begins anew.
 */
export function acceptChange(settings: MetricSettings, state: MetricState): MetricState {
  if (state.phase !== "alarmed") {
    return state;
  }
  if (settings.floor !== null) {
    return resetAfterFix(settings, state);
  }
  const { history } = state.watch;
  const { explanation } = state.alarm;
  const start = history.findIndex(({ runId }) => runId === explanation.startRunId);
  const runs = history
    .slice(Math.max(0, start))
    .flatMap(({ runId, at, tally }) => (tally === null ? [] : [{ runId, at, tally }]));
  return settle(metricKind(settings.kind), settings, runs, explanation);
}

/** "Fixed": watches again from the old baseline alone; what came after it is forgotten. */
export function resetAfterFix(settings: MetricSettings, state: MetricState): MetricState {
  return state.phase === "learning"
    ? state
    : { phase: "watching", watch: restartWatch(settings, state.watch) };
}

function learnRun(
  kind: MetricKind,
  settings: MetricSettings,
  runs: readonly LearnedRun[],
  accepted: Explanation | null,
  run: LearnedRun,
): MetricState {
  return settle(
    kind,
    settings,
    [...runs, { ...run, tally: thinned(run.tally, valuesPerRun(settings)) }],
    accepted,
  );
}

function settle(
  kind: MetricKind,
  settings: MetricSettings,
  runs: readonly LearnedRun[],
  accepted: Explanation | null,
): MetricState {
  return isFull(kind, settings, runs)
    ? { phase: "watching", watch: beginWatch(kind, settings, runs) }
    : { phase: "learning", runs, accepted };
}

function judgeRun(kind: MetricKind, settings: MetricSettings, watch: Watch, alarmLevel: number): Observed {
  const state: MetricState = { phase: "watching", watch };
  if (watch.evidence < alarmLevel * warningPart) {
    return report(state);
  }
  const account = accountOf(kind, settings, watch);
  if (account === null || !account.passesGate) {
    return report(state);
  }
  const { explanation, shareIndex } = account;
  if (watch.evidence < alarmLevel * factorOf(kind, watch, shareIndex)) {
    return { ...report(state), warning: true };
  }
  const outputsToAlarm = explanation.since.n;
  const alarm: Alarm = { explanation, shareIndex, outputsToAlarm, runsAfter: 0 };
  return { ...report({ phase: "alarmed", watch, alarm }), alarm: explanation, warning: true };
}

function factorOf(kind: MetricKind, watch: Watch, shareIndex: number): number {
  const leading = watch.shares[shareIndex];
  if (!kind.usesAlarmFactor || leading === undefined) {
    return 1;
  }
  const sizes = watch.history.map(({ n }) => n);
  return alarmFactor(sizes, phiOf(leading.variation));
}

/** While alarmed the weights stand still; runs only count towards recovery and towards a later baseline. */
function followAlarm(settings: MetricSettings, watch: Watch, alarm: Alarm): Observed {
  const { explanation, shareIndex, outputsToAlarm } = alarm;
  const runsAfter = alarm.runsAfter + 1;
  const counts = countsOf(watch.history, shareIndex);
  const since = addCounts(explanation.since, counts.at(-1) ?? { hits: 0, n: 0 });
  if (
    hasRecovered(
      { before: explanation.before, since, outputsToAlarm },
      counts.slice(-runsAfter),
      settings.floor,
    )
  ) {
    const rested: MetricState = { phase: "watching", watch: restartWatch(settings, watch) };
    return { ...report(rested), recovered: true };
  }
  const followed: Alarm = { ...alarm, explanation: { ...explanation, since }, runsAfter };
  return report({ phase: "alarmed", watch, alarm: followed });
}

function report(state: MetricState): Observed {
  const { evidence, learned } = state.phase === "learning" ? learning(state.runs) : watching(state.watch);
  return {
    state,
    evidence,
    phase: state.phase,
    learned,
    alarm: null,
    warning: false,
    recovered: false,
  };
}

function learning(runs: readonly LearnedRun[]): Pick<Observed, "evidence" | "learned"> {
  const outputs = sizeOf(mergeTallies(runs.map(({ tally }) => tally)));
  return { evidence: null, learned: { outputs, runs: runs.length } };
}

function watching({ evidence, baseline }: Watch): Pick<Observed, "evidence" | "learned"> {
  return { evidence, learned: { outputs: baseline.outputs, runs: baseline.runs } };
}
