import type Database from "better-sqlite3";
import type { VerdictStatus } from "../domain/verdict.js";

/** What one golden case gave in one run. */
export interface GoldenResult {
  readonly caseId: string;
  readonly status: VerdictStatus;
  readonly output: number | null;
  readonly reason: string | null;
  /** The id the automation gave its answer. */
  readonly receivedId: string | null;
}

/** Results of golden runs, and the accepted ones later runs are compared with. */
export function goldenTable(db: Database.Database) {
  const insert = db.prepare<GoldenResult & { run: number }>(
    "INSERT INTO golden_result (run, case_id, status, output, reason, received_id) VALUES (@run, @caseId, @status, @output, @reason, @receivedId)",
  );
  const results = db.prepare<[number], GoldenResult>(
    "SELECT case_id AS caseId, status, output, reason, received_id AS receivedId FROM golden_result WHERE run = ? ORDER BY case_id LIMIT 10000",
  );
  const received = db.prepare<[string], { id: string }>(
    `SELECT g.received_id AS id FROM golden_result g JOIN run r ON r.id = g.run
     WHERE r.automation = ? AND g.received_id IS NOT NULL ORDER BY g.run DESC LIMIT 20000`,
  );
  const accepted = db.prepare<[string], { caseId: string; passed: number }>(
    "SELECT case_id AS caseId, passed FROM golden_accepted WHERE automation = ? LIMIT 10000",
  );
  const forget = db.prepare<[string]>("DELETE FROM golden_accepted WHERE automation = ?");
  const accept = db.prepare<[string, string, number, number]>(
    "INSERT INTO golden_accepted (automation, case_id, passed, run) VALUES (?, ?, ?, ?)",
  );
  return {
    add: (run: number, result: GoldenResult): void => void insert.run({ run, ...result }),
    results: (run: number): readonly GoldenResult[] => results.all(run),
    /** Ids that probes received: golden answers are no production outputs. */
    receivedIds: (automation: string): ReadonlySet<string> =>
      new Set(received.all(automation).map((row) => row.id)),
    /** Whether each case agreed in the accepted run. */
    accepted: (automation: string): ReadonlyMap<string, boolean> =>
      new Map(accepted.all(automation).map((row) => [row.caseId, row.passed === 1])),
    /** Makes one run's results the accepted ones; call inside a transaction. */
    accept: (automation: string, run: number): number => {
      forget.run(automation);
      const told = results.all(run).filter((each) => each.status === "pass" || each.status === "fail");
      for (const each of told) accept.run(automation, each.caseId, each.status === "pass" ? 1 : 0, run);
      return told.length;
    },
  };
}
