/**
 * Counts by hour of the output: they outlive the rows, and pages read them instead of the rows. Outputs that were
 * stored go in, sums come out; call inside the transaction that stores them.
 */
import type Database from "better-sqlite3";
import { hourMs } from "../domain/time.js";
import type { VerdictStatus } from "../domain/verdict.js";
import type { NewOutput } from "./output.js";

interface VerdictCount {
  readonly automation: string;
  readonly check: string;
  readonly hourAt: number;
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skipped: number;
}

interface OutputCount {
  readonly automation: string;
  readonly hourAt: number;
  readonly outputs: number;
  readonly errors: number;
  readonly priced: number;
  readonly costMicros: number;
  readonly tokens: number;
}

/** Adds to the hourly counts; one row per hour and check, however many outputs. */
export function hourlyCounts(db: Database.Database) {
  const addVerdicts = db.prepare<VerdictCount>(
    `INSERT INTO hourly_verdicts (automation, check_id, hour_at, pass, fail, error, skipped)
     VALUES (@automation, @check, @hourAt, @pass, @fail, @error, @skipped)
     ON CONFLICT (automation, check_id, hour_at) DO UPDATE SET pass = pass + excluded.pass, fail = fail + excluded.fail,
       error = error + excluded.error, skipped = skipped + excluded.skipped`,
  );
  const addOutputs = db.prepare<OutputCount>(
    `INSERT INTO hourly_outputs (automation, hour_at, outputs, errors, priced, cost_micros, tokens)
     VALUES (@automation, @hourAt, @outputs, @errors, @priced, @costMicros, @tokens)
     ON CONFLICT (automation, hour_at) DO UPDATE SET outputs = outputs + excluded.outputs,
       errors = errors + excluded.errors, priced = priced + excluded.priced, cost_micros = cost_micros + excluded.cost_micros,
       tokens = tokens + excluded.tokens`,
  );
  return {
    outputs: (stored: readonly NewOutput[]): void => {
      for (const hour of byHour(stored)) {
        addOutputs.run(outputsOf(hour));
        for (const count of verdictsOf(hour)) addVerdicts.run(count);
      }
    },
    /** Verdicts on an output of the source that was counted before. */
    verdicts: (automation: string, at: number, verdicts: NewOutput["verdicts"]): void => {
      const hour = { automation, hourAt: hourOf(at), outputs: [{ verdicts }] };
      for (const count of verdictsOf(hour)) addVerdicts.run(count);
    },
  };
}

function hourOf(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}

interface Hour {
  readonly automation: string;
  readonly hourAt: number;
  readonly outputs: NewOutput[];
}

/** Golden answers are no production outputs and enter no count. */
function byHour(stored: readonly NewOutput[]): readonly Hour[] {
  const hours = new Map<string, Hour>();
  for (const each of stored) {
    if (each.origin !== "source") continue;
    const hourAt = hourOf(each.output.at);
    const key = `${hourAt} ${each.automation}`;
    const hour = hours.get(key) ?? { automation: each.automation, hourAt, outputs: [] };
    hour.outputs.push(each);
    hours.set(key, hour);
  }
  return [...hours.values()];
}

function outputsOf({ automation, hourAt, outputs }: Hour): OutputCount {
  let [errors, priced, costMicros, tokens] = [0, 0, 0, 0];
  for (const { output } of outputs) {
    errors += output.error === null ? 0 : 1;
    priced += output.costMicros === null ? 0 : 1;
    costMicros += output.costMicros ?? 0;
    tokens += output.tokens ?? 0;
  }
  return { automation, hourAt, outputs: outputs.length, errors, priced, costMicros, tokens };
}

function verdictsOf({
  automation,
  hourAt,
  outputs,
}: Omit<Hour, "outputs"> & {
  readonly outputs: readonly Pick<NewOutput, "verdicts">[];
}): readonly VerdictCount[] {
  const counts = new Map<string, Record<VerdictStatus, number>>();
  for (const { verdicts } of outputs) {
    for (const [check, { status }] of verdicts) {
      const count = counts.get(check) ?? { pass: 0, fail: 0, error: 0, skipped: 0 };
      count[status] += 1;
      counts.set(check, count);
    }
  }
  return [...counts].map(([check, count]) => ({ automation, check, hourAt, ...count }));
}
