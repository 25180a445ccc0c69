import type { Level } from "../domain/check.js";
import { dayMs, monthMs } from "../domain/time.js";
import { runsPerMonth } from "../schedule/runs-per-month.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** The span over which runs with data are counted, once there is so much history. */
const lookBackMs = 28 * dayMs;
/** Runs a month of an automation that is looked at only when asked: as if hourly. */
const unscheduledRunsPerMonth = 730;

/** Hours in a month: the runs of a metric that is fed hour by hour, whatever the schedule. */
const hoursPerMonth = 730;

/** The evidence at which metrics of each level alarm, and what follows from it. */
export interface AlarmLevels {
  readonly page: number;
  readonly digest: number;
  /** The same for metrics that are fed hour by hour. */
  readonly hourly: { readonly page: number; readonly digest: number };
  /** Runs a month of each automation. */
  readonly runsPerMonth: ReadonlyMap<string, number>;
}

/**
 * Alarm level A = metric-runs a month of all metrics of that level / false alarms wanted a month: a method whose
 * mean run length without change is at least A then gives at most that many (DETECTION 1.4; Shin, Ramdas and
 * Rinaldo, "E-detectors", 2022).
 *
 * Metrics that are fed hour by hour get their part of the budget by their number and a level of their own. Counted
 * into one level with the rest, the 730 hours a month of every volume would make the checks of an automation that is
 * looked at once a week two hundred times as hard to alarm.
 */
export function alarmLevels(ground: Ground): AlarmLevels {
  const { register, clock } = ground;
  const perAutomation = new Map(
    register.automations.map((each) => [each.entry.id, automationRuns(ground, each, clock.now())]),
  );
  const sizeOf = (level: Level) => levelSize(register.automations, perAutomation, level);
  const [paging, digest] = [sizeOf("page"), sizeOf("digest")];
  const { falseAlarmsPerMonth, digestFindingsPerMonth } = register.alarmBudget;
  return {
    page: levelOf(paging.runs, paging, falseAlarmsPerMonth),
    digest: levelOf(digest.runs, digest, digestFindingsPerMonth),
    hourly: {
      page: levelOf(hoursPerMonth, paging, falseAlarmsPerMonth),
      digest: levelOf(hoursPerMonth, digest, digestFindingsPerMonth),
    },
    runsPerMonth: perAutomation,
  };
}

/** The metrics of one level. */
interface LevelSize {
  /** Metrics that are fed run by run, and their mean number of runs a month. */
  readonly byRun: number;
  readonly runs: number;
  /** Metrics that are fed hour by hour. */
  readonly byHour: number;
}

function levelSize(
  automations: readonly Watched[],
  runsOf: ReadonlyMap<string, number>,
  level: Level,
): LevelSize {
  const ofLevel = automations.map(({ entry, metrics }) => ({
    runs: runsOf.get(entry.id) ?? 0,
    plans: metrics.filter((metric) => metric.level === level),
  }));
  const byHour = sum(ofLevel.map(({ plans }) => plans.filter(isHourly).length));
  const byRun = sum(ofLevel.map(({ plans }) => plans.length)) - byHour;
  const metricRuns = sum(
    ofLevel.map(({ runs, plans }) => runs * plans.filter((plan) => !isHourly(plan)).length),
  );
  return { byRun, runs: byRun === 0 ? 0 : metricRuns / byRun, byHour };
}

/** The budget shared out by number of metrics: each then alarms by chance once in (metrics / budget) months. */
function levelOf(runs: number, { byRun, byHour }: LevelSize, budget: number): number {
  return Math.max(1, (runs * (byRun + byHour)) / budget);
}

function isHourly({ settings }: MetricPlan): boolean {
  return settings.kind === "volume";
}

/** The evidence at which a metric alarms; one that is only recorded never does. */
export function alarmLevelOf(levels: AlarmLevels, plan: MetricPlan): number {
  if (plan.level === "record") return Number.MAX_VALUE;
  return (isHourly(plan) ? levels.hourly : levels)[plan.level];
}

/** Once in how many months chance alone gives such an alarm on one metric of this automation. */
export function chanceMonths(levels: AlarmLevels, automation: string, plan: MetricPlan): number {
  const byRun = levels.runsPerMonth.get(automation) ?? unscheduledRunsPerMonth;
  return alarmLevelOf(levels, plan) / Math.max(1, isHourly(plan) ? hoursPerMonth : byRun);
}

function automationRuns(ground: Ground, watched: Watched, now: number): number {
  const known = ground.store.runs.withDataSince(watched.entry.id, now - lookBackMs);
  const span = known.firstAt === null ? 0 : now - known.firstAt;
  if (known.runs > 0 && span >= lookBackMs - 2 * dayMs) return (known.runs * monthMs) / span;
  return watched.schedule === null ? unscheduledRunsPerMonth : runsPerMonth(watched.schedule, now);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
