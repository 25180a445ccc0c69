import type { Counts } from "../measure/counts.js";

/** Which outputs a share holds. */
export type ShareName =
  | { readonly kind: "pass" }
  | { readonly kind: "above" | "below"; readonly cut: number }
  | { readonly kind: "outside"; readonly cut: readonly [number, number] }
  | { readonly kind: "category"; readonly category: string }
  | { readonly kind: "never-seen" }
  /** A field of structured output, of that type. */
  | { readonly kind: "present"; readonly path: string; readonly type: string }
  /** A field that the baseline does not know. */
  | { readonly kind: "new-field" };

/** A share that moved, before and since the change. */
export interface Move {
  readonly share: ShareName;
  readonly before: Counts;
  readonly since: Counts;
}

/** A value that the baseline does not know, and in how many of the outputs since the change it is. */
export interface Newcomer {
  /** A category, or a field with its type as a line of the shape. */
  readonly value: string;
  readonly since: Counts;
}

/** When a change began, and how sure that is. */
interface Began {
  readonly startRunId: number;
  readonly startAt: number;
  readonly evidence: number;
  /** A change to the better; false where the metric does not know what is better. */
  readonly improvement: boolean;
}

/** Outputs moved from one share to another. */
export interface ShareChange extends Began, Move {
  readonly what: "shares";
  /** The other shares that moved as well, largest move first. */
  readonly moved: readonly Move[];
  /** What is new since the change, commonest first, at most 5. */
  readonly newcomers: readonly Newcomer[];
  /** The middle value before and since, of numbers. */
  readonly medians: { readonly before: number; readonly since: number } | null;
}

/** Outputs come more or less often than their week says. */
export interface VolumeChange extends Began {
  readonly what: "volume";
  /** Hours from the start of the change on. */
  readonly hours: number;
  /** Outputs usual in these hours of the week, and those that came. */
  readonly expected: number;
  readonly seen: number;
}

/** A golden case that turned, its runs before and since. */
export interface TurnedCase {
  readonly case: string;
  readonly before: Counts;
  readonly since: Counts;
}

/** Golden cases pass less often, or more often, than they did. */
export interface CasesChange extends Began {
  readonly what: "cases";
  /** All cases together. */
  readonly before: Counts;
  readonly since: Counts;
  /** Those that turned, the surest first. */
  readonly turned: readonly TurnedCase[];
}

/** What changed, since when, and how sure that is. */
export type Explanation = ShareChange | VolumeChange | CasesChange;
