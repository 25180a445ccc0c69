/**
 * Before and since a change, whether or not anything is wrong. In: markers to be looked at. Out: every metric with
 * what became of it, once 200 outputs and a day have come, or the time of doubled sampling is over. Tells nobody.
 */
import { dayMs, hourMs } from "../../domain/time.js";
import { type Compared, compareSamples } from "../../drift/compare-samples.js";
import type { ComparedMetric, MarkerRow } from "../../store/change-marker.js";
import type { Observed } from "../../store/output-row.js";
import { sayChange } from "../../wording/numbers.js";
import { sayAmount } from "../describe.js";
import { type Ground, type MetricPlan, type Watched, watchedOf } from "../ground.js";

const enoughOutputs = 200;
const fewestOutputs = 20;
const mostOutputs = 500;
const lookBackMs = 28 * dayMs;
/** Where outputs are few they are waited for so long. */
const longestWaitMs = 30 * dayMs;
const lookAgainMs = hourMs;
/** Changes this near each other are compared as one. */
const burstMs = 3_600_000;
/** Chance that the comparison of one marker names something although nothing moved. */
const chanceOfAny = 0.01;

/** Compares what is due. */
export function compareDue(ground: Ground, now: number): void {
  const { changes, registry } = ground.store;
  for (const marker of changes.toCompare(now)) {
    const watched = watchedOf(ground.register, marker.automation);
    const unread = watched?.source != null && registry.historyReadAt(marker.automation) === null;
    if (watched === null || unread) changes.lookAgain(marker.id, now + lookAgainMs);
    else compare(ground, watched, marker, now);
  }
}

function compare(ground: Ground, watched: Watched, marker: MarkerRow, now: number): void {
  const { changes, outputs } = ground.store;
  const { id } = watched.entry;
  const former = changes.newestBefore(id, marker.at - burstMs, marker.at - lookBackMs);
  const until = changes.nextAfter(id, marker.at + burstMs) ?? now;
  const from = former?.at ?? marker.at - lookBackMs;
  const since = outputs.drawnBetween(id, marker.at, until, mostOutputs);
  const over = now >= marker.at + watched.doubledAfterChangeMs || until < now;
  const enough = since.length >= enoughOutputs || (over && since.length >= fewestOutputs);
  if (!enough && until >= now && now < marker.at + longestWaitMs) {
    changes.lookAgain(marker.id, now + lookAgainMs);
    return;
  }
  const before = outputs.drawnBetween(id, from, marker.at, mostOutputs);
  const metrics = compareMetrics(watched.metrics, before, since);
  ground.store.transaction(() =>
    changes.putComparison(marker.id, { at: now, before: before.length, since: since.length, metrics }),
  );
}

/** Every metric of which both sides say something; the chance of a mistake is shared among them. */
function compareMetrics(
  plans: readonly MetricPlan[],
  before: readonly Observed[],
  since: readonly Observed[],
): readonly ComparedMetric[] {
  const valuesOf = (observed: readonly Observed[], id: string) => observed.flatMap((each) => each[id] ?? []);
  const compared = plans.flatMap((plan) => {
    const [left, right] = [valuesOf(before, plan.id), valuesOf(since, plan.id)];
    return left.length + right.length === 0 ? [] : [{ plan, result: compareSamples(left, right) }];
  });
  const level = chanceOfAny / Math.max(1, compared.filter(({ result }) => result.what !== "too-few").length);
  return compared.map(({ plan, result }) => ({
    metric: plan.id,
    title: plan.title,
    ...resultOf(plan, result, level),
  }));
}

function resultOf(
  plan: MetricPlan,
  compared: Compared,
  level: number,
): Pick<ComparedMetric, "result" | "p" | "sentence"> {
  if (compared.what === "too-few") {
    const sentence = `${plan.title}: too few to compare, ${compared.before} before and ${compared.since} since`;
    return { result: "too-few", p: null, sentence };
  }
  if (compared.p > level || !compared.large)
    return { result: "same", p: compared.p, sentence: `${plan.title} as before` };
  return { result: "moved", p: compared.p, sentence: movedSentence(plan, compared) };
}

function movedSentence(plan: MetricPlan, compared: Exclude<Compared, { what: "too-few" }>): string {
  if (compared.what === "number") {
    const verb = compared.since > compared.before ? "rose" : "fell";
    return `usual ${plan.title} ${verb} from ${sayAmount(compared.before, plan)} to ${sayAmount(compared.since, plan)}`;
  }
  const change = sayChange(compared.before, compared.since);
  if (compared.category !== null) return `outputs with ${plan.title} “${compared.category}” ${change}`;
  return plan.check === null ? `${plan.title} ${change}` : `“${plan.title}” ${change} of outputs`;
}
