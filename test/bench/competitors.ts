/**
 * What watches a pass share today, each restated from its published rule: a baseline enters, then run after run,
 * and each run either alarms or does not. Nothing here is part of the product.
 */
import { lnGamma } from "../../src/measure/ln-gamma.js";

/** The outputs of a run: passed or not. */
export type Run = readonly boolean[];

/** Takes one run; true: it alarms. */
export type Follow = (run: Run) => boolean;

/** A way of noticing a change. */
export interface Rule {
  readonly name: string;
  readonly begin: (baseline: readonly Run[]) => Follow;
}

const scoreOfPass = 5;
const scoreOfFail = 1;
const leastScore = 3.5;
const significance = 0.05;

/**
 * A fixed threshold on every case, as in the template "Ongoing monitoring with alerts": the mean of a case's two
 * scores, 1 to 5, is compared with 3.5, and every case under it sends an alert.
 * Translated: an output that passes has the scale's highest score, 5, one that fails its lowest, 1, so that each
 * fail alerts. A judge that grades would spread its scores between; which of them lie under 3.5 is what "fails" says.
 * Source: n8n, "Production AI Playbook: Evaluation and Monitoring", blog.n8n.io, and the template that goes with it.
 */
export const caseThreshold: Rule = {
  name: "Fixed threshold on each case: under 3.5 of 5",
  begin: () => (run) => run.some((pass) => scoreOf(pass) < leastScore),
};

/**
 * The same threshold on the mean of a run, with the same scores: 1 + 4 x share < 3.5, a pass share under 62.5%.
 * Source: as above; the post speaks of alerts on average scores under a threshold.
 */
export const meanThreshold: Rule = {
  name: "Fixed threshold on the run's mean: under 3.5 of 5",
  begin: () => (run) => run.reduce((sum, pass) => sum + scoreOf(pass), 0) / run.length < leastScore,
};

function scoreOf(pass: boolean): number {
  return pass ? scoreOfPass : scoreOfFail;
}

/**
 * Two-proportion z-test of a run against the baseline, two-sided, pooled variance, p < 0.05.
 * Where neither has a fail (or a pass) there is no z and no alarm.
 * Source: Evidently 0.1.50, release notes, "Automatic Stattest Selection": reference of at most 1,000 rows and two
 * distinct values: "proportion difference test for independent samples based on Z-score" at 0.95 confidence.
 */
export const zTest: Rule = perRun("z-test each run, p < 0.05", (passes, n, known, m) => {
  const pooled = (passes + known) / (n + m);
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return spread > 0 && Math.abs(passes / n - known / m) / spread > twoSidedLimit;
});

/** The standard normal's 97.5% point. */
const twoSidedLimit = 1.959964;

/**
 * Fisher's exact test of a run against the baseline, two-sided: the sum of the probabilities of all tables with the
 * same margins that are no likelier than this one, p < 0.05.
 * Source: R. A. Fisher, 1934, "Statistical Methods for Research Workers", 5th edition, 21.02. Evidently offers it by
 * name for two distinct values.
 */
export const fisherTest: Rule = perRun("Fisher's exact test each run, p < 0.05", (passes, n, known, m) => {
  const all = passes + known;
  const lnTable = (k: number) => lnChoose(n, k) + lnChoose(m, all - k) - lnChoose(n + m, all);
  const observed = lnTable(passes);
  let p = 0;
  for (let k = Math.max(0, all - m); k <= Math.min(n, all); k += 1) {
    p += lnTable(k) <= observed + 1e-7 ? Math.exp(lnTable(k)) : 0;
  }
  return p < significance;
});

function lnChoose(n: number, k: number): number {
  return lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);
}

const largestIndex = 0.2;
/** Stands for a share of nothing, of which there is no logarithm. */
const smallestShare = 0.0001;

/**
 * Population stability index of a run against the baseline over its two values, alarm above 0.2.
 * Formula: sum over pass and fail of (r - b) ln (r / b), r and b the shares of run and baseline, 0 put at 0.0001.
 * Source: D. Wu, D. L. Olson, 2010, "Enterprise risk management: coping with model risk in a large bank", Journal of
 * the Operational Research Society 61 (0.1 moderate, 0.2 significant); 0.0001 for an empty bin as Evidently has it.
 */
export const stabilityIndex: Rule = perRun("PSI each run, over 0.2", (passes, n, known, m) => {
  const pairs = [
    [passes / n, known / m],
    [1 - passes / n, 1 - known / m],
  ] as const;
  return pairs.reduce((sum, [run, baseline]) => sum + stabilityTerm(run, baseline), 0) > largestIndex;
});

function stabilityTerm(run: number, baseline: number): number {
  const r = Math.max(smallestShare, run);
  const b = Math.max(smallestShare, baseline);
  return (r - b) * Math.log(r / b);
}

/** A rule that looks at one run and the baseline only; what it said of a count it says again. */
function perRun(name: string, judge: (passes: number, n: number, known: number, m: number) => boolean): Rule {
  return {
    name,
    begin: (baseline) => {
      const known = passesOf(baseline.flat());
      const outputs = baseline.flat().length;
      const said = new Map<string, boolean>();
      return (run) => {
        const passes = passesOf(run);
        const key = `${passes}/${run.length}`;
        const verdict = said.get(key) ?? judge(passes, run.length, known, outputs);
        said.set(key, verdict);
        return verdict;
      };
    },
  };
}

function passesOf(run: Run): number {
  return run.filter((pass) => pass).length;
}

/** What is done with one output: true when it is the one that alarms. */
type FollowOutput = (fail: number) => boolean;

/** A rule that takes output by output, baseline included, and starts anew at each change it sees. */
export function perOutput(name: string, begin: () => FollowOutput): Rule {
  return {
    name,
    begin: (baseline) => {
      const next = begin();
      const follow = (run: Run) => run.map((pass) => next(pass ? 0 : 1)).includes(true);
      for (const run of baseline) {
        follow(run);
      }
      return follow;
    },
  };
}

/**
 * Page-Hinkley, both directions, at river's defaults: at least 30 outputs, delta 0.005, threshold 50, alpha 0.9999.
 * Formula: d = x - mean of all x so far; up = alpha up + d - delta, down = alpha down + d + delta;
 *   alarm when up exceeds its lowest value so far by more than 50, or down lies that far under its highest (which
 *   river starts at -1).
 * Source: E. S. Page, 1954, "Continuous Inspection Schemes", Biometrika 41; river, `drift.PageHinkley`.
 */
export const pageHinkley: Rule = perOutput("Page-Hinkley, river's defaults", () => {
  const fresh = { n: 0, mean: 0, up: 0, down: 0, lowest: Number.POSITIVE_INFINITY, highest: -1 };
  let now = { ...fresh };
  return (x) => {
    const n = now.n + 1;
    const mean = now.mean + (x - now.mean) / n;
    const up = 0.9999 * now.up + x - mean - 0.005;
    const down = 0.9999 * now.down + x - mean + 0.005;
    now = { n, mean, up, down, lowest: Math.min(now.lowest, up), highest: Math.max(now.highest, down) };
    const changed = n >= 30 && Math.max(up - now.lowest, now.highest - down) > 50;
    now = changed ? { ...fresh } : now;
    return changed;
  };
});
