import { addCounts, type Counts, noCounts } from "../../measure/counts.js";
import type { CasesChange } from "../explanation.js";

/** So many of the latest runs may be the one at which a change began. */
export const mostStarts = 20;

/** Runs kept while alarmed: what a later baseline is learned from. */
export const mostRunsWhileAlarmed = 60;

/** A case with the runs it passed, `hits`, of those that could tell. */
export interface WatchedCase {
  readonly case: string;
  readonly fingerprint: string;
  /** The runs it was learned from. */
  readonly baseline: Counts;
  /** The baseline and all runs older than the history. */
  readonly older: Counts;
}

/** One run: which cases passed. Cases that are still learned, or could not be told, are not in it. */
export interface CaseRun {
  readonly runId: number;
  readonly at: number;
  readonly passed: ReadonlyMap<string, boolean>;
}

/** A change that was found: everything else stands still until it is accepted, fixed or over. */
export interface CasesAlarm {
  readonly explanation: CasesChange;
  /** From the start of the change to the alarm. */
  readonly runsToAlarm: number;
  readonly runsAfter: number;
}

/** What is known of the cases of a golden set. Never changed in place. */
export interface CasesState {
  readonly cases: readonly WatchedCase[];
  readonly history: readonly CaseRun[];
  readonly evidence: number;
  readonly alarm: CasesAlarm | null;
  /** The accepted change, until what it is about has a baseline again. */
  readonly accepted: CasesChange | null;
}

/** Nothing seen yet. */
export const noCases: CasesState = { cases: [], history: [], evidence: 0, alarm: null, accepted: null };

/** One result as counts. */
export function countsOf(passed: boolean | undefined): Counts {
  return passed === undefined ? noCounts : { hits: passed ? 1 : 0, n: 1 };
}

/** What these runs say of one case. */
export function seenIn(runs: readonly CaseRun[], id: string): Counts {
  return runs.reduce((sum, run) => addCounts(sum, countsOf(run.passed.get(id))), noCounts);
}
