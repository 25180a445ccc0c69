import type { Level } from "./check.js";

/** Why something counts as wrong. */
export type FindingRule =
  | "zero-tolerance"
  | "floor"
  | "drift"
  | "golden"
  | "silence"
  | "blind"
  | "judge"
  | "overdue"
  | "model-sunset"
  | "budget"
  /** People contradict a known answer, or what a check says. */
  | "contradicted"
  /** A person saw something odd. */
  | "report"
  /** Evenkeel itself is not in order: a channel is broken, an incident has no next step. */
  | "itself";

/**
 * Rules that no run over the outputs decides: about a date or a price, which whatever looks at that also ends, or a
 * person's word, which only a person takes back.
 */
export const rulesBesideOutputs: ReadonlySet<FindingRule> = new Set<FindingRule>([
  "overdue",
  "model-sunset",
  "budget",
  "contradicted",
  "report",
  "itself",
]);

/** A level before or since a change: a share of outputs, or a median, always with its count. */
export type Measured =
  | { readonly share: number; readonly n: number }
  | { readonly median: number; readonly n: number };

/** One thing wrong with one automation. */
export interface Finding {
  readonly rule: FindingRule;
  /** The metric's id (`check:valid-json`, `number:latency`, `category:category`), or null. */
  readonly metric: string | null;
  /** The check's id, when it is about a check. */
  readonly check: string | null;
  readonly level: Level;
  readonly baseline: Measured | null;
  readonly current: Measured | null;
  /** The detector's evidence; null where the rule has none. */
  readonly evidence: number | null;
  /** Estimated start of the change: epoch ms UTC. */
  readonly changedAt: number | null;
  /** When it was found: the slot's instant. */
  readonly foundAt: number;
  /** Runs of this metric in a month divided into its alarm level: a swing this strong happens by chance once in so many months. */
  readonly chanceMonths: number | null;
  /** What changed, since when: one sentence for the owner. */
  readonly sentence: string;
  /** True for a change to the better. */
  readonly improvement: boolean;
}
