/**
 * A metric that follows shares of outputs: it learns a baseline, tells the stories of each share run by run, stands
 * still once it has alarmed, and watches again when that is over. What differs between pass shares, numbers,
 * categories and shapes is in their ShareKind.
 */
import { addCounts } from "../../measure/counts.js";
import type { ShareChange } from "../explanation.js";
import type { Metric, MetricKind, Observed, ObservedRun } from "../metric.js";
import type { MetricSettings } from "../settings.js";
import { accountOf, countsOf } from "./account.js";
import { alarmFactor } from "./alarm-factor.js";
import { beginWatch, isFull, restartWatch, valuesPerRun } from "./baseline.js";
import { decodeState, encodeState } from "./encoding.js";
import { followedShares, usualShare } from "./known-shares.js";
import { recordRun, weighRun } from "./observe.js";
import { hasRecovered } from "./recovery.js";
import type { ShareKind } from "./share-kind.js";
import { mergeTallies, sizeOf, tallyOf, thinned } from "./tally.js";
import { phiOf } from "./variation.js";
import type { Alarm, LearnedRun, ShareState, Watch } from "./watch.js";

/** What a run has shown, with the state after it. */
export interface ShareObserved extends Omit<Observed, "metric" | "alarm"> {
  readonly state: ShareState;
  readonly alarm: ShareChange | null;
}

/** Makes a kind of metric of what is particular to it. */
export function shareMetric<Name extends string>(kind: ShareKind<Name>): ShareKind<Name> & MetricKind<Name> {
  return {
    ...kind,
    begin: (settings) => metricOf(kind, settings, createMetric(kind, settings)),
    decode: (settings, bytes) => metricOf(kind, settings, decodeState(bytes)),
  };
}

function metricOf(kind: ShareKind, settings: MetricSettings, state: ShareState): Metric {
  const after = (next: ShareState) => (next === state ? itself : metricOf(kind, settings, next));
  const itself: Metric = {
    phase: state.phase,
    observe: (run, alarmLevel) => {
      const { state: next, ...observed } = observeRun(kind, settings, state, run, alarmLevel);
      return { ...observed, metric: after(next) };
    },
    explain: () => explain(kind, settings, state),
    accept: () => after(acceptChange(kind, settings, state)),
    fix: () => after(resetAfterFix(settings, state)),
    encode: () => encodeState(state),
    usualShare: () => usualShare(state),
    followed: () => followedShares(kind, settings, state),
  };
  return itself;
}

/** A thirtieth of the alarm level is worth a mark on the page. */
const warningPart = 1 / 30;

/** A metric of which nothing has been seen. */
export function createMetric(kind: ShareKind, settings: MetricSettings): ShareState {
  return settings.floor === null
    ? { phase: "learning", runs: [], accepted: null }
    : { phase: "watching", watch: beginWatch(kind, settings, []) };
}

/**
 * The state after one run, and what that run has shown. `alarmLevel` is A: the mean number of runs without a
 * change until it alarms. A run without any value for this metric is no run and leaves everything as it was.
 */
export function observeRun(
  kind: ShareKind,
  settings: MetricSettings,
  state: ShareState,
  run: ObservedRun,
  alarmLevel: number,
): ShareObserved {
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
function explain(kind: ShareKind, settings: MetricSettings, state: ShareState): ShareChange | null {
  switch (state.phase) {
    case "learning":
      return state.accepted;
    case "watching":
      return accountOf(kind, settings, state.watch)?.explanation ?? null;
    case "alarmed":
      return state.alarm.explanation;
  }
}

/**
 * "Expected": the outputs since the start of the change become the baseline, topped up by the next runs where
 * they are too few. Of numbers and categories the latest 1,000 distinct values are there to learn from. Without
 * an alarm nothing is accepted. A stated floor stays where it is: only the watch begins anew.
 */
function acceptChange(kind: ShareKind, settings: MetricSettings, state: ShareState): ShareState {
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
  return settle(kind, settings, runs, explanation);
}

/** "Fixed": watches again from the old baseline alone; what came after it is forgotten. */
function resetAfterFix(settings: MetricSettings, state: ShareState): ShareState {
  return state.phase === "learning"
    ? state
    : { phase: "watching", watch: restartWatch(settings, state.watch) };
}

function learnRun(
  kind: ShareKind,
  settings: MetricSettings,
  runs: readonly LearnedRun[],
  accepted: ShareChange | null,
  run: LearnedRun,
): ShareState {
  return settle(
    kind,
    settings,
    [...runs, { ...run, tally: thinned(run.tally, valuesPerRun(settings)) }],
    accepted,
  );
}

function settle(
  kind: ShareKind,
  settings: MetricSettings,
  runs: readonly LearnedRun[],
  accepted: ShareChange | null,
): ShareState {
  return isFull(kind, settings, runs)
    ? { phase: "watching", watch: beginWatch(kind, settings, runs) }
    : { phase: "learning", runs, accepted };
}

function judgeRun(
  kind: ShareKind,
  settings: MetricSettings,
  watch: Watch,
  alarmLevel: number,
): ShareObserved {
  const state: ShareState = { phase: "watching", watch };
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
  const alarm: Alarm = { explanation, shareIndex, runsAfter: 0 };
  return { ...report({ phase: "alarmed", watch, alarm }), alarm: explanation, warning: true };
}

function factorOf(kind: ShareKind, watch: Watch, shareIndex: number): number {
  const leading = watch.shares[shareIndex];
  if (!kind.usesAlarmFactor || leading === undefined) {
    return 1;
  }
  const sizes = watch.history.map(({ n }) => n);
  return alarmFactor(sizes, watch.dependence * phiOf(leading.variation));
}

/** While alarmed the weights stand still; runs only count towards recovery and towards a later baseline. */
function followAlarm(settings: MetricSettings, watch: Watch, alarm: Alarm): ShareObserved {
  const { explanation, shareIndex } = alarm;
  const runsAfter = alarm.runsAfter + 1;
  const counts = countsOf(watch.history, shareIndex);
  const since = addCounts(explanation.since, counts.at(-1) ?? { hits: 0, n: 0 });
  if (hasRecovered({ before: explanation.before, since }, counts.slice(-runsAfter), settings.floor)) {
    const rested: ShareState = { phase: "watching", watch: restartWatch(settings, watch) };
    return { ...report(rested), recovered: true };
  }
  const followed: Alarm = { ...alarm, explanation: { ...explanation, since }, runsAfter };
  return report({ phase: "alarmed", watch, alarm: followed });
}

function report(state: ShareState): ShareObserved {
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

function learning(runs: readonly LearnedRun[]): Pick<ShareObserved, "evidence" | "learned"> {
  const outputs = sizeOf(mergeTallies(runs.map(({ tally }) => tally)));
  return { evidence: null, learned: { outputs, runs: runs.length } };
}

function watching({ evidence, baseline }: Watch): Pick<ShareObserved, "evidence" | "learned"> {
  return { evidence, learned: { outputs: baseline.outputs, runs: baseline.runs } };
}
