import { perOutput, type Rule } from "./competitors.js";

const delta = 0.002;
const outputsPerCheck = 32;
const outputsBeforeCheck = 10;
const shortestPart = 5;
const bucketsPerSize = 5;

/** Neighbouring outputs, of which only number and sum are known. */
interface Bucket {
  readonly n: number;
  readonly sum: number;
}

/**
 * ADWIN at river's defaults: delta 0.002, a check every 32 outputs, 5 buckets of a size, parts of 5 outputs or more.
 *
 * Formula: the window W is cut at each border between buckets; the older part goes, bucket by bucket, while for a
 *   cut |mean0 - mean1| > sqrt(2 m v D) + 2/3 m D, m = 1/(n0 - 4) + 1/(n1 - 4), D = ln(2 ln|W| / delta), v the
 *   variance inside W, which is p (1 - p) for outputs that pass or fail. More than 5 buckets of a size: the two
 *   oldest become one of twice the size.
 * river's own code leaves out the youngest border of each size, which finds the same changes later; here, as in the
 * paper, every border is tried.
 * Source: A. Bifet, R. Gavalda, 2007, "Learning from Time-Changing Data with Adaptive Windowing", SIAM International
 * Conference on Data Mining; river, `drift.ADWIN`.
 */
export const adaptiveWindow: Rule = perOutput("ADWIN, river's defaults", () => {
  let buckets: readonly Bucket[] = [];
  let seen = 0;
  return (x) => {
    seen += 1;
    buckets = merged([...buckets, { n: 1, sum: x }]);
    if (seen % outputsPerCheck !== 0 || sizeOf(buckets) <= outputsBeforeCheck) {
      return false;
    }
    const before = buckets.length;
    while (hasCut(buckets)) {
      buckets = buckets.slice(1);
    }
    return buckets.length < before;
  };
});

/** Oldest first: so sizes never rise. */
function merged(buckets: readonly Bucket[]): readonly Bucket[] {
  for (let size = 1; ; size *= 2) {
    const first = buckets.findIndex(({ n }) => n === size);
    const count = buckets.filter(({ n }) => n === size).length;
    const [older, younger] = buckets.slice(first, first + 2);
    if (count <= bucketsPerSize || older === undefined || younger === undefined) {
      return buckets;
    }
    const one = { n: 2 * size, sum: older.sum + younger.sum };
    buckets = [...buckets.slice(0, first), one, ...buckets.slice(first + 2)];
  }
}

function hasCut(buckets: readonly Bucket[]): boolean {
  const width = sizeOf(buckets);
  const total = buckets.reduce((sum, bucket) => sum + bucket.sum, 0);
  const variance = (total / width) * (1 - total / width);
  const confidence = Math.log((2 * Math.log(width)) / delta);
  let n = 0;
  let sum = 0;
  return buckets.some((bucket) => {
    n += bucket.n;
    sum += bucket.sum;
    const rest = width - n;
    if (n < shortestPart || rest < shortestPart) {
      return false;
    }
    const m = 1 / (n - shortestPart + 1) + 1 / (rest - shortestPart + 1);
    const limit = Math.sqrt(2 * m * variance * confidence) + (2 / 3) * confidence * m;
    return Math.abs(sum / n - (total - sum) / rest) > limit;
  });
}

function sizeOf(buckets: readonly Bucket[]): number {
  return buckets.reduce((sum, { n }) => sum + n, 0);
}
