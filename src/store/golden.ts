import type Database from "better-sqlite3";
import type { Verdict, VerdictStatus } from "../domain/verdict.js";
import { columns, type OutputRow, type StoredOutput, stored } from "./output-row.js";

/** What one golden case gave in one run. */
interface GoldenResult {
  readonly caseId: string;
  readonly status: VerdictStatus;
  readonly output: number | null;
  readonly reason: string | null;
  /** The id the automation gave its answer. */
  readonly receivedId: string | null;
}

/** What the automation answered to one golden case. */
interface GoldenAnswer extends StoredOutput {
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** An answer that shows how a case went. */
interface ShowingAnswer extends StoredOutput {
  readonly reason: string | null;
}

interface VerdictRow {
  readonly check: string;
  readonly status: VerdictStatus;
  readonly score: number | null;
  readonly reason: string | null;
  readonly excerpt: string | null;
}

/** Results of golden runs, and the accepted ones later runs are compared with. */
export function goldenTable(db: Database.Database) {
  const insert = db.prepare<GoldenResult & { run: number; ask: number }>(
    `INSERT INTO golden_result (run, case_id, ask, status, output, reason, received_id)
     VALUES (@run, @caseId, @ask, @status, @output, @reason, @receivedId)
     ON CONFLICT (run, case_id, ask) DO UPDATE SET status = excluded.status, output = excluded.output, reason = excluded.reason,
       received_id = excluded.received_id`,
  );
  const decide = db.prepare<[VerdictStatus, string | null, number | null, number, string]>(
    "UPDATE golden_result SET status = ?, reason = ?, output = ? WHERE run = ? AND case_id = ? AND ask = 1",
  );
  const answers = db.prepare<[number, number], OutputRow & { caseId: string }>(
    `SELECT ${columns}, g.case_id AS caseId FROM golden_result g JOIN output o ON o.id = g.output
     WHERE g.run = ? AND g.ask = ? ORDER BY g.case_id LIMIT 10000`,
  );
  const verdicts = db.prepare<[number], VerdictRow>(
    'SELECT check_id AS "check", status, score, reason, excerpt FROM verdict WHERE output = ? LIMIT 10000',
  );
  const results = db.prepare<[number, number], GoldenResult>(
    "SELECT case_id AS caseId, status, output, reason, received_id AS receivedId FROM golden_result WHERE run = ? AND ask = ? ORDER BY case_id LIMIT 10000",
  );
  const shows = (status: "pass" | "fail", when: ">=" | "<") =>
    db.prepare<[string, number, string], OutputRow & { reason: string | null }>(
      `SELECT ${columns}, g.reason FROM run r CROSS JOIN golden_result g ON g.run = r.id CROSS JOIN output o ON o.id = g.output
       WHERE r.automation = ? AND r.kind = 'golden' AND r.id ${when} ? AND g.case_id = ? AND g.ask = 1 AND g.status = '${status}'
       ORDER BY r.slot_at DESC, r.part DESC LIMIT 1`,
    );
  const failing = shows("fail", ">=");
  const passing = shows("pass", "<");
  const received = db.prepare<[string, string], { run: number }>(
    `SELECT g.run FROM golden_result g JOIN run r ON r.id = g.run
     WHERE g.received_id = ? AND r.automation = ? LIMIT 1`,
  );
  const accepted = db.prepare<[string], { caseId: string; passed: number }>(
    "SELECT case_id AS caseId, passed FROM golden_accepted WHERE automation = ? LIMIT 10000",
  );
  const forget = db.prepare<[string]>("DELETE FROM golden_accepted WHERE automation = ?");
  const accept = db.prepare<[string, string, number, number]>(
    "INSERT INTO golden_accepted (automation, case_id, passed, run) VALUES (?, ?, ?, ?)",
  );
  return {
    /** Records what a case gave; a case that was asked again takes the place of its failure. */
    put: (run: number, result: GoldenResult, ask = 1): void => void insert.run({ run, ask, ...result }),
    /** Settles a case on record, and which answer shows it. */
    decide: (run: number, caseId: string, { status, reason }: Verdict, output: number | null): void =>
      void decide.run(status, reason ?? null, output, run, caseId),
    /** The answers of a run by case id, with their verdicts; a case whose probe failed has none. */
    answers: (run: number, ask = 1): ReadonlyMap<string, GoldenAnswer> =>
      new Map(
        answers.all(run, ask).map((row) => {
          const said = verdicts.all(row.key).map((each) => [each.check, verdictOf(each)] as const);
          return [row.caseId, { ...stored(row), verdicts: new Map(said) }];
        }),
      ),
    /** What the run came to, case by case; of a later ask, what that one alone gave. */
    results: (run: number, ask = 1): readonly GoldenResult[] => results.all(run, ask),
    /** The newest wrong answer of a case from a run on, and why it is wrong; null: none is kept. */
    failingSince: (automation: string, caseId: string, run: number): ShowingAnswer | null =>
      showing(failing.get(automation, run, caseId)),
    /** The newest answer of a case that agreed before a run. */
    passingBefore: (automation: string, caseId: string, run: number): ShowingAnswer | null =>
      showing(passing.get(automation, run, caseId)),
    /** True for an id that a probe received: a golden answer is no production output. */
    wasReceived: (automation: string, id: string): boolean => received.get(id, automation) !== undefined,
    /** Whether each case agreed in the accepted run. */
    accepted: (automation: string): ReadonlyMap<string, boolean> =>
      new Map(accepted.all(automation).map((row) => [row.caseId, row.passed === 1])),
    /** Makes one run's results the accepted ones; call inside a transaction. */
    accept: (automation: string, run: number): number => {
      forget.run(automation);
      const told = results.all(run, 1).filter((each) => each.status === "pass" || each.status === "fail");
      for (const each of told) accept.run(automation, each.caseId, each.status === "pass" ? 1 : 0, run);
      return told.length;
    },
  };
}

function showing(row: (OutputRow & { reason: string | null }) | undefined): ShowingAnswer | null {
  return row === undefined ? null : { ...stored(row), reason: row.reason };
}

function verdictOf({ status, score, reason, excerpt }: VerdictRow): Verdict {
  const scored = score === null ? {} : { score };
  switch (status) {
    case "pass":
      return { status, ...scored, ...(reason === null ? {} : { reason }) };
    case "fail":
      return { status, reason: reason ?? "", ...scored, ...(excerpt === null ? {} : { excerpt }) };
    case "error":
    case "skipped":
      return { status, reason: reason ?? "" };
  }
}
