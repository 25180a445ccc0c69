import { createMetric, decodeState, encodeState, type MetricState } from "../drift/shares/share-metric.js";
import type { MetricRow } from "../store/metric.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";

/** A metric's decoded state with what its row says of it. */
export interface OpenMetric {
  readonly state: MetricState;
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
        const metric = open.get(metricId);
        if (metric !== undefined)
          ground.store.metrics.put({ ...metric.row, state: encodeState(metric.state), updatedAt: now });
      }
      changed.clear();
    },
  };
}

function read(row: MetricRow | null, automation: string, plan: MetricPlan): OpenMetric {
  if (row !== null && row.settingsHash === plan.settingsHash) {
    const { state, ...rest } = row;
    return { state: decodeState(state), row: rest };
  }
  return {
    state: createMetric(plan.settings),
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
