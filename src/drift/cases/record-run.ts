import { addCounts } from "../../measure/counts.js";
import type { CaseResult, Observation } from "../metric.js";
import {
  type CaseRun,
  type CasesState,
  countsOf,
  mostRunsWhileAlarmed,
  mostStarts,
  noCases,
  type WatchedCase,
} from "./watch.js";

/** One run, read. */
export interface CaseResults {
  readonly runId: number;
  readonly at: number;
  readonly results: readonly CaseResult[];
}

/** The results of a run; a value that is none, and a second one of the same case, is left out. */
export function resultsIn(values: readonly Observation[]): readonly CaseResult[] {
  const results = new Map<string, CaseResult>();
  for (const value of values) {
    if (typeof value === "object" && !results.has(value.case)) results.set(value.case, value);
  }
  return [...results.values()];
}

/** Whether the case has as many runs as a baseline needs. */
export function isLearned({ baseline }: WatchedCase, baselineRuns: number): boolean {
  return baseline.n >= baselineRuns;
}

/**
 * Counts one run. The run names the whole set: cases it does not name were taken out and are forgotten; one with
 * another fingerprint was edited and begins anew, as a new one does; the others go on. While a case is learned, its
 * results go into its baseline alone.
 */
export function recordRun(state: CasesState, run: CaseResults, baselineRuns: number): CasesState {
  const cases = casesAfter(state, run.results);
  const staying = new Set(cases.filter((each) => each.older.n > 0).map((each) => each.case));
  const learned = new Set(cases.filter((each) => isLearned(each, baselineRuns)).map((each) => each.case));
  const told = new Map(
    run.results.flatMap((each) => (each.pass === null ? [] : [[each.case, each.pass] as const])),
  );
  const seen = new Map([...told].filter(([id]) => learned.has(id)));
  const history = state.history.map((each) => keepCases(each, staying));
  const next: CaseRun = { runId: run.runId, at: run.at, passed: seen };
  return trimmed({
    ...state,
    cases: cases.map((each) => (learned.has(each.case) ? each : learn(each, told.get(each.case)))),
    history: seen.size === 0 ? history : [...history, next],
  });
}

function casesAfter(state: CasesState, results: readonly CaseResult[]): readonly WatchedCase[] {
  const known = new Map(state.cases.map((each) => [each.case, each]));
  return results.map(({ case: id, fingerprint }) => {
    const before = known.get(id);
    return before?.fingerprint === fingerprint ? before : newCase(id, fingerprint);
  });
}

function newCase(id: string, fingerprint: string): WatchedCase {
  const none = countsOf(undefined);
  return { case: id, fingerprint, baseline: none, older: none };
}

function keepCases(run: CaseRun, staying: ReadonlySet<string>): CaseRun {
  const gone = [...run.passed.keys()].some((id) => !staying.has(id));
  return gone ? { ...run, passed: new Map([...run.passed].filter(([id]) => staying.has(id))) } : run;
}

function learn(each: WatchedCase, passed: boolean | undefined): WatchedCase {
  const counted = countsOf(passed);
  return {
    ...each,
    baseline: addCounts(each.baseline, counted),
    older: addCounts(each.older, counted),
  };
}

/** Runs beyond those kept become part of what was before; while alarmed nothing does. */
function trimmed(state: CasesState): CasesState {
  if (state.alarm !== null) return { ...state, history: state.history.slice(-mostRunsWhileAlarmed) };
  const over = state.history.slice(0, Math.max(0, state.history.length - mostStarts));
  if (over.length === 0) return state;
  return { ...state, cases: withOlder(state.cases, over), history: state.history.slice(over.length) };
}

/** The cases with these runs counted among what was before. */
export function withOlder(cases: readonly WatchedCase[], runs: readonly CaseRun[]): readonly WatchedCase[] {
  return cases.map((each) => ({
    ...each,
    older: runs.reduce((sum, run) => addCounts(sum, countsOf(run.passed.get(each.case))), each.older),
  }));
}

/** Watches again from the baselines alone. */
export function restartCases(state: CasesState): CasesState {
  return { ...noCases, cases: state.cases.map((each) => ({ ...each, older: each.baseline })) };
}
