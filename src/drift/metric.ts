/**
 * Drift: is this metric still what it was? Runs with the values of their uniformly drawn outputs enter; evidence,
 * a phase, and an explanation leave. It never reads a clock, never stores or sends anything, never decides how
 * loud a change is, and never moves a baseline by itself.
 *
 * A kind of metric is one file in kinds/ that hands out metrics. A metric is what is known so far; it is never
 * changed in place: whatever happens to it gives another one.
 */
import type { Counts } from "../measure/counts.js";
import type { Explanation, ShareName } from "./explanation.js";
import type { KnownShare } from "./outputs-to-notice.js";
import type { MetricSettings } from "./settings.js";

/** What a golden case came to. A run names every case of the set, so that one taken out is known at once. */
export interface CaseResult {
  readonly case: string;
  /** Of what is asked and expected: a case that comes with another one was edited and begins anew. */
  readonly fingerprint: string;
  /** null: it could not be told. */
  readonly pass: boolean | null;
}

/** What one output contributes to a metric: passed or not, a number, a category. */
export type Value = boolean | number | string;

/** What a run contributes: the values of its outputs; of a golden run, its cases. */
export type Observation = Value | CaseResult;

/** One run: the values of the outputs that the uniform hash drew and that say something about this metric. */
export interface ObservedRun {
  readonly runId: number;
  /** The slot's instant. */
  readonly at: number;
  readonly values: readonly Observation[];
}

/** Learning its baseline, watching against it, or standing still since an alarm. */
export type Phase = "learning" | "watching" | "alarmed";

/** What a run has shown. */
export interface Observed {
  readonly metric: Metric;
  readonly phase: Phase;
  /** null while the baseline is learned. While alarmed: that of the alarm. */
  readonly evidence: number | null;
  /** The baseline so far, or the whole one; nothing for a stated floor, which needs none. */
  readonly learned: { readonly outputs: number; readonly runs: number };
  /** Only in the run at which it alarms. */
  readonly alarm: Explanation | null;
  /** Worth a mark on the page, not a message. */
  readonly warning: boolean;
  /** An alarm is over: the metric is back at its baseline and watching again. */
  readonly recovered: boolean;
}

/** One of the shares by which a metric is followed. */
export interface FollowedShare extends KnownShare {
  readonly share: ShareName;
}

/** What drift knows of one metric. */
export interface Metric {
  readonly phase: Phase;
  /**
   * What is known after one run, and what that run has shown. `alarmLevel` is A: the mean number of runs without a
   * change until it alarms. A run without any value for this metric is no run and leaves everything as it was.
   */
  readonly observe: (run: ObservedRun, alarmLevel: number) => Observed;
  /**
   * What is known of a change: the alarm's account, kept up to date, while alarmed; that of the accepted change
   * while its baseline is topped up ("still different"); else the likeliest change so far, large or not.
   */
  readonly explain: () => Explanation | null;
  /**
   * "Expected": what came since the start of the change becomes the baseline, topped up by the next runs where it is
   * too little. Without an alarm nothing is accepted.
   */
  readonly accept: () => Metric;
  /** "Fixed": watches again from the old baseline alone; what came after it is forgotten. */
  readonly fix: () => Metric;
  /** As bytes to be stored. */
  readonly encode: () => Uint8Array;
  /** Where the share of passes usually lies; null while it is learned and for metrics that are no such share. */
  readonly usualShare: () => Counts | null;
  /** The shares it is followed by, as they are known now; none while they are learned, and where it has none. */
  readonly followed: () => readonly FollowedShare[];
}

/** A way of following something. */
export interface MetricKind<Name extends string = string> {
  readonly kind: Name;
  /** A metric of which nothing has been seen. */
  readonly begin: (settings: MetricSettings) => Metric;
  /** The metric that was stored; throws KnownError for bytes that this kind did not write. */
  readonly decode: (settings: MetricSettings, bytes: Uint8Array) => Metric;
}
