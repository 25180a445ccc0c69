import { dayMs } from "../domain/time.js";
import { metricKind } from "../drift/kinds/registry.js";
import type { Metric } from "../drift/metric.js";
import type { EarlierBaseline } from "../store/earlier-baseline.js";
import type { MetricRow } from "../store/metric.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** A metric with what its row says of it. */
export interface OpenMetric {
  readonly metric: Metric;
  readonly row: Omit<MetricRow, "state">;
}

/** The states of one automation's metrics while a transaction works on them. */
export interface MetricBook {
  get(plan: MetricPlan): OpenMetric;
  set(plan: MetricPlan, metric: OpenMetric): void;
  /** Forgets what is usual; what was stays on record, with the reason. */
  begin(plan: MetricPlan, why: string): void;
  /** Writes what was changed; call before the transaction ends. */
  save(now: number): void;
}

/** Metrics that know which hour was the last: those to come before it say nothing to them. */
const inOrderOfTime: ReadonlySet<string> = new Set(["volume", "number-per-run"]);
/** A state written further ahead than this was written by a clock that was wrong. */
const aheadMs = 2 * dayMs;

/**
 * Opens the book: states are read when first asked for. They start anew when what is measured was edited, and where a
 * clock that stood ahead has fed hours that are yet to come: nothing could be told before that time.
 */
export function openBook(ground: Ground, watched: Watched): MetricBook {
  const open = new Map<string, OpenMetric>();
  const changed = new Set<string>();
  const ended = new Map<string, Ended>();
  const { id } = watched.entry;
  return {
    get: (plan) => {
      const known = open.get(plan.id);
      if (known !== undefined) return known;
      const row = ground.store.metrics.get(id, plan.id);
      const why = row === null ? null : outdatedBecause(row, plan, ground.clock.now());
      if (row !== null && why !== null) ended.set(plan.id, { plan, row, why });
      const metric = row === null || why !== null ? begun(id, plan) : read(row, plan);
      open.set(plan.id, metric);
      return metric;
    },
    set: (plan, metric) => {
      open.set(plan.id, metric);
      changed.add(plan.id);
    },
    begin: (plan, why) => {
      const row = ground.store.metrics.get(id, plan.id);
      if (row !== null && !ended.has(plan.id)) ended.set(plan.id, { plan, row, why });
      open.set(plan.id, begun(id, plan));
      changed.add(plan.id);
    },
    save: (now) => {
      for (const metricId of changed) {
        const known = open.get(metricId);
        const before = ended.get(metricId);
        if (before !== undefined && before.row.phase !== "learning")
          ground.store.earlierBaselines.add(baselineOf(before, now));
        ended.delete(metricId);
        if (known !== undefined)
          ground.store.metrics.put({ ...known.row, state: known.metric.encode(), updatedAt: now });
      }
      changed.clear();
    },
  };
}

/** A baseline that is over. */
interface Ended {
  readonly plan: MetricPlan;
  readonly row: MetricRow;
  readonly why: string;
}

function outdatedBecause(row: MetricRow, plan: MetricPlan, now: number): string | null {
  if (row.settingsHash !== plan.settingsHash) return "what is measured was edited";
  if (inOrderOfTime.has(row.kind) && row.updatedAt > now + aheadMs) return "the clock had stood ahead";
  return null;
}

function baselineOf({ plan, row, why }: Ended, now: number): EarlierBaseline {
  const { automation, metric, runs, learnedOutputs } = row;
  const usual = metricKind(row.kind).decode(plan.settings, row.state).usualShare();
  const share = { hits: usual?.hits ?? null, n: usual?.n ?? null };
  return {
    automation,
    metric,
    title: plan.title,
    endedAt: now,
    why,
    runs,
    outputs: learnedOutputs,
    ...share,
  };
}

function read(row: MetricRow, plan: MetricPlan): OpenMetric {
  const { state, ...rest } = row;
  return { metric: metricKind(plan.settings.kind).decode(plan.settings, state), row: rest };
}

function begun(automation: string, plan: MetricPlan): OpenMetric {
  return {
    metric: metricKind(plan.settings.kind).begin(plan.settings),
    row: {
      automation,
      metric: plan.id,
      kind: plan.settings.kind,
      settingsHash: plan.settingsHash,
      phase: "learning",
      evidence: null,
      maxEvidence: null,
      runs: 0,
      learnedOutputs: 0,
      learnedRuns: 0,
      firstAlarmAt: null,
      firstAlarmRun: null,
      endedAlarms: 0,
      standing: "probation",
      standingWhy: "learning what is usual",
      updatedAt: 0,
    },
  };
}
