import { logAddExp } from "../../measure/log-sum.js";

const lnSteady = Math.log(0.95);
const lnFlickering = Math.log(0.05);
/** The steady case is expected to have failed as if it had passed 30 runs. */
const steadyPasses = 30;

/** How likely fails and passes of one case are, as logarithms. */
export interface CaseModels {
  /** Of a case that goes on as it was. */
  readonly lnNormal: (fails: number, passes: number) => number;
  /** Of a case that was turned. */
  readonly lnBad: (fails: number, passes: number) => number;
  /** How likely it is that the case flickers rather than being steady. */
  readonly flickering: (fails: number, passes: number) => number;
}

/**
 * What a golden case does while nothing changes, and once it is bad. For up to `mostResults` results of a case.
 *
 * Formula, F fails and P passes of one case:
 *   normal(F,P) = 0.95 B(1+F,30+P)/B(1,30) + 0.05 B(1+F,1+P)     a steady case, or one that flickers at any rate
 *   bad(F,P)    = B(2+F,1+P)/B(2,1)                               more likely to fail than to pass
 * B is the beta function; all arguments are whole, so factorials are enough.
 * Assumes one unknown rate of failing per case. Smallest sample: none. Defaults: DETECTION 1.8, by simulation.
 * Source: J. G. Skellam, 1948, "A probability distribution derived from the binomial distribution by regarding the
 * probability of success as variable between the sets of trials", J. R. Statist. Soc. B 10 (beta-binomial).
 */
export function caseModels(mostResults: number): CaseModels {
  const lnFactorials = factorialsTo(mostResults + steadyPasses + 2);
  const lnBeta = (a: number, b: number) =>
    (lnFactorials[a - 1] ?? 0) + (lnFactorials[b - 1] ?? 0) - (lnFactorials[a + b - 1] ?? 0);
  const lnSteadyAt = (fails: number, passes: number) =>
    lnSteady + lnBeta(1 + fails, steadyPasses + passes) - lnBeta(1, steadyPasses);
  const lnFlickeringAt = (fails: number, passes: number) => lnFlickering + lnBeta(1 + fails, 1 + passes);
  const lnNormal = (fails: number, passes: number) =>
    logAddExp(lnSteadyAt(fails, passes), lnFlickeringAt(fails, passes));
  return {
    lnNormal,
    lnBad: (fails, passes) => lnBeta(2 + fails, 1 + passes) - lnBeta(2, 1),
    flickering: (fails, passes) => Math.exp(lnFlickeringAt(fails, passes) - lnNormal(fails, passes)),
  };
}

/** ln of 0!, 1!, ... */
function factorialsTo(most: number): Float64Array {
  const lnFactorials = new Float64Array(most + 1);
  for (let n = 1; n <= most; n += 1) lnFactorials[n] = (lnFactorials[n - 1] ?? 0) + Math.log(n);
  return lnFactorials;
}
