/** Beyond this gap the smaller summand is under half a unit in the last place of the larger. */
const negligibleGap = 37;

/** ln(exp(a) + exp(b)) without overflow; -Infinity stands for a summand of zero. */
export function logAddExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  const gap = larger - Math.min(a, b);
  // Two zeros have the gap NaN and give the larger one as well.
  return gap < negligibleGap ? larger + Math.log1p(Math.exp(-gap)) : larger;
}

/** ln of the sum of exp(values) without overflow; -Infinity of nothing or of zeros alone. */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at += 1) {
    largest = Math.max(largest, values[at] ?? largest);
  }
  if (!Number.isFinite(largest)) {
    return largest;
  }
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const gap = largest - (values[at] ?? Number.NEGATIVE_INFINITY);
    if (gap < negligibleGap) {
      sum += Math.exp(-gap);
    }
  }
  return largest + Math.log(sum);
}
