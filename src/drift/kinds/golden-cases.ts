import { addCounts } from "../../measure/counts.js";
import { accountOf } from "../cases/account.js";
import { decodeCases, encodeCases } from "../cases/encoding.js";
import { evidenceOf, startsOf } from "../cases/evidence.js";
import { isLearned, recordRun, restartCases, resultsIn, withOlder } from "../cases/record-run.js";
import { casesRecovered } from "../cases/recovery.js";
import { type CasesAlarm, type CasesState, countsOf, noCases, seenIn } from "../cases/watch.js";
import type { Explanation } from "../explanation.js";
import type { Metric, MetricKind, Observed, ObservedRun, Phase } from "../metric.js";
import type { MetricSettings } from "../settings.js";

/** A thirtieth of the alarm level is worth a mark on the page. */
const warningPart = 1 / 30;

/**
 * The cases of a golden set, each compared with itself: formula, assumptions and source in cases/evidence.ts.
 * Only falling agreement is looked for. Smallest sample: a case is watched once it was told in `baselineRuns` runs.
 * Default: 10 runs; with 5 a single bad case is found about two runs later (DETECTION 1.8).
 */
export const goldenCases: MetricKind<"golden-cases"> = {
  kind: "golden-cases",
  begin: (settings) => metricOf(settings, noCases),
  decode: (settings, bytes) => metricOf(settings, decodeCases(bytes)),
};

function metricOf(settings: MetricSettings, state: CasesState): Metric {
  const after = (next: CasesState) => (next === state ? itself : metricOf(settings, next));
  const itself: Metric = {
    phase: phaseOf(settings, state),
    observe: (run, alarmLevel) => {
      const { state: next, ...shown } = observe(settings, state, run, alarmLevel);
      return { ...report(settings, next), ...shown, metric: after(next) };
    },
    explain: () => explain(settings, state),
    accept: () => after(accept(settings, state)),
    fix: () => after(phaseOf(settings, state) === "learning" ? state : restartCases(state)),
    encode: () => encodeCases(state),
    usualShare: () => null,
    followed: () => [],
  };
  return itself;
}

/** What a run has shown, with the state after it. */
type Shown = { readonly state: CasesState } & Partial<Pick<Observed, "alarm" | "warning" | "recovered">>;

function observe(settings: MetricSettings, state: CasesState, run: ObservedRun, alarmLevel: number): Shown {
  const results = resultsIn(run.values);
  if (results.every((each) => each.pass === null)) return { state };
  const before = new Map(state.cases.map((each) => [each.case, each.fingerprint]));
  const recorded = recordRun(state, { ...run, results }, settings.baselineRuns);
  if (recorded.alarm === null) return judge(settings, stillAccepted(settings, recorded), alarmLevel);
  const same = new Set(
    recorded.cases.filter((each) => before.get(each.case) === each.fingerprint).map((each) => each.case),
  );
  return followAlarm(recorded, recorded.alarm, { runId: run.runId, same });
}

/** The accepted change is told until what it is about has a baseline again. */
function stillAccepted(settings: MetricSettings, state: CasesState): CasesState {
  if (state.accepted === null) return state;
  const about = new Set(state.accepted.turned.map((each) => each.case));
  const learning = state.cases.some(
    (each) => about.has(each.case) && !isLearned(each, settings.baselineRuns),
  );
  return learning ? state : { ...state, accepted: null };
}

function judge(settings: MetricSettings, recorded: CasesState, alarmLevel: number): Shown {
  const starts = startsOf(recorded.cases, recorded.history);
  const state = { ...recorded, evidence: evidenceOf(starts) };
  if (state.evidence < alarmLevel * warningPart) return { state };
  const account = accountOf(state, starts, settings.minimumEffect);
  if (account === null || !account.passesGate) return { state };
  if (state.evidence < alarmLevel) return { state, warning: true };
  const { explanation } = account;
  const runsToAlarm = Math.max(...explanation.turned.map((each) => each.since.n));
  const alarm = { explanation, runsToAlarm, runsAfter: 0 };
  return { state: { ...state, alarm }, alarm: explanation, warning: true };
}

/**
 * While alarmed the evidence stands still; runs only count towards recovery and towards a later baseline. Once every
 * case that turned was edited or taken out, the change is about nothing any more: the others are watched on.
 */
function followAlarm(
  state: CasesState,
  { explanation, runsToAlarm, runsAfter }: CasesAlarm,
  { runId, same }: { readonly runId: number; readonly same: ReadonlySet<string> },
): Shown {
  const newest = state.history.at(-1);
  // a run that only told of cases still learned is none to the others
  const latest = newest?.runId === runId ? newest : undefined;
  const runsNow = runsAfter + (latest === undefined ? 0 : 1);
  const turned = explanation.turned
    .filter((each) => same.has(each.case))
    .map((each) => ({ ...each, since: addCounts(each.since, countsOf(latest?.passed.get(each.case))) }));
  if (turned.length === 0) return { state: { ...restartCases(state), accepted: state.accepted } };
  const afterwards = runsNow === 0 ? [] : state.history.slice(-runsNow);
  if (casesRecovered(turned, runsToAlarm, afterwards)) return { state: restartCases(state), recovered: true };
  const since = [...(latest?.passed.values() ?? [])].map(countsOf).reduce(addCounts, explanation.since);
  const alarm = { explanation: { ...explanation, turned, since }, runsToAlarm, runsAfter: runsNow };
  return { state: { ...state, alarm } };
}

function explain(settings: MetricSettings, state: CasesState): Explanation | null {
  if (state.alarm !== null) return state.alarm.explanation;
  if (state.accepted !== null) return state.accepted;
  return accountOf(state, startsOf(state.cases, state.history), settings.minimumEffect)?.explanation ?? null;
}

/**
 * "Expected": for the cases that turned, and those that lean towards it (r > 1), the runs since the start of the
 * change become the baseline, topped up by the next ones; they would raise the next alarm otherwise. The others keep
 * theirs: nothing is known of them that speaks against it.
 */
function accept(settings: MetricSettings, state: CasesState): CasesState {
  if (state.alarm === null) return state;
  const { explanation } = state.alarm;
  const found = state.history.findIndex(({ runId }) => runId === explanation.startRunId);
  const since = state.history.slice(Math.max(0, found));
  const start = startsOf(state.cases, state.history, state.history.length)[found];
  const named = new Set(explanation.turned.map((each) => each.case));
  const cases = withOlder(state.cases, state.history).map((each, i) => {
    const leans = (start?.lnRatios[i] ?? 0) > 0 && isLearned(each, settings.baselineRuns);
    const seen = seenIn(since, each.case);
    return named.has(each.case) || leans ? { ...each, baseline: seen, older: seen } : each;
  });
  return stillAccepted(settings, { ...noCases, cases, accepted: explanation });
}

function phaseOf({ baselineRuns }: MetricSettings, { cases, alarm }: CasesState): Phase {
  if (alarm !== null) return "alarmed";
  return cases.some((each) => isLearned(each, baselineRuns)) ? "watching" : "learning";
}

function report(settings: MetricSettings, state: CasesState): Omit<Observed, "metric"> {
  const phase = phaseOf(settings, state);
  const baselines = state.cases.map((each) => each.baseline.n);
  return {
    phase,
    evidence: phase === "learning" ? null : (state.alarm?.explanation.evidence ?? state.evidence),
    learned: {
      outputs: baselines.reduce((sum, n) => sum + n, 0),
      runs: Math.max(0, ...baselines),
    },
    alarm: null,
    warning: false,
    recovered: false,
  };
}
