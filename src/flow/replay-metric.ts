/**
 * One metric replayed by itself over the runs that a store has of it: what another alarm level, another floor or a
 * check that was added later would have said. In: its settings, the runs, the level. Out: the alarms. Nothing is
 * stored; what it says of the level in force is what the watch itself would have said.
 */
import { runChecks } from "../check/run-checks.js";
import { nobody } from "../domain/asking.js";
import { metricKind } from "../drift/kinds/registry.js";
import type { ObservedRun, Phase, Value } from "../drift/metric.js";
import type { MetricSettings } from "../drift/settings.js";
import type { CountedOutput } from "../store/output-reader.js";
import { valuesOfRun } from "./follow-metrics.js";
import type { Ground, MetricPlan, Watched } from "./ground.js";
import { breath } from "./judge-drafts.js";

/** Outputs that counted which a replay looks back on, at most. */
const outputsLookedAt = 20_000;
/** Outputs judged between two looks at the event loop. */
const batchSize = 200;

/** What a replay of one metric came to. */
export interface MetricReplay {
  readonly runs: number;
  /** When it alarmed. */
  readonly alarms: readonly number[];
  /** Alarms that went by themselves. */
  readonly ended: number;
  readonly phase: Phase;
}

/** Replays the runs of one metric at an alarm level. */
export function replayMetric(
  settings: MetricSettings,
  runs: readonly ObservedRun[],
  alarmLevel: number,
): MetricReplay {
  let metric = metricKind(settings.kind).begin(settings);
  const alarms: number[] = [];
  let ended = 0;
  for (const run of runs) {
    const seen = metric.observe(run, alarmLevel);
    metric = seen.metric;
    if (seen.alarm !== null) alarms.push(run.at);
    if (seen.recovered) ended += 1;
  }
  return { runs: runs.length, alarms, ended, phase: metric.phase };
}

/** The newest outputs that counted, run by run, oldest first. */
export function countedRuns(
  ground: Ground,
  automation: string,
  newest = outputsLookedAt,
): readonly (readonly CountedOutput[])[] {
  const runs: CountedOutput[][] = [];
  for (const output of ground.store.outputs.counted(automation, newest)) {
    const latest = runs.at(-1);
    if (latest?.[0]?.runId === output.runId) latest.push(output);
    else runs.push([output]);
  }
  return runs;
}

/** The runs as a metric saw them. */
export function runsAsObserved(
  plan: MetricPlan,
  runs: readonly (readonly CountedOutput[])[],
): readonly ObservedRun[] {
  return runsAsTaken(plan, runs, (metric, { observed }) => observed[metric]);
}

/**
 * The runs as a metric of a check would have seen them, judged anew on the stored form of the outputs, which may be
 * redacted.
 */
export async function runsJudgedAnew(
  watched: Watched,
  plan: MetricPlan,
  runs: readonly (readonly CountedOutput[])[],
): Promise<readonly ObservedRun[]> {
  const checks = watched.checks.filter((check) => check.id === plan.check);
  const said = new Map<number, Value | undefined>();
  for (const [index, counted] of runs.flat().entries()) {
    if (index % batchSize === batchSize - 1) await breath();
    said.set(counted.key, plan.observe(counted.output, await runChecks(checks, counted.output, nobody)));
  }
  return runsAsTaken(plan, runs, (_, { key }) => said.get(key));
}

/** The runs as a metric would have seen them, by what is read of each output. */
export function runsAsTaken(
  plan: MetricPlan,
  runs: readonly (readonly CountedOutput[])[],
  read: (metric: string, output: CountedOutput) => Value | undefined,
): readonly ObservedRun[] {
  return runs.flatMap((outputs) => {
    const [first] = outputs;
    const values = valuesOfRun(plan, (metric) =>
      outputs.flatMap((output) => {
        const value = read(metric, output);
        return value === undefined ? [] : [value];
      }),
    );
    return first === undefined || values.length === 0
      ? []
      : [{ runId: first.runId, at: first.slotAt, values }];
  });
}
