import type { Counts } from "../../measure/counts.js";
import { decodeCases } from "./encoding.js";

/** So many passes and fails, each, make a case a flickering one: a single fail may be an accident. */
const fewestOfEach = 2;

/** How steady a golden case is. */
export interface Steadiness {
  readonly case: string;
  readonly fingerprint: string;
  /** The runs its baseline was learned from, and those it passed. */
  readonly learned: Counts;
  /** Sometimes right, sometimes wrong, while nothing changed. */
  readonly flickering: boolean;
}

/**
 * How steady each case was in the runs its baseline was learned from: what came later may be a change. The case
 * flickers when it passed at least twice and failed at least twice there. A case that fails 2% of its runs does so in
 * 1.6% of baselines of ten runs, one that fails half of them in 98%.
 */
export function steadinessIn(state: Uint8Array): readonly Steadiness[] {
  return decodeCases(state).cases.map(({ case: id, fingerprint, baseline }) => ({
    case: id,
    fingerprint,
    learned: baseline,
    flickering: baseline.hits >= fewestOfEach && baseline.n - baseline.hits >= fewestOfEach,
  }));
}
