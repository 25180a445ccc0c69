/**
 * A backtest: the history of one automation replayed through a draft configuration into a database in memory.
 * In: the ground of the draft and where the history comes from. Out: the incidents there would have been, and what
 * every metric came to. Nothing is stored, nobody is notified.
 */
import type { Check } from "../domain/check.js";
import { monthMs } from "../domain/time.js";
import { metricKind } from "../drift/kinds/registry.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";
import type { MetricRow } from "../store/metric.js";
import { alarmLevelOf, alarmLevels } from "./alarm-levels.js";
import { type BearableMetric, bearableSettings } from "./backtest-bearable.js";
import { type BacktestFinding, type BacktestIncident, digestOf, incidentsOf } from "./backtest-incidents.js";
import { estimateJudging, type JudgingEstimate } from "./backtest-judging.js";
import { type BacktestLimits, limitsOf } from "./backtest-limits.js";
import { type Agreement, agreementWithPeople } from "./backtest-people.js";
import {
  type AlarmsAMonth,
  alarmsAMonth,
  type IncidentDay,
  incidentDays,
  watchedTime,
} from "./backtest-rate.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { readHistory } from "./read-history.js";
import type { Progress } from "./run.js";

/** What one metric came to. */
export interface BacktestMetric {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly check: string | null;
  readonly level: string;
  readonly phase: string;
  readonly runs: number;
  readonly baselineOutputs: number;
  readonly learnedRuns: number;
  /** Outputs after which the usual level is known. */
  readonly neededOutputs: number;
  /** Where a passing share usually lies (95%); null while it is learned, and where no share is watched. */
  readonly usual: (Interval & { readonly share: number }) | null;
  /** The stated floor, where the rule is one. */
  readonly floor: number | null;
  readonly maxEvidence: number | null;
  readonly firstAlarmAt: number | null;
  /** Which of this metric's runs that was, counted from 1. */
  readonly firstAlarmRun: number | null;
  readonly standing: string;
  readonly standingWhy: string | null;
}

/** What a backtest of one automation shows. */
export interface Backtest {
  readonly id: string;
  readonly title: string;
  readonly runs: number;
  readonly outputs: number;
  readonly from: number | null;
  readonly to: number | null;
  /** How much time it stands for; without times in it, how long so many runs take. */
  readonly spanMs: number;
  readonly alarmLevel: number;
  /** Notifications that chance alone gives in this time. */
  readonly expectedByChance: number;
  /** null where nothing that may notify knows its usual level. */
  readonly limits: BacktestLimits | null;
  readonly incidents: readonly BacktestIncident[];
  /** Local days on which something was open. */
  readonly days: readonly IncidentDay[];
  /** null: the history is too short for an alarm. */
  readonly alarmsAMonth: AlarmsAMonth | null;
  readonly agreement: Agreement;
  /** null: no check asks. */
  readonly judging: JudgingEstimate | null;
  /** null: nobody asked for a number of alarms a month. */
  readonly bearable: { readonly perMonth: number; readonly metrics: readonly BearableMetric[] } | null;
  /** Findings that would have waited for the digest. */
  readonly digest: readonly BacktestFinding[];
  readonly metrics: readonly BacktestMetric[];
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly rule: Check["rule"]["kind"];
    readonly pass: number;
    readonly judged: number;
  }[];
  readonly asides: number;
  readonly unreadable: string | null;
}

/** Replays one automation on a ground whose store is in memory. */
export async function backtest(
  ground: Ground,
  watched: Watched,
  signal: AbortSignal,
  options: {
    readonly onProgress?: (progress: Progress) => void;
    /** Looks for settings that give at most so many alarms a month. */
    readonly alarmsPerMonth?: number | null;
  } = {},
): Promise<Backtest> {
  const { onProgress = () => undefined, alarmsPerMonth = null } = options;
  const levels = alarmLevels(ground);
  const report = await readHistory(ground, watched, { signal, levels, patient: false, onProgress });
  const { store } = ground;
  const { id, title } = watched.entry;
  const totals = store.outputs.totals(id);
  const metrics = watched.metrics.flatMap((plan) => metricOf(plan, store.metrics.get(id, plan.id)));
  const paging = metrics.filter((each) => each.level === "page");
  const spanMs = spanOf(totals, report.slots, levels.runsPerMonth.get(id) ?? 0);
  const incidents = incidentsOf(ground, id, totals.last ?? 0);
  const zeroTolerance = watched.checks.some((check) => check.rule.kind === "zero-tolerance");
  const rate = alarmsAMonth(incidents.length, watchedTime(spanMs, paging, zeroTolerance));
  return {
    id,
    title,
    runs: report.slots,
    outputs: totals.outputs,
    from: totals.first,
    to: totals.last,
    spanMs,
    alarmLevel: levels.page,
    expectedByChance: watched.metrics
      .filter((plan) => plan.level === "page")
      .reduce(
        (sum, plan) => sum + (store.metrics.get(id, plan.id)?.runs ?? 0) / alarmLevelOf(levels, plan),
        0,
      ),
    limits: limitsFor(watched, paging, {
      ...totals,
      spanMs,
      runs: report.slots,
      alarmLevel: levels.page,
    }),
    incidents,
    days: incidentDays(incidents, watched.entry.timeZone, totals.last ?? 0),
    alarmsAMonth: rate,
    agreement: agreementWithPeople(ground, id, watched.checks),
    judging: await estimateJudging(ground, watched, spanMs / monthMs, signal),
    bearable:
      alarmsPerMonth === null || rate === null
        ? null
        : {
            perMonth: alarmsPerMonth,
            metrics: await bearableSettings(ground, watched, levels, {
              perMonth: alarmsPerMonth,
              months: rate.months,
            }),
          },
    digest: digestOf(ground, id),
    metrics,
    checks: watched.checks.map((check) => ({
      id: check.id,
      title: check.title,
      rule: check.rule.kind,
      ...store.outputs.checkTotals(id, check.id),
    })),
    asides: store.sources.get(id).asides,
    unreadable: report.unreadable,
  };
}

/** From the first output to the last; where none has a time, as long as so many runs take. */
function spanOf(
  { first, last }: { first: number | null; last: number | null },
  runs: number,
  runsPerMonth: number,
): number {
  if (first === null || last === null) return 0;
  return first === last && runs > 1 && runsPerMonth > 0 ? (runs * monthMs) / runsPerMonth : last - first;
}

function metricOf(plan: MetricPlan, row: MetricRow | null): readonly BacktestMetric[] {
  if (row === null) return [];
  const { kind, phase, runs, maxEvidence, firstAlarmAt, firstAlarmRun, standing, standingWhy } = row;
  return [
    {
      id: plan.id,
      kind,
      title: plan.title,
      check: plan.check,
      level: plan.level,
      phase,
      runs,
      baselineOutputs: row.learnedOutputs,
      learnedRuns: row.learnedRuns,
      neededOutputs: plan.settings.baselineOutputs,
      usual: usualOf(plan, row),
      floor: plan.settings.floor,
      maxEvidence,
      firstAlarmAt,
      firstAlarmRun,
      standing,
      standingWhy,
    },
  ];
}

function usualOf(plan: MetricPlan, row: MetricRow): BacktestMetric["usual"] {
  const baseline = metricKind(row.kind).decode(plan.settings, row.state).usualShare();
  if (baseline === null) return null;
  return { ...wilsonInterval(baseline), share: baseline.hits / baseline.n };
}

/** The limits of the check that passes least: where the usual level is lower, a fall takes longer to show. */
function limitsFor(
  watched: Watched,
  paging: readonly BacktestMetric[],
  seen: { outputs: number; spanMs: number; runs: number; alarmLevel: number },
): BacktestLimits | null {
  const shares = paging.flatMap((each) =>
    each.usual === null || each.check === null ? [] : [each.usual.share],
  );
  if (shares.length === 0 || seen.outputs === 0) return null;
  const minimumEffect = watched.metrics[0]?.settings.minimumEffect ?? 0;
  return limitsOf(
    { ...seen, sampleSize: watched.sampleSize },
    { share: Math.min(...shares), minimumEffect },
    seen.alarmLevel,
  );
}
