import { type Counts, noCounts } from "../../measure/counts.js";
import type { MetricSettings } from "../settings.js";
import { type Stories, storiesFromBaseline, storiesOfKnownRate } from "./share-detector.js";
import type { ShareKind } from "./share-kind.js";
import { mergeTallies, sizeOf, type Tally } from "./tally.js";
import { addRun, noVariation, phiOf, type Variation } from "./variation.js";
import type { LearnedRun, SharePlan, Watch, WatchedShare } from "./watch.js";

/** So many distinct values may a baseline hold; a run gives its part of them. */
const mostValues = 5_000;

/** How many distinct values of one run a baseline takes, so that its state stays small. */
export function valuesPerRun(settings: MetricSettings): number {
  return Math.max(1, Math.floor(mostValues / Math.max(1, settings.baselineRuns)));
}

/** Whether these runs are a baseline: outputs and runs enough, and enough for the kind. */
export function isFull(kind: ShareKind, settings: MetricSettings, runs: readonly LearnedRun[]): boolean {
  const baseline = mergeTallies(runs.map(({ tally }) => tally));
  return (
    runs.length >= settings.baselineRuns &&
    sizeOf(baseline) >= settings.baselineOutputs &&
    kind.baselineIsFull(baseline)
  );
}

/** Begins to watch against these runs; with a stated floor there are none. */
export function beginWatch(kind: ShareKind, settings: MetricSettings, runs: readonly LearnedRun[]): Watch {
  const tallies = runs.map(({ tally }) => tally);
  const merged = mergeTallies(tallies);
  const plans = kind.plan(merged, settings.floor);
  const hits = tallies.map((tally) =>
    kind.count(
      plans.map(({ share }) => share),
      tally,
    ),
  );
  const dependence = kind.dependence?.(runs) ?? 1;
  return {
    dependence,
    baseline: {
      outputs: sizeOf(merged),
      runs: runs.length,
      median: kind.median(merged),
    },
    shares: shareStories(
      plans.map((plan, i) => {
        const counts = tallies.map((tally, at) => countsOf(tally, hits[at]?.[i]));
        return freshShare(plan, settings.floor, counts.reduce(addRun, noVariation), dependence);
      }),
    ),
    history: [],
    evidence: 0,
  };
}

/** The same baseline with nothing seen since: after a fix. */
export function restartWatch(settings: MetricSettings, watch: Watch): Watch {
  return {
    dependence: watch.dependence,
    baseline: watch.baseline,
    shares: shareStories(
      watch.shares.map(({ plan, baselineVariation }) =>
        freshShare(plan, settings.floor, baselineVariation, watch.dependence),
      ),
    ),
    history: [],
    evidence: 0,
  };
}

/** Lets shares that begin alike have one object: it is stored once, and told on once a run. */
function shareStories(shares: readonly WatchedShare[]): readonly WatchedShare[] {
  const first = new Map<string, Stories>();
  return shares.map((share) => {
    const { stories, plan } = share;
    const key = JSON.stringify([stories.known, stories.passes, stories.fails, plan.outlook]);
    const known = first.get(key);
    if (known !== undefined) return { ...share, stories: known };
    first.set(key, stories);
    return share;
  });
}

function countsOf(tally: Tally, hits: number | undefined): Counts {
  return { hits: hits ?? 0, n: sizeOf(tally) };
}

function freshShare(
  plan: SharePlan,
  floor: number | null,
  variation: Variation,
  dependence: number,
): WatchedShare {
  return {
    plan,
    older: floor === null ? plan.baseline : noCounts,
    baselineVariation: variation,
    variation,
    stories:
      floor === null
        ? learnedStories(plan, dependence * phiOf(variation))
        : storiesOfKnownRate(floor, plan.outlook),
    evidence: 0,
  };
}

function learnedStories(plan: SharePlan, phi: number): Stories {
  const hits = Math.min(plan.baseline.n, plan.baseline.hits + plan.credit);
  const misses = plan.baseline.n - hits;
  return plan.hitsAre === "passes"
    ? storiesFromBaseline(hits / phi, misses / phi, plan.b, plan.outlook)
    : storiesFromBaseline(misses / phi, hits / phi, plan.b, plan.outlook);
}
