import type { Level } from "../domain/check.js";
import { dayMs, monthMs } from "../domain/time.js";
import { runsPerMonth } from "../schedule/runs-per-month.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** The span over which runs with data are counted, once there is so much history. */
const lookBackMs = 28 * dayMs;
/** Runs a month of an automation that is looked at only when asked: as if hourly. */
const unscheduledRunsPerMonth = 730;

/** The evidence at which metrics of each level alarm, and what follows from it. */
export interface AlarmLevels {
  readonly page: number;
  readonly digest: number;
  /** Runs a month of each automation. */
  readonly runsPerMonth: ReadonlyMap<string, number>;
}

/**
 * Alarm level A = metric-runs a month of all metrics of that level / false alarms wanted a month: a method whose
 * mean run length without change is at least A then gives at most that many (DETECTION 1.4; Shin, Ramdas and
 * Rinaldo, "E-detectors", 2022).
 */
export function alarmLevels(ground: Ground): AlarmLevels {
  const { register, clock } = ground;
  const perAutomation = new Map(
    register.automations.map((each) => [each.entry.id, automationRuns(ground, each, clock.now())]),
  );
  const metricRuns = (level: Level): number =>
    sum(
      register.automations.map(
        (each) => count(each.metrics, level) * (perAutomation.get(each.entry.id) ?? 0),
      ),
    );
  return {
    page: Math.max(1, metricRuns("page") / register.alarmBudget.falseAlarmsPerMonth),
    digest: Math.max(1, metricRuns("digest") / register.alarmBudget.digestFindingsPerMonth),
    runsPerMonth: perAutomation,
  };
}

/** Once in how many months chance alone gives such an alarm on one metric of this automation. */
export function chanceMonths(levels: AlarmLevels, automation: string, level: Level): number {
  const runs = levels.runsPerMonth.get(automation) ?? unscheduledRunsPerMonth;
  return (level === "page" ? levels.page : levels.digest) / Math.max(1, runs);
}

function automationRuns(ground: Ground, watched: Watched, now: number): number {
  const known = ground.store.runs.withDataSince(watched.entry.id, now - lookBackMs);
  const span = known.firstAt === null ? 0 : now - known.firstAt;
  if (known.runs > 0 && span >= lookBackMs - 2 * dayMs) return (known.runs * monthMs) / span;
  return watched.schedule === null ? unscheduledRunsPerMonth : runsPerMonth(watched.schedule, now);
}

function count(metrics: readonly MetricPlan[], level: Level): number {
  return metrics.filter((metric) => metric.level === level).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
