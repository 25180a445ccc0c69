import { monthMs } from "../domain/time.js";
import { keyOf } from "./follow-metrics.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { applyEvent, self } from "./raise.js";

/**
 * Checks earn the right to page: after a replay, a metric whose alarms came and went more often than the budget of
 * false alarms allows stays on probation, and an incident that rests on such metrics alone ends without a word.
 */
export function settleStandings(ground: Ground, watched: Watched, now: number): void {
  const { store } = ground;
  const { id } = watched.entry;
  const allowed = alarmsAllowed(ground, id);
  const demoted: MetricPlan[] = [];
  for (const plan of watched.metrics) {
    const row = store.metrics.get(id, plan.id);
    if (row === null || row.standing === "probation" || plan.level !== "page") continue;
    if (row.endedAlarms <= allowed) continue;
    store.metrics.setStanding(id, plan.id, "probation", sayFailedReplay(row.endedAlarms, allowed));
    demoted.push(plan);
  }
  if (demoted.length > 0)
    endUnfounded(ground, watched, new Set(demoted.map(keyOf)), {
      at: now,
      why: "rests on checks that are on probation",
    });
  ground.logger.debug("standings settled", {
    automation: id,
    demoted: demoted.map((plan) => plan.id),
  });
}

/** How many alarms may come and go in the history of one metric: the budget, of a month at least. */
export function alarmsAllowed({ store, register }: Ground, automation: string): number {
  const { first, last } = store.outputs.totals(automation);
  const months = first === null || last === null ? 0 : (last - first) / monthMs;
  return register.alarmBudget.falseAlarmsPerMonth * Math.max(1, months);
}

/** Why a metric stays on probation. */
export function sayFailedReplay(ended: number, allowed: number): string {
  return `${ended} alarms came and went in its history; the budget allows ${allowed.toFixed(1)}`;
}

/** Findings that may not page any more count for the digest, and an incident that rests on them alone ends. */
export function endUnfounded(
  ground: Ground,
  watched: Watched,
  keys: ReadonlySet<string>,
  { at, why }: { readonly at: number; readonly why: string },
): void {
  const { store } = ground;
  for (const each of store.findings.active(watched.entry.id)) {
    if (keys.has(each.key)) store.findings.setLevel(each.id, "digest");
  }
  const open = store.incidents.openOf(watched.entry.id, "outputs");
  if (open === null) return;
  const paging = store.findings
    .active(watched.entry.id)
    .some((each) => each.finding.level === "page" && each.incident === open.id);
  if (!paging) applyEvent(ground, open, "resolve", { at, who: self, why });
}
