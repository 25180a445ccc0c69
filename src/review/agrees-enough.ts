import { wilsonInterval } from "../measure/wilson-interval.js";
import type { JudgedVerdicts } from "./agreement.js";

/** Lower limit of the share of judged outputs on which it says the same as people. */
const leastAgreement = 0.7;

/**
 * Whether a judge that people contradicted may be believed again, from what was judged since.
 *
 * Formula: the lower limit of Wilson's 95% interval of the share on which both say the same is at least 0.7 (E. B.
 * Wilson, 1927, "Probable inference, the law of succession, and statistical inference"), and of what it failed no more
 * is right than wrong. Assumes judged outputs to be independent. Smallest sample: 9, all agreed on. Default: our own
 * choice; a judge that agrees on half of them passes with 9 in a row, once in 500 times.
 */
export function agreesEnough({ failWrong, failRight, passWrong, passRight }: JudgedVerdicts): boolean {
  const n = failWrong + failRight + passWrong + passRight;
  if (n === 0 || failRight > failWrong) return false;
  return wilsonInterval({ hits: failWrong + passRight, n }).low >= leastAgreement;
}
