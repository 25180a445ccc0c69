import type { Level } from "../domain/check.js";
import type { Explanation } from "../drift/explanation.js";
import type { Observation, ObservedRun, Observed as RunSeen } from "../drift/metric.js";
import { findingKey } from "../incident/finding-key.js";
import { median } from "../measure/quantile.js";
import type { WaitingOutput } from "../store/output.js";
import { type AlarmLevels, alarmLevelOf, chanceMonths } from "./alarm-levels.js";
import { describe, type Found, isImprovement } from "./describe.js";
import type { MetricPlan, Watched } from "./ground.js";
import type { MetricBook, OpenMetric } from "./metric-book.js";

/** What the metrics say after one run. */
export interface Followed {
  /** New and continuing findings of drift and floors. */
  readonly found: readonly Found[];
  /** Keys of findings that are over. */
  readonly endedKeys: readonly string[];
}

/** One run as the metrics see it. */
export interface FollowedRun {
  readonly runId: number;
  readonly at: number;
  /** What the run says about each metric. */
  readonly valuesOf: (metric: string) => readonly Observation[];
  /** True while history is replayed: metrics page as soon as their baseline is full, and are judged at the end. */
  readonly replay: boolean;
  /** Checks that people contradict, which count for the digest only; absent: none. */
  readonly held?: ReadonlyMap<string, number>;
  /** What a run is called where outputs carry no times: "run 26"; null: its time says enough. */
  readonly nameOf: (runId: number) => string | null;
}

/** Feeds one run to every metric of the automation. Changes the book, nothing else. */
export function followMetrics(
  watched: Watched,
  book: MetricBook,
  run: FollowedRun,
  levels: AlarmLevels,
): Followed {
  const found: Found[] = [];
  const endedKeys: string[] = [];
  for (const plan of watched.metrics) {
    const values = valuesOfRun(plan, run.valuesOf);
    if (values.length === 0) continue;
    const observed = { runId: run.runId, at: run.at, values };
    const followed = followMetric(watched, book, { plan, observed, run, levels });
    found.push(...followed.found);
    endedKeys.push(...followed.endedKeys);
  }
  return { found, endedKeys };
}

/** What one metric observes, and the run in which it does so. */
export interface Following {
  readonly plan: MetricPlan;
  readonly observed: ObservedRun;
  readonly run: Omit<FollowedRun, "valuesOf">;
  readonly levels: AlarmLevels;
}

/** Feeds one metric. Changes the book, nothing else. */
export function followMetric(
  watched: Watched,
  book: MetricBook,
  { plan, observed, run, levels }: Following,
): Followed {
  const before = book.get(plan);
  const seen = before.metric.observe(observed, alarmLevelOf(levels, plan));
  const after = afterRun(before, seen, { plan, run });
  book.set(plan, after);
  if (seen.recovered) return { found: [], endedKeys: [keyOf(plan)] };
  return { found: findingOf(watched, plan, after, seen, { run, levels }), endedKeys: [] };
}

/** What a run says about one metric, of what it says about each. */
export function valuesOfRun(
  { id, perRun }: MetricPlan,
  valuesOf: FollowedRun["valuesOf"],
): readonly Observation[] {
  if (perRun === null) return valuesOf(id);
  const numbers = valuesOf(perRun.of).filter((value) => typeof value === "number");
  const one = perRun.by === "median" ? median(numbers) : meanOf(numbers);
  return one === null ? [] : [one];
}

function meanOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** The identity of a metric's finding. */
export function keyOf(plan: MetricPlan): string {
  return findingKey({ rule: plan.rule, metric: plan.id, check: plan.check });
}

/** What the drawn outputs of a run say about each metric. */
export function valuesOfOutputs(drawn: readonly Pick<WaitingOutput, "observed">[]): FollowedRun["valuesOf"] {
  return (metric) =>
    drawn.flatMap(({ observed }) => {
      const value = observed[metric];
      return value === undefined ? [] : [value];
    });
}

/** Why a metric with a full baseline is still on probation: its own history is replayed after the run. */
export const awaitsReplay = "its usual level is known; its history has yet to be replayed";

/**
 * What fills its baseline while history is replayed is judged at the end of that; what has no outputs in the store
 * has no history to replay.
 */
function standingOnceLearned(plan: MetricPlan, { replay }: Following["run"]) {
  const unreplayed =
    !replay && plan.level === "page" && plan.perRun === null && plan.rule !== "golden" && !hasNoOutputs(plan);
  return unreplayed
    ? { standing: "probation" as const, standingWhy: awaitsReplay }
    : { standing: "active" as const, standingWhy: "its usual level is known" };
}

function hasNoOutputs({ settings }: MetricPlan): boolean {
  return settings.kind === "volume" || settings.kind === "golden-cases";
}

function afterRun(
  before: OpenMetric,
  seen: RunSeen,
  { plan, run }: Pick<Following, "plan" | "run">,
): OpenMetric {
  const { row } = before;
  const recovered = seen.recovered;
  const learned =
    row.phase === "learning" &&
    seen.phase !== "learning" &&
    row.endedAlarms === 0 &&
    row.standing === "probation";
  return {
    metric: seen.metric,
    row: {
      ...row,
      phase: seen.phase,
      evidence: seen.evidence,
      maxEvidence: seen.evidence === null ? row.maxEvidence : Math.max(row.maxEvidence ?? 0, seen.evidence),
      runs: row.runs + 1,
      learnedOutputs: seen.learned.outputs,
      learnedRuns: seen.learned.runs,
      firstAlarmAt: row.firstAlarmAt ?? (seen.alarm === null ? null : run.at),
      firstAlarmRun: row.firstAlarmRun ?? (seen.alarm === null ? null : row.runs + 1),
      endedAlarms: row.endedAlarms + (recovered && run.replay ? 1 : 0),
      ...(learned ? standingOnceLearned(plan, run) : {}),
    },
  };
}

function findingOf(
  watched: Watched,
  plan: MetricPlan,
  metric: OpenMetric,
  seen: RunSeen,
  context: Pick<Following, "run" | "levels">,
): readonly Found[] {
  if (plan.level === "record" || metric.row.phase !== "alarmed") return [];
  const explanation = seen.alarm ?? metric.metric.explain();
  if (explanation === null) return [];
  const held = plan.check !== null && context.run.held?.has(plan.check) === true;
  const quiet = held || isImprovement(plan, explanation) || isVolumeWithoutSilence(explanation);
  const level = levelOf(plan, metric, quiet);
  const { entry } = watched;
  return [
    describe(plan, explanation, {
      level,
      foundAt: context.run.at,
      chanceMonths: chanceMonths(context.levels, entry.id, plan),
      timeZone: entry.timeZone,
      startName: context.run.nameOf(explanation.startRunId),
    }),
  ];
}

/** More or fewer outputs than usual wait for the digest; only that none come may page (DESIGN, rule 3). */
function isVolumeWithoutSilence(explanation: Explanation): boolean {
  return explanation.what === "volume" && explanation.seen > 0;
}

function levelOf(plan: MetricPlan, metric: OpenMetric, quiet: boolean): Level {
  return quiet || metric.row.standing === "probation" ? "digest" : plan.level;
}
