import type { ShareName } from "../explanation.js";
import type { Observation, Value } from "../metric.js";
import type { Tally } from "./tally.js";
import type { LearnedRun, SeenRun, SharePlan, WatchedShare } from "./watch.js";

/** What a kind of metric that follows shares has to say; everything else is the same for all of them. */
export interface ShareKind<Name extends string = string> {
  readonly kind: Name;
  /** The value as it is counted; null when it says nothing about this metric. */
  readonly read: (value: Observation) => Value | null;
  /** Whether outputs that are many enough for every kind are enough for this one. */
  readonly baselineIsFull: (baseline: Tally) => boolean;
  /** The shares to watch, given the baseline; with a stated floor the baseline is empty. */
  readonly plan: (baseline: Tally, floor: number | null) => readonly SharePlan[];
  /** How many outputs of a tally lie in each share. */
  readonly count: (shares: readonly ShareName[], tally: Tally) => readonly number[];
  /** The values of a tally that lie outside everything the baseline knows, with their outputs, in any order. */
  readonly newcomers: (
    shares: readonly ShareName[],
    tally: Tally,
  ) => readonly (readonly [value: string, hits: number])[];
  /** The metric's one evidence, the latest run of the history included. */
  readonly evidence: (shares: readonly WatchedShare[], history: readonly SeenRun[]) => number;
  /** Whether c of alarm-factor.ts lowers the alarm level. */
  readonly usesAlarmFactor: boolean;
  /** By how much runs that follow each other vary more than independent ones, where the kind looks at that. */
  readonly dependence?: (baseline: readonly LearnedRun[]) => number;
  /** The middle value of a tally, where the kind has one. */
  readonly median: (tally: Tally) => number | null;
}

/** The average of the shares' evidence by their weights: an average of e-detectors is an e-detector. */
export function averageEvidence(shares: readonly WatchedShare[]): number {
  return shares.reduce((sum, { plan, evidence }) => sum + plan.weight * evidence, 0);
}
