import type { Counts } from "./counts.js";

/** The share's lower and upper limit. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard normal quantile of a two-sided 95% interval. */
const z95 = 1.959963984540054;

/**
 * Wilson's interval for a share.
 *
 * Formula: (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n).
 * Assumes independent outputs with one common rate. Smallest sample: 1; of nothing it is 0 to 1.
 * Default: z = 1.96 for 95%, the usual choice.
 * Source: E. B. Wilson, 1927, "Probable inference, the law of succession, and statistical inference", JASA 22.
 */
export function wilsonInterval({ hits, n }: Counts, z: number = z95): Interval {
  if (n <= 0) {
    return { low: 0, high: 1 };
  }
  const share = hits / n;
  const scale = 1 + (z * z) / n;
  const centre = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return {
    low: hits === 0 ? 0 : Math.max(0, (centre - reach) / scale),
    high: hits === n ? 1 : Math.min(1, (centre + reach) / scale),
  };
}
