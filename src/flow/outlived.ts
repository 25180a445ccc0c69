import { rulesBesideOutputs } from "../domain/finding.js";
import type { StoredFinding } from "../store/finding.js";
import { keyOf } from "./follow-metrics.js";
import type { Ground, Watched } from "./ground.js";
import type { MetricBook } from "./metric-book.js";

/**
 * Keys of findings that outlived what they rest on: the check or metric was taken out, or edited and learns anew.
 * Nothing else would ever end them. Call after the run's outputs were followed.
 */
export function outlivedKeys(ground: Ground, watched: Watched, book: MetricBook): readonly string[] {
  return ground.store.findings
    .active(watched.entry.id)
    .filter((each) => isOutlived(each, watched, book))
    .map((each) => each.key);
}

function isOutlived({ key, finding }: StoredFinding, watched: Watched, book: MetricBook): boolean {
  if (finding.rule === "contradicted" && finding.check !== null)
    return !watched.checks.some((each) => each.id === finding.check);
  if (rulesBesideOutputs.has(finding.rule)) return false;
  if (finding.metric !== null) {
    const plan = watched.metrics.find((each) => keyOf(each) === key);
    return plan === undefined || book.get(plan).row.phase !== "alarmed";
  }
  if (finding.check === null) return false;
  if (finding.rule === "judge") return !watched.checks.some((each) => each.id === finding.check && each.asks);
  return !watched.checks.some((each) => each.id === finding.check && each.rule.kind === "zero-tolerance");
}
