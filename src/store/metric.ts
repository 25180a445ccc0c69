import type Database from "better-sqlite3";

/** What is followed over runs: the detector's state and what people need to know of it. */
export interface MetricRow {
  readonly automation: string;
  readonly metric: string;
  readonly kind: string;
  /** Changes when the check or the followed field is edited; the baseline then starts anew. */
  readonly settingsHash: string;
  readonly state: Uint8Array;
  readonly phase: string;
  readonly evidence: number | null;
  readonly maxEvidence: number | null;
  readonly runs: number;
  readonly learnedOutputs: number;
  readonly learnedRuns: number;
  readonly firstAlarmAt: number | null;
  /** Which of this metric's runs that was, counted from 1. */
  readonly firstAlarmRun: number | null;
  readonly endedAlarms: number;
  readonly standing: "probation" | "active";
  readonly standingWhy: string | null;
  readonly updatedAt: number;
}

/** How far a metric has learned what is usual. */
type Progress = Pick<MetricRow, "metric" | "phase" | "learnedOutputs">;

const columns = `automation, metric, kind, settings_hash AS settingsHash, state, phase, evidence, max_evidence AS maxEvidence,
  runs, learned_outputs AS learnedOutputs, learned_runs AS learnedRuns, first_alarm_at AS firstAlarmAt, first_alarm_run AS firstAlarmRun,
  ended_alarms AS endedAlarms, standing, standing_why AS standingWhy, updated_at AS updatedAt`;

/** The metrics' states. */
export function metricTable(db: Database.Database) {
  const select = db.prepare<[string, string], MetricRow>(
    `SELECT ${columns} FROM metric WHERE automation = ? AND metric = ?`,
  );
  const list = db.prepare<[string], MetricRow>(
    `SELECT ${columns} FROM metric WHERE automation = ? ORDER BY metric LIMIT 1000`,
  );
  const progress = db.prepare<[string], Progress>(
    "SELECT metric, phase, learned_outputs AS learnedOutputs FROM metric WHERE automation = ? ORDER BY metric LIMIT 1000",
  );
  const put = db.prepare<MetricRow>(
    `INSERT INTO metric (automation, metric, kind, settings_hash, state, phase, evidence, max_evidence, runs, learned_outputs,
       learned_runs, first_alarm_at, first_alarm_run, ended_alarms, standing, standing_why, updated_at)
     VALUES (@automation, @metric, @kind, @settingsHash, @state, @phase, @evidence, @maxEvidence, @runs, @learnedOutputs,
       @learnedRuns, @firstAlarmAt, @firstAlarmRun, @endedAlarms, @standing, @standingWhy, @updatedAt)
     ON CONFLICT (automation, metric) DO UPDATE SET kind = excluded.kind, settings_hash = excluded.settings_hash,
       state = excluded.state, phase = excluded.phase, evidence = excluded.evidence, max_evidence = excluded.max_evidence,
       runs = excluded.runs, learned_outputs = excluded.learned_outputs, learned_runs = excluded.learned_runs,
       first_alarm_at = excluded.first_alarm_at, first_alarm_run = excluded.first_alarm_run, ended_alarms = excluded.ended_alarms, standing = excluded.standing,
       standing_why = excluded.standing_why, updated_at = excluded.updated_at`,
  );
  const stand = db.prepare<[string, string | null, string, string]>(
    "UPDATE metric SET standing = ?, standing_why = ? WHERE automation = ? AND metric = ?",
  );
  return {
    get: (automation: string, metric: string): MetricRow | null => select.get(automation, metric) ?? null,
    list: (automation: string): readonly MetricRow[] => list.all(automation),
    /** How far each has learned what is usual, without reading what it has learned. */
    progress: (automation: string): readonly Progress[] => progress.all(automation),
    put: (row: MetricRow): void => void put.run(row),
    /** Gives or takes the right to page. */
    setStanding: (
      automation: string,
      metric: string,
      standing: MetricRow["standing"],
      why: string | null,
    ): boolean => stand.run(standing, why, automation, metric).changes > 0,
  };
}
