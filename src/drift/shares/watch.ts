import type { Counts } from "../../measure/counts.js";
import type { ShareChange, ShareName } from "../explanation.js";
import type { Outlook, Stories } from "./share-detector.js";
import type { Tally } from "./tally.js";
import type { Variation } from "./variation.js";

/** How a share is watched; stored with its state, so that newer defaults never meet older weights. */
export interface SharePlan {
  readonly share: ShareName;
  /** Whether an output in the share is a pass or a fail to the share detector. */
  readonly hitsAre: "passes" | "fails";
  readonly outlook: Outlook;
  /** The prior's b: 0.1 for pass/fail and never-seen, 0.5 otherwise. */
  readonly b: number;
  /** Its part in the metric's evidence. */
  readonly weight: number;
  /** What the baseline held. */
  readonly baseline: Counts;
  /** Hits the baseline is credited with beyond those it held: nothing proves that a category is impossible. */
  readonly credit: number;
}

/** A share with what its runs have shown. */
export interface WatchedShare {
  readonly plan: SharePlan;
  /** The baseline and all runs older than the history. */
  readonly older: Counts;
  readonly baselineVariation: Variation;
  readonly variation: Variation;
  readonly stories: Stories;
  readonly evidence: number;
}

/** One run, counted by share. */
export interface SeenRun {
  readonly runId: number;
  readonly at: number;
  readonly n: number;
  /** In the order of the shares. */
  readonly hits: readonly number[];
  /** The values themselves, for a later baseline; null where they have become too many to keep. */
  readonly tally: Tally | null;
}

/** A run while the baseline is learned. */
export interface LearnedRun {
  readonly runId: number;
  readonly at: number;
  readonly tally: Tally;
}

/** What the metric is compared with. */
export interface Baseline {
  readonly outputs: number;
  readonly runs: number;
  /** The middle value, of numbers. */
  readonly median: number | null;
}

/** All shares of a metric, and the runs since its baseline: at most the latest 200. */
export interface Watch {
  readonly baseline: Baseline;
  readonly shares: readonly WatchedShare[];
  /** What counts are divided by beside the variation of each share: 1, or what runs that resemble each other ask for. */
  readonly dependence: number;
  readonly history: readonly SeenRun[];
  readonly evidence: number;
}

/** A change that was found: everything else stands still until it is accepted, fixed or over. */
export interface Alarm {
  readonly explanation: ShareChange;
  /** Which share it is about. */
  readonly shareIndex: number;
  readonly runsAfter: number;
}

/** What is known of a metric that follows shares. Never changed in place. */
export type ShareState =
  | {
      readonly phase: "learning";
      readonly runs: readonly LearnedRun[];
      readonly accepted: ShareChange | null;
    }
  | { readonly phase: "watching"; readonly watch: Watch }
  | { readonly phase: "alarmed"; readonly watch: Watch; readonly alarm: Alarm };
