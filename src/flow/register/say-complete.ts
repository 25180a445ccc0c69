import type { Completeness } from "../../automation/completeness.js";
import { sayListUpTo } from "../../wording/sentences.js";

/** Lacks named before the rest is counted. */
const named = 4;

/** "no deputy, no golden set and never reviewed", what is needed first; null: nothing is missing. */
export function sayComplete({ missing }: Completeness): string | null {
  if (missing.length === 0) return null;
  return sayListUpTo(
    missing.map(({ words }) => words),
    named,
  );
}
