import { gridRates, shifted } from "../../../src/drift/shares/rates.js";
import type { Outlook } from "../../../src/drift/shares/share-detector.js";
import { logAddExp, logSumExp } from "../../../src/measure/log-sum.js";

/** The share detector as DETECTION 1.1 has it, every weight at every rate kept as a logarithm. */
export function writtenOut(s0: number, f0: number, b: number, outlook: Outlook) {
  const { lnPass, lnFail } = gridRates;
  let unchanged = lnPass.map((ln, at) => s0 * ln + (f0 + b - 0.5) * (lnFail[at] ?? 0));
  let changed = outlook.odds.map(() => new Float64Array(lnPass.length).fill(Number.NEGATIVE_INFINITY));
  return (passes: number, fails: number): number => {
    const before = unchanged;
    changed = changed.map((weights, k) => {
      const moved = shifted(gridRates, outlook.odds[k] ?? 1);
      return weights.map(
        (weight, at) =>
          logAddExp(before[at] ?? 0, weight) +
          passes * (moved.lnPass[at] ?? 0) +
          fails * (moved.lnFail[at] ?? 0),
      );
    });
    unchanged = unchanged.map(
      (weight, at) => weight + passes * (lnPass[at] ?? 0) + fails * (lnFail[at] ?? 0),
    );
    const total = logSumExp(unchanged);
    return changed.reduce(
      (sum, weights, k) =>
        sum + (outlook.weights[k] ?? 0) * Math.exp(Math.min(logSumExp(weights) - total, 700)),
      0,
    );
  };
}
