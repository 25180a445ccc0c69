import { averageEvidence } from "../shares/share-kind.js";
import { shareMetric } from "../shares/share-metric.js";
import { sizeOf } from "../shares/tally.js";

/**
 * The share of outputs that passed: checks, agreement, refusals, approvals.
 *
 * Formula: the share detector with odds of failing times 1.5, 2.5, 6 (worse) and 0.5 (better), held to be
 * likely by 0.15, 0.45, 0.3 and 0.1; b = 0.1, since a check that never failed usually goes on so.
 * A stated floor is a lower limit: being better than it is no change, so the factor 0.5 falls away there.
 * Assumptions, smallest sample and source: share-detector.ts. Defaults: DETECTION 1.1; without the factor 1.5
 * a change from 0.50 to 0.40 takes over 2,400 outputs.
 */
export const passShare = shareMetric({
  kind: "pass-share",
  read: (value) => (typeof value === "boolean" ? value : null),
  baselineIsFull: () => true,
  plan: (baseline, floor) => [
    {
      share: { kind: "pass" },
      hitsAre: "passes",
      outlook:
        floor === null
          ? { odds: [1.5, 2.5, 6, 0.5], weights: [0.15, 0.45, 0.3, 0.1] }
          : { odds: [1.5, 2.5, 6], weights: [1 / 6, 1 / 2, 1 / 3] },
      b: 0.1,
      weight: 1,
      baseline: { hits: baseline.get(true) ?? 0, n: sizeOf(baseline) },
      credit: 0,
    },
  ],
  count: (shares, tally) => shares.map(() => tally.get(true) ?? 0),
  newcomers: () => [],
  evidence: averageEvidence,
  usesAlarmFactor: true,
  median: () => null,
});
