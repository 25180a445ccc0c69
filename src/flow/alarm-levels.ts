import type { Automation } from "../domain/automation.js";
import type { Level } from "../domain/check.js";
import { dayMs, monthMs } from "../domain/time.js";
import { isBrokenSchedule } from "../schedule/guard-slot.js";
import { runsPerMonth } from "../schedule/runs-per-month.js";
import type { Schedule } from "../schedule/schedule.js";
import type { RunRow } from "../store/run.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { humanPassShare } from "./people-metrics.js";

/** The span over which runs with data are counted, once there is so much history. */
const lookBackMs = 28 * dayMs;
/** Runs a month of an automation that is looked at only when asked: as if hourly. */
const unscheduledRunsPerMonth = 730;

/** Golden runs a month where none is scheduled: after changes and when asked, as if weekly. */
const weeksPerMonth = 365.25 / 12 / 7;
const unscheduledGoldenRuns = weeksPerMonth;
/** Hours in a month: the runs of a metric that is fed hour by hour, whatever the schedule. */
const hoursPerMonth = 730;

/** The evidence at which metrics of each level alarm, and what follows from it. */
export interface AlarmLevels {
  readonly page: number;
  readonly digest: number;
  /** The same for metrics that are fed hour by hour. */
  readonly hourly: { readonly page: number; readonly digest: number };
  /** The same for metrics that are fed by golden runs. */
  readonly golden: { readonly page: number; readonly digest: number };
  /** The same for what people say of outputs. */
  readonly judged: { readonly page: number; readonly digest: number };
  /** Sampled runs a month of each automation. */
  readonly runsPerMonth: ReadonlyMap<string, number>;
  /** Golden runs a month of each automation that has a golden set. */
  readonly goldenRunsPerMonth: ReadonlyMap<string, number>;
  /** Outputs a month that people are asked to judge, of each automation. */
  readonly judgementsPerMonth: ReadonlyMap<string, number>;
}

/**
 * Alarm level A = metric-runs a month of all metrics of that level / false alarms wanted a month: a method whose
 * mean run length without change is at least A then gives at most that many (DETECTION 1.4; Shin, Ramdas and
 * Rinaldo, "E-detectors", 2022).
 *
 * Metrics that are fed hour by hour, by golden runs or by what people say get their part of the budget by their number
 * and a level of their own. Counted into one level with the rest, the 730 hours a month of every volume would make the checks
 * of an automation that is looked at once a week two hundred times as hard to alarm; and a golden set that is asked once
 * a day would have to wait as long as a check that is fed every quarter of an hour.
 */
export function alarmLevels(ground: Ground): AlarmLevels {
  const { automations, alarmBudget } = ground.register;
  const now = ground.clock.now();
  const scheduled = countSchedules(now);
  const sampled = new Map(
    automations.map((each) => [each.entry.id, sampledRuns(ground, each, now, scheduled)]),
  );
  const asked = new Map(
    automations.flatMap(({ entry, golden }) =>
      golden === null
        ? []
        : [[entry.id, goldenRuns(ground, entry, now, scheduled(golden.schedule, entry.timeZone))] as const],
    ),
  );
  const judged = new Map(automations.map(({ entry }) => [entry.id, entry.spotCheck.perWeek * weeksPerMonth]));
  const runsOf: RunsOf = (automation, feed) => {
    if (feed === "hours") return hoursPerMonth;
    return { runs: sampled, golden: asked, judgements: judged }[feed].get(automation) ?? 0;
  };
  const page = levelsOf(automations, "page", alarmBudget.falseAlarmsPerMonth, runsOf);
  const digest = levelsOf(automations, "digest", alarmBudget.digestFindingsPerMonth, runsOf);
  return {
    page: page.runs,
    digest: digest.runs,
    hourly: { page: page.hours, digest: digest.hours },
    golden: { page: page.golden, digest: digest.golden },
    judged: { page: page.judgements, digest: digest.judgements },
    runsPerMonth: sampled,
    goldenRunsPerMonth: asked,
    judgementsPerMonth: judged,
  };
}

/** The same ground with the alarm levels in force: whoever needs them more than once has them worked out once. */
export function withLevels(ground: Ground): Ground & { readonly levels: AlarmLevels } {
  return { ...ground, levels: ground.levels ?? alarmLevels(ground) };
}

/** What feeds a metric: sampled runs, hours, golden runs, or what people say of one output after the other. */
type Feed = "runs" | "hours" | "golden" | "judgements";

type RunsOf = (automation: string, feed: Feed) => number;

function feedOf({ id, settings }: MetricPlan): Feed {
  if (id === humanPassShare) return "judgements";
  if (settings.kind === "volume") return "hours";
  return settings.kind === "golden-cases" ? "golden" : "runs";
}

/** What the metrics of one level together may cost in false alarms, and the alarm level that follows from it. */
export interface AlarmPrice {
  readonly level: "page" | "digest";
  readonly metrics: number;
  readonly metricRunsPerMonth: number;
  /** False alarms accepted a month, over all of them. */
  readonly budget: number;
  /** A of metrics that are fed run by run; null: there is none. */
  readonly byRun: number | null;
  /** A of metrics that are fed hour by hour; null: there is none. */
  readonly byHour: number | null;
  /** A of metrics that are fed by golden runs; null: there is none. */
  readonly byGolden: number | null;
  /** A of metrics that are fed by what people say; null: there is none. */
  readonly byJudgement: number | null;
  /** Once in how many months chance alone gives such an alarm on one of them, on average; null: there is none. */
  readonly chanceMonths: number | null;
}

/** The alarm levels in force with what they were derived from; a page asks for them at each look. */
export function alarmPrices(ground: Ground): readonly AlarmPrice[] {
  const { automations, alarmBudget } = ground.register;
  const levels = ground.levels ?? alarmLevels(ground);
  return (["page", "digest"] as const).map((level): AlarmPrice => {
    const followed = automations.flatMap(({ entry, metrics }) =>
      metrics
        .filter((plan) => plan.level === level)
        .map((plan) => ({ feed: feedOf(plan), runs: metricRunsPerMonth(levels, entry.id, plan) })),
    );
    const isFed = (feed: Feed) => followed.some((each) => each.feed === feed);
    const budget = level === "page" ? alarmBudget.falseAlarmsPerMonth : alarmBudget.digestFindingsPerMonth;
    return {
      level,
      metrics: followed.length,
      metricRunsPerMonth: followed.reduce((sum, each) => sum + each.runs, 0),
      budget,
      byRun: isFed("runs") ? levels[level] : null,
      byHour: isFed("hours") ? levels.hourly[level] : null,
      byGolden: isFed("golden") ? levels.golden[level] : null,
      byJudgement: isFed("judgements") ? levels.judged[level] : null,
      chanceMonths: followed.length === 0 ? null : followed.length / budget,
    };
  });
}

/** The budget shared out by number of metrics: each then alarms by chance once in (metrics / budget) months. */
function levelsOf(
  automations: readonly Watched[],
  level: Level,
  budget: number,
  runsOf: RunsOf,
): Readonly<Record<Feed, number>> {
  const ofLevel = automations.flatMap(({ entry, metrics }) =>
    metrics.flatMap((plan) => (plan.level === level ? [{ feed: feedOf(plan), automation: entry.id }] : [])),
  );
  const levelOf = (feed: Feed) => {
    const fed = ofLevel.filter((each) => each.feed === feed);
    const runs = fed.reduce((sum, { automation }) => sum + runsOf(automation, feed), 0) / (fed.length || 1);
    return Math.max(1, (runs * ofLevel.length) / budget);
  };
  return {
    runs: levelOf("runs"),
    hours: levelOf("hours"),
    golden: levelOf("golden"),
    judgements: levelOf("judgements"),
  };
}

/** The evidence at which a metric alarms; one that is only recorded never does. */
export function alarmLevelOf(levels: AlarmLevels, plan: MetricPlan): number {
  if (plan.level === "record") return Number.MAX_VALUE;
  switch (feedOf(plan)) {
    case "runs":
      return levels[plan.level];
    case "hours":
      return levels.hourly[plan.level];
    case "golden":
      return levels.golden[plan.level];
    case "judgements":
      return levels.judged[plan.level];
  }
}

/** Once in how many months chance alone gives such an alarm on one metric of this automation. */
export function chanceMonths(levels: AlarmLevels, automation: string, plan: MetricPlan): number {
  return alarmLevelOf(levels, plan) / Math.max(1, metricRunsPerMonth(levels, automation, plan));
}

/** How often a month a metric is fed. */
export function metricRunsPerMonth(levels: AlarmLevels, automation: string, plan: MetricPlan): number {
  switch (feedOf(plan)) {
    case "runs":
      return levels.runsPerMonth.get(automation) ?? unscheduledRunsPerMonth;
    case "hours":
      return hoursPerMonth;
    case "golden":
      return levels.goldenRunsPerMonth.get(automation) ?? unscheduledGoldenRuns;
    case "judgements":
      return levels.judgementsPerMonth.get(automation) ?? 0;
  }
}

function sampledRuns(
  ground: Ground,
  { entry, schedule }: Watched,
  now: number,
  scheduled: ReturnType<typeof countSchedules>,
): number {
  const known = knownRuns(ground, entry.id, "sampled", now);
  return known ?? scheduled(schedule, entry.timeZone) ?? unscheduledRunsPerMonth;
}

/** Those of the schedule at least: what is asked after changes comes on top. */
function goldenRuns(ground: Ground, { id }: Automation, now: number, scheduled: number | null): number {
  const known = knownRuns(ground, id, "golden", now);
  return scheduled === null ? (known ?? unscheduledGoldenRuns) : Math.max(known ?? 0, scheduled);
}

/**
 * Runs a month of each schedule, counted once for all automations that share it: a year of slots takes 50 ms, and
 * hundreds of automations would keep a start or a reload waiting for as many of them.
 */
function countSchedules(now: number): (schedule: Schedule | null, timeZone: string) => number | null {
  const counted = new Map<string, number | null>();
  return (schedule, timeZone) => {
    if (schedule === null) return null;
    const key = `${timeZone}\n${schedule.source}`;
    const runs = counted.has(key) ? (counted.get(key) ?? null) : scheduledRuns(schedule, now);
    counted.set(key, runs);
    return runs;
  };
}

/** null: its slots cannot be computed, which people are told of where schedules are kept. */
function scheduledRuns(schedule: Schedule, now: number): number | null {
  try {
    return runsPerMonth(schedule, now);
  } catch (thrown) {
    if (isBrokenSchedule(thrown)) return null;
    throw thrown;
  }
}

/** Runs with data a month; null while too little is known of them. */
function knownRuns(ground: Ground, automation: string, kind: RunRow["kind"], now: number): number | null {
  const known = ground.store.runs.withDataSince(automation, kind, now - lookBackMs);
  const span = known.firstAt === null ? 0 : now - known.firstAt;
  return known.runs > 0 && span >= lookBackMs - 2 * dayMs ? (known.runs * monthMs) / span : null;
}
