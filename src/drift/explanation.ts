import type { Counts } from "../measure/counts.js";

/** Which outputs a share holds. */
export type ShareName =
  | { readonly kind: "pass" }
  | { readonly kind: "above" | "below"; readonly cut: number }
  | { readonly kind: "outside"; readonly cut: readonly [number, number] }
  | { readonly kind: "category"; readonly category: string }
  | { readonly kind: "never-seen" };

/** A share that moved, before and since the change. */
export interface Move {
  readonly share: ShareName;
  readonly before: Counts;
  readonly since: Counts;
}

/** What changed, since when, and how sure that is. */
export interface Explanation extends Move {
  readonly startRunId: number;
  readonly startAt: number;
  readonly evidence: number;
  /** A pass share that rose; false for every other kind. */
  readonly improvement: boolean;
  /** The other shares that moved as well, largest move first. */
  readonly moved: readonly Move[];
  /** The middle value before and since, of numbers. */
  readonly medians: { readonly before: number; readonly since: number } | null;
}
