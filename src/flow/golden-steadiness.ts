import { type Steadiness, steadinessIn } from "../drift/cases/steadiness.js";
import { metricKind } from "../drift/kinds/registry.js";
import { fingerprintOf } from "../golden/fingerprint.js";
import type { Counts } from "../measure/counts.js";
import { goldenCoverage, goldenMetric } from "./golden-metric.js";
import type { Ground, Watched, WatchedGolden } from "./ground.js";

/**
 * How steady the cases of the set were while they were learned, by case. One that was edited since is not in it; one
 * that is still learned is never called flickering.
 */
export function steadinessOf(
  ground: Pick<Ground, "store">,
  watched: Pick<Watched, "entry" | "metrics">,
  golden: Pick<WatchedGolden, "cases">,
): ReadonlyMap<string, Steadiness> {
  const plan = watched.metrics.find((each) => each.id === goldenMetric);
  const row = ground.store.metrics.get(watched.entry.id, goldenMetric);
  if (plan === undefined || row === null || row.settingsHash !== plan.settingsHash) return new Map();
  const { baselineRuns } = plan.settings;
  const current = new Map(golden.cases.map((each) => [each.id, fingerprintOf(each)]));
  return new Map(
    steadinessIn(row.state)
      .filter((each) => current.get(each.case) === each.fingerprint)
      .map((each) => [each.case, { ...each, flickering: each.flickering && each.learned.n >= baselineRuns }]),
  );
}

/** Of the inputs that are usual, those like the inputs of the golden set; null: not learned yet. */
export function inputsCovered(
  { store }: Pick<Ground, "store">,
  { entry, metrics }: Pick<Watched, "entry" | "metrics">,
): Counts | null {
  const plan = metrics.find((each) => each.id === goldenCoverage);
  const row = store.metrics.get(entry.id, goldenCoverage);
  if (plan === undefined || row === null || row.settingsHash !== plan.settingsHash) return null;
  return metricKind(row.kind).decode(plan.settings, row.state).usualShare();
}
