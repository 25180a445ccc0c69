/** Precision of a check that may page. */
const trusted = 0.9;
/** Precision of one that may not. */
const distrusted = 0.5;
/** The sum at which people have contradicted it. */
const limit = 5.5;

/** Where a check stands with people. */
export interface Standing {
  /** From 0 to the limit; how far the latest judged fails speak against it. */
  readonly against: number;
  /** Which judged fail, counted from 1, made it too much; null: none has. */
  readonly contradictedAt: number | null;
}

/**
 * Whether people contradict what a check fails, judged fail by judged fail in order of time.
 *
 * Formula: S = max(0, S + ln(p1 / p0)) for a fail that people call wrong too, S = max(0, S + ln((1 - p1) / (1 - p0)))
 * for one they call right, with p0 = 0.9 and p1 = 0.5; contradicted at S ≥ 5.5 (E. S. Page, 1954, "Continuous
 * inspection schemes", Biometrika 41). Assumes judged fails to be independent. Smallest sample: 4, all called right.
 * Origin of the limit: with three judged fails a week, of checks with precision 0.5 97% are found within 8 weeks, of
 * those with 0.95 0.5% in a year (npm run bench:judgements).
 */
export function standingOf(fails: readonly { readonly wrong: boolean }[]): Standing {
  const agreed = Math.log(distrusted / trusted);
  const contradicted = Math.log((1 - distrusted) / (1 - trusted));
  let against = 0;
  for (const [index, { wrong }] of fails.entries()) {
    against = Math.max(0, against + (wrong ? agreed : contradicted));
    if (against >= limit) return { against, contradictedAt: index + 1 };
  }
  return { against, contradictedAt: null };
}
