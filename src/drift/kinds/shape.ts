import { fieldOf, lineOf, shapeLines } from "../../text/json-shape.js";
import type { ShareName } from "../explanation.js";
import type { Outlook } from "../shares/share-detector.js";
import { averageEvidence } from "../shares/share-kind.js";
import { shareMetric } from "../shares/share-metric.js";
import { sizeOf, type Tally } from "../shares/tally.js";
import type { SharePlan } from "../shares/watch.js";

const mostPaths = 200;
/** A field in a single output of the baseline proves no more than that fields like it occur. */
const fewestOutputs = 2;
const pathOutlook: Outlook = { odds: [1.5, 2.5, 6, 0.5], weights: [0.25, 0.25, 0.25, 0.25] };
const newFieldOutlook: Outlook = { odds: [2.5, 8, 1 / 2.5, 1 / 8], weights: [0.25, 0.25, 0.25, 0.25] };

/**
 * The shape of structured output: which fields are there and of which type. A value is a shape as
 * text/json-shape.ts writes it.
 *
 * Formula: evidence = half the average over the baseline's 200 commonest fields of "the field is there" (odds times
 * 1.5, 2.5, 6, 0.5, equally likely, b = 0.5), and half the share "has another field" (odds times 2.5, 8, 1/2.5, 1/8,
 * b = 0.1). A field with another type is another field. Fields seen in one output of the baseline alone are among the
 * others: what is left of the baseline then predicts how often outputs bring a field that it did not have, as if
 * each output were compared with the rest of them. Without this a map with ever new names alarms at once.
 * Assumes independent outputs; nothing about how fields go together. Smallest sample: a full baseline (100 outputs).
 * Defaults: DETECTION 1.2, by simulation; an average and the best of the fields with Bonferroni's correction came to
 * the same. Factors and b of "another field" are those of "never seen" in category.ts.
 * Source: share-detector.ts; fields seen once: I. J. Good, 1953, "The population frequencies of species and the
 * estimation of population parameters", Biometrika 40.
 */
export const shape = shareMetric({
  kind: "shape",
  read: (value) => (typeof value === "string" && value !== "" ? value : null),
  baselineIsFull: () => true,
  plan: (baseline) => {
    const n = sizeOf(baseline);
    const followed = [...linesIn(baseline)]
      .filter(([, hits]) => hits >= fewestOutputs)
      .sort(([a, more], [b, most]) => most - more || (a < b ? -1 : 1))
      .slice(0, mostPaths);
    const shares = followed.map(([line]): ShareName => ({ kind: "present", ...fieldOf(line) }));
    const hits = countHits([...shares, { kind: "new-field" }], baseline);
    const plans = shares.map((share, i) =>
      plan(share, "passes", pathOutlook, 0.5, 0.5 / shares.length, { hits: hits[i] ?? 0, n }),
    );
    return [
      ...plans,
      plan({ kind: "new-field" }, "fails", newFieldOutlook, 0.1, 0.5, { hits: hits.at(-1) ?? 0, n }),
    ];
  },
  count: countHits,
  newcomers: (shares, tally) => {
    const known = linesOf(shares);
    return [...linesIn(tally)].filter(([line]) => !known.has(line));
  },
  evidence: averageEvidence,
  usesAlarmFactor: false,
  median: () => null,
});

function plan(
  share: ShareName,
  hitsAre: SharePlan["hitsAre"],
  outlook: Outlook,
  b: number,
  weight: number,
  baseline: SharePlan["baseline"],
): SharePlan {
  return { share, hitsAre, outlook, b, weight, baseline, credit: 0 };
}

function countHits(shares: readonly ShareName[], tally: Tally): readonly number[] {
  const known = linesOf(shares);
  const seen = linesIn(tally);
  let others = 0;
  for (const [value, count] of tally) {
    if (typeof value === "string" && shapeLines(value).some((line) => !known.has(line))) others += count;
  }
  return shares.map((share) => (share.kind === "present" ? (seen.get(lineOf(share)) ?? 0) : others));
}

/** In how many outputs each field is. */
function linesIn(tally: Tally): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [value, count] of tally) {
    for (const line of typeof value === "string" ? shapeLines(value) : [])
      lines.set(line, (lines.get(line) ?? 0) + count);
  }
  return lines;
}

function linesOf(shares: readonly ShareName[]): ReadonlySet<string> {
  return new Set(shares.flatMap((share) => (share.kind === "present" ? [lineOf(share)] : [])));
}
