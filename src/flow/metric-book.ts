import { metricKind } from "../drift/kinds/registry.js";
import type { Metric } from "../drift/metric.js";
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
  /** Writes what was changed; call before the transaction ends. */
  save(now: number): void;
}

/** Opens the book: states are read when first asked for, and start anew when what is measured was edited. */
export function openBook(ground: Ground, watched: Watched): MetricBook {
  const open = new Map<string, OpenMetric>();
  const changed = new Set<string>();
  const { id } = watched.entry;
  return {
    get: (plan) => {
      const known = open.get(plan.id);
      if (known !== undefined) return known;
      const metric = read(ground.store.metrics.get(id, plan.id), id, plan);
      open.set(plan.id, metric);
      return metric;
    },
    set: (plan, metric) => {
      open.set(plan.id, metric);
      changed.add(plan.id);
    },
    save: (now) => {
      for (const metricId of changed) {
        const known = open.get(metricId);
        if (known !== undefined)
          ground.store.metrics.put({ ...known.row, state: known.metric.encode(), updatedAt: now });
      }
      changed.clear();
    },
  };
}

function read(row: MetricRow | null, automation: string, plan: MetricPlan): OpenMetric {
  const kind = metricKind(plan.settings.kind);
  if (row !== null && row.settingsHash === plan.settingsHash) {
    const { state, ...rest } = row;
    return { metric: kind.decode(plan.settings, state), row: rest };
  }
  return {
    metric: kind.begin(plan.settings),
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
