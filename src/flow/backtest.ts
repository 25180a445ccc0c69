/**
 * A backtest: the history of one automation replayed through a draft configuration into a database in memory.
 * In: the ground of the draft and where the history comes from. Out: the incidents there would have been, and what
 * every metric came to. Nothing is stored, nobody is notified.
 */
import type { Check } from "../domain/check.js";
import type { Finding } from "../domain/finding.js";
import { metricKind } from "../drift/kinds/registry.js";
import { type Interval, wilsonInterval } from "../measure/wilson-interval.js";
import type { MetricRow } from "../store/metric.js";
import { alarmLevels } from "./alarm-levels.js";
import { type BacktestLimits, limitsOf } from "./backtest-limits.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { readHistory } from "./read-history.js";
import type { Progress } from "./run.js";

/** A finding, and how many runs the change had lasted when it was found; null where it has no start. */
export interface BacktestFinding extends Finding {
  readonly runsToNotice: number | null;
}

/** An incident there would have been. */
export interface BacktestIncident {
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly level: Finding["level"];
  readonly findings: readonly BacktestFinding[];
}

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
}

/** What a backtest of one automation shows. */
export interface Backtest {
  readonly id: string;
  readonly title: string;
  readonly runs: number;
  readonly outputs: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly alarmLevel: number;
  /** Notifications that chance alone gives in this time. */
  readonly expectedByChance: number;
  /** null where nothing that may notify knows its usual level. */
  readonly limits: BacktestLimits | null;
  readonly incidents: readonly BacktestIncident[];
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
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Backtest> {
  const levels = alarmLevels(ground);
  const report = await readHistory(ground, watched, { signal, levels, patient: false, onProgress });
  const { store } = ground;
  const { id, title } = watched.entry;
  const totals = store.outputs.totals(id);
  const metrics = watched.metrics.flatMap((plan) => metricOf(plan, store.metrics.get(id, plan.id)));
  const paging = metrics.filter((each) => each.level === "page");
  return {
    id,
    title,
    runs: report.slots,
    outputs: totals.outputs,
    from: totals.first,
    to: totals.last,
    alarmLevel: levels.page,
    expectedByChance: paging.reduce((sum, each) => sum + each.runs, 0) / levels.page,
    limits: limitsFor(watched, paging, { ...totals, runs: report.slots, alarmLevel: levels.page }),
    incidents: incidentsOf(ground, id),
    digest: store.findings
      .list(id, mostFindings)
      .filter((each) => each.incident === null && each.finding.level !== "record")
      .map((each) => timed(ground, id, each.finding)),
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

const mostFindings = 10_000;

function metricOf(plan: MetricPlan, row: MetricRow | null): readonly BacktestMetric[] {
  if (row === null) return [];
  const { kind, phase, runs, maxEvidence, firstAlarmAt, firstAlarmRun, standing } = row;
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
      neededOutputs: plan.settings.baselineOutputs,
      usual: usualOf(plan, row),
      floor: plan.settings.floor,
      maxEvidence,
      firstAlarmAt,
      firstAlarmRun,
      standing,
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
  seen: { outputs: number; first: number | null; last: number | null; runs: number; alarmLevel: number },
): BacktestLimits | null {
  const shares = paging.flatMap((each) =>
    each.usual === null || each.check === null ? [] : [each.usual.share],
  );
  if (shares.length === 0 || seen.first === null || seen.last === null) return null;
  const minimumEffect = watched.metrics[0]?.settings.minimumEffect ?? 0;
  return limitsOf(
    { ...seen, spanMs: seen.last - seen.first, sampleSize: watched.sampleSize },
    { share: Math.min(...shares), minimumEffect },
    seen.alarmLevel,
  );
}

function incidentsOf(ground: Ground, automation: string): readonly BacktestIncident[] {
  const { store } = ground;
  const rows = store.incidents
    .list(mostFindings)
    .filter((each) => each.automation === automation && each.kind === "outputs");
  return [...rows].reverse().map((row) => ({
    openedAt: row.openedAt,
    resolvedAt: row.endedAt,
    level: "page" as const,
    findings: store.findings.ofIncident(row.id).map((each) => timed(ground, automation, each.finding)),
  }));
}

function timed({ store }: Ground, automation: string, finding: Finding): BacktestFinding {
  const { changedAt, foundAt } = finding;
  if (changedAt === null) return { ...finding, runsToNotice: null };
  return { ...finding, runsToNotice: store.runs.countBetween(automation, changedAt, foundAt) };
}
