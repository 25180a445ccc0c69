import { findingKey } from "../incident/finding-key.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import { lowerFirst } from "../wording/sentences.js";
import type { Found } from "./describe.js";
import type { Watched } from "./ground.js";

const goldenReview = "golden:review";

/** The identity of the finding, to end it when the date was moved or the golden set taken out. */
const goldenReviewKey = findingKey({ rule: "overdue", metric: goldenReview, check: null });

/**
 * The golden set that nobody looked through by its `reviewBy`: known answers age, and then agree with what is no
 * longer right. For the digest alone; it is over once the date in the configuration lies ahead again.
 */
export function reviewGolden(
  { entry, golden }: Watched,
  at: number,
): { readonly found: readonly Found[]; readonly endedKeys: readonly string[] } {
  const reviewBy = golden?.reviewBy ?? null;
  if (reviewBy === null || dateOf(wallTime(at, entry.timeZone)) <= reviewBy)
    return { found: [], endedKeys: [goldenReviewKey] };
  const headline = `the golden set of ${lowerFirst(entry.title)} was to be reviewed by ${reviewBy}`;
  const found = [
    {
      headline,
      finding: {
        rule: "overdue" as const,
        metric: goldenReview,
        check: null,
        level: "digest" as const,
        baseline: null,
        current: null,
        evidence: null,
        changedAt: null,
        foundAt: at,
        chanceMonths: null,
        sentence: `${headline}: see whether its known answers still hold, then move "reviewBy" in the configuration`,
        improvement: false,
      },
    },
  ];
  return { found, endedKeys: [] };
}
