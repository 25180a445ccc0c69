import type { Truth } from "../domain/judgement.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";

/** An output that chance picked, and what people say of it. */
export interface JudgedPick {
  readonly truth: Truth;
  /** The probability with which it was picked: it stands for 1 / inclusion outputs. */
  readonly inclusion: number;
}

/** How many of all outputs are right, as far as the judged ones tell. */
export interface Quality {
  /** 0 to 1. */
  readonly share: number;
  /** 95%. */
  readonly interval: Interval;
  /** Judged right or wrong; what people disagreed on or could not tell is not among them. */
  readonly judged: number;
  readonly disagreed: number;
  /** Nobody has said anything that tells. */
  readonly open: number;
}

/**
 * The true share of right outputs, from those alone that chance picked.
 *
 * Formula: the weighted share Σwy / Σw with w = 1 / inclusion (J. Hájek, 1971, in "Foundations of Statistical
 * Inference", comment on Basu), and Wilson's interval at the effective sample (Σw)² / Σw² (L. Kish, 1965, "Survey
 * Sampling", 11.7). Assumes that what is not judged is as good as what is: whoever leaves out the hard ones bends it.
 * Smallest sample: 1, with an interval that says how little that is; null of none.
 */
export function estimateQuality(picks: readonly JudgedPick[]): Quality | null {
  const judged = picks.filter(({ truth }) => truth === "right" || truth === "wrong");
  const weights = judged.map(({ inclusion }) => 1 / inclusion);
  const total = sum(weights);
  if (judged.length === 0) return null;
  const right = sum(judged.map(({ truth, inclusion }) => (truth === "right" ? 1 / inclusion : 0)));
  const share = right / total;
  const n = total ** 2 / sum(weights.map((weight) => weight ** 2));
  return {
    share,
    interval: wilsonInterval({ hits: share * n, n }),
    judged: judged.length,
    disagreed: picks.filter(({ truth }) => truth === "disagreed").length,
    open: picks.filter(({ truth }) => truth === "open").length,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
