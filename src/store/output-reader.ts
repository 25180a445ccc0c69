import type Database from "better-sqlite3";
import { once } from "../text/once.js";
import {
  columns,
  type Observed,
  type OutputRow,
  observedOf,
  type StoredOutput,
  stored,
} from "./output-row.js";

/** An output that failed a check, with the reason. */
interface FailingOutput extends StoredOutput {
  readonly reason: string;
  readonly excerpt: string | null;
}

/** An output that a run counted, with the run; its parts are read from JSON when first asked for. */
export interface CountedOutput extends StoredOutput {
  readonly runId: number;
  readonly slotAt: number;
  readonly observed: Observed;
}

/** What people did with outputs that a check judged. */
export interface CheckVotes {
  readonly check: string;
  readonly status: "pass" | "fail";
  readonly approval: "approved" | "edited" | "rejected";
  readonly outputs: number;
}

/** Outputs as they are looked at: by check, by time, by page; every query is bounded. */
export function outputReader(db: Database.Database) {
  const failing = db.prepare<
    [string, string, number, number],
    OutputRow & { reason: string | null; excerpt: string | null }
  >(
    `SELECT ${columns}, v.reason, v.excerpt FROM output o JOIN verdict v ON v.output = o.id AND v.check_id = ?
     WHERE o.automation = ? AND o.at >= ? AND o.origin = 'source' AND +o.body_gone_at IS NULL AND v.status = 'fail' ORDER BY o.at DESC, o.id DESC LIMIT ?`,
  );
  const passing = db.prepare<[string, string, number, number], OutputRow>(
    `SELECT ${columns} FROM output o JOIN verdict v ON v.output = o.id AND v.check_id = ?
     WHERE o.automation = ? AND o.at < ? AND v.status = 'pass' AND o.origin = 'source' AND +o.body_gone_at IS NULL ORDER BY o.at DESC, o.id DESC LIMIT ?`,
  );
  const between = db.prepare<[string, number, number, number], OutputRow & { observed: string }>(
    `SELECT ${columns}, o.observed FROM output o WHERE o.automation = ? AND o.at >= ? AND o.at < ? AND o.origin = 'source'
     ORDER BY o.at DESC, o.id DESC LIMIT ?`,
  );
  const referenced = db.prepare<[string, number], { found: 1 }>(
    `SELECT 1 AS found FROM (SELECT reference FROM output WHERE automation = ? AND origin = 'source'
       ORDER BY at DESC, id DESC LIMIT ?) WHERE reference IS NOT NULL LIMIT 1`,
  );
  const drawn = db.prepare<[string, number, number, number], { observed: string }>(
    `SELECT observed FROM output WHERE automation = ? AND at >= ? AND at < ? AND origin = 'source' AND drawn = 1
     ORDER BY at DESC, id DESC LIMIT ?`,
  );
  const page = db.prepare<[string, number, number, number, number], OutputRow & { contentHash: string }>(
    `SELECT ${columns}, o.content_hash AS contentHash FROM output o
     WHERE o.automation = ? AND o.origin = 'source' AND +o.body_gone_at IS NULL AND (o.at, o.id) > (?, ?) AND o.at < ? ORDER BY o.at, o.id LIMIT ?`,
  );
  const byId = db.prepare<[string, string], OutputRow>(
    `SELECT ${columns} FROM output o WHERE o.automation = ? AND o.origin = 'source' AND o.output_id = ? AND o.body_gone_at IS NULL`,
  );
  const failingOfRun = db.prepare<
    [string, number],
    { outputs: number; passing: number; first: number | null }
  >(
    // named: the planner would start from every fail the check ever had
    `SELECT coalesce(sum(v.status = 'fail'), 0) AS outputs, coalesce(sum(v.status = 'pass'), 0) AS passing,
       min(CASE v.status WHEN 'fail' THEN o.at END) AS first FROM output o INDEXED BY output_by_run JOIN verdict v ON v.output = o.id
     WHERE v.check_id = ? AND o.run = ?`,
  );
  const countFailing = db.prepare<[string, number, string], { outputs: number }>(
    `SELECT count(*) AS outputs FROM output o WHERE o.automation = ? AND o.at >= ? AND o.origin = 'source'
       AND EXISTS (SELECT 1 FROM verdict WHERE output = o.id AND status = 'fail' AND check_id IN (SELECT value FROM json_each(?)))`,
  );
  const model = db.prepare<[string, number, number], { model: string }>(
    `SELECT model FROM output WHERE automation = ? AND at >= ? AND at < ? AND model IS NOT NULL AND origin = 'source'
     GROUP BY model ORDER BY count(*) DESC, model LIMIT 1`,
  );
  const recentModels = db.prepare<
    [string, number, number, number],
    { model: string | null; outputs: number; lastAt: number }
  >(
    `SELECT model, count(*) AS outputs, max(at) AS lastAt FROM (
       SELECT model, at FROM output WHERE automation = ? AND at >= ? AND at <= ? AND origin = 'source'
       ORDER BY at DESC LIMIT ?) GROUP BY model ORDER BY outputs DESC, model LIMIT 100`,
  );
  const since = db.prepare<[string, number], { outputs: number }>(
    "SELECT count(*) AS outputs FROM output WHERE automation = ? AND at >= ? AND origin = 'source'",
  );
  const totals = db.prepare<
    { automation: string },
    { outputs: number; first: number | null; last: number | null }
  >(
    // the hourly counts hold source outputs only; the rows would take longer with every day
    `SELECT (SELECT coalesce(sum(outputs), 0) FROM hourly_outputs WHERE automation = @automation) AS outputs,
       (SELECT at FROM output WHERE automation = @automation AND origin = 'source' ORDER BY at LIMIT 1) AS first,
       (SELECT at FROM output WHERE automation = @automation AND origin = 'source' ORDER BY at DESC LIMIT 1) AS last`,
  );
  const newest = db.prepare<[string], { at: number }>(
    "SELECT at FROM output WHERE automation = ? AND origin = 'source' ORDER BY at DESC LIMIT 1",
  );
  const hours = db.prepare<[string, number], { hourAt: number }>(
    `SELECT hour_at AS hourAt FROM hourly_outputs WHERE automation = ? AND hour_at >= ? AND outputs > 0
     ORDER BY hour_at DESC LIMIT 1000`,
  );
  const byHour = db.prepare<[string, number, number], { hourAt: number; outputs: number }>(
    `SELECT hour_at AS hourAt, outputs FROM hourly_outputs WHERE automation = ? AND hour_at >= ? AND hour_at < ?
     ORDER BY hour_at LIMIT 1000`,
  );
  const costs = db.prepare<
    [string, number, number],
    { hourAt: number; outputs: number; priced: number; costMicros: number }
  >(
    `SELECT hour_at AS hourAt, outputs, priced, cost_micros AS costMicros FROM hourly_outputs
     WHERE automation = ? AND hour_at >= ? AND hour_at <= ? ORDER BY hour_at LIMIT 2000`,
  );
  const firstHour = db.prepare<[string], { hourAt: number }>(
    "SELECT hour_at AS hourAt FROM hourly_outputs WHERE automation = ? ORDER BY hour_at LIMIT 1",
  );
  const oldest = db.prepare<[string], { at: number }>(
    "SELECT at FROM output WHERE automation = ? AND origin = 'source' ORDER BY at LIMIT 1",
  );
  const ofCheck = db.prepare<[string, string], { pass: number; judged: number }>(
    `SELECT coalesce(sum(pass), 0) AS pass, coalesce(sum(pass + fail), 0) AS judged FROM hourly_verdicts
     WHERE automation = ? AND check_id = ?`,
  );
  const checkHours = db.prepare<[string, string, number], { hourAt: number; pass: number; judged: number }>(
    `SELECT hour_at AS hourAt, pass, pass + fail AS judged FROM hourly_verdicts
     WHERE automation = ? AND check_id = ? AND hour_at >= ? ORDER BY hour_at LIMIT 500`,
  );
  const counted = db.prepare<
    [string, number],
    OutputRow & { runId: number; slotAt: number; observed: string }
  >(
    `SELECT * FROM (SELECT ${columns}, o.observed, r.id AS runId, r.slot_at AS slotAt, r.part AS part
       FROM output o JOIN run r ON r.id = o.run
       WHERE o.automation = ? AND o.origin = 'source' AND o.drawn = 1 AND r.kind = 'sampled'
       ORDER BY o.at DESC, o.id DESC LIMIT ?) ORDER BY slotAt, part, key`,
  );
  const votes = db.prepare<[string], CheckVotes>(
    `SELECT v.check_id AS "check", v.status, o.approval, count(*) AS outputs FROM output o JOIN verdict v ON v.output = o.id
     WHERE o.automation = ? AND o.origin = 'source' AND o.approval IS NOT NULL AND v.status IN ('pass', 'fail')
     GROUP BY v.check_id, v.status, o.approval`,
  );
  const approvals = db.prepare<[string], { approval: CheckVotes["approval"]; outputs: number }>(
    `SELECT approval, count(*) AS outputs FROM output WHERE automation = ? AND origin = 'source' AND approval IS NOT NULL
     GROUP BY approval`,
  );
  return {
    /** The newest outputs that a run drew and counted, in the order of their runs; at most `limit`. */
    counted: (automation: string, limit: number): readonly CountedOutput[] =>
      counted.all(automation, limit).map((row) => {
        const observed = once(() => observedOf(row.observed));
        const { runId, slotAt } = row;
        return {
          ...stored(row),
          runId,
          slotAt,
          get observed() {
            return observed();
          },
        };
      }),
    /** How many outputs people approved, edited or rejected, by what each check had said. */
    votesByCheck: (automation: string): readonly CheckVotes[] => votes.all(automation),
    /** How many outputs people approved, edited or rejected. */
    approvals: (automation: string) => approvals.all(automation),
    /** The newest outputs since an instant that failed a check. */
    failingSince: (
      automation: string,
      check: string,
      since: number,
      limit: number,
    ): readonly FailingOutput[] =>
      failing
        .all(check, automation, since, limit)
        .map((row) => ({ ...stored(row), reason: row.reason ?? "", excerpt: row.excerpt })),
    /** How many outputs since an instant failed one of the checks. */
    countFailingSince: (automation: string, checks: readonly string[], since: number): number =>
      countFailing.get(automation, since, JSON.stringify(checks))?.outputs ?? 0,
    /** The newest outputs before an instant that passed a check. */
    passingBefore: (
      automation: string,
      check: string,
      before: number,
      limit: number,
    ): readonly StoredOutput[] => passing.all(check, automation, before, limit).map(stored),
    /** Outputs of a time span, newest first, with what was observed. */
    between: (
      automation: string,
      from: number,
      to: number,
      limit: number,
    ): readonly (StoredOutput & { observed: Observed })[] =>
      between
        .all(automation, from, to, limit)
        .map((row) => ({ ...stored(row), observed: observedOf(row.observed) })),
    /** True when one of the newest outputs has a right answer beside it. */
    anyReference: (automation: string, newest: number): boolean =>
      referenced.get(automation, newest) !== undefined,
    /** What was observed of the newest outputs of a time span that the uniform draw took. */
    drawnBetween: (automation: string, from: number, to: number, limit: number): readonly Observed[] =>
      drawn.all(automation, from, to, limit).map((row) => observedOf(row.observed)),
    /** The output of that id whose text is kept; null: there is none. */
    byId: (automation: string, id: string): StoredOutput | null => {
      const row = byId.get(automation, id);
      return row === undefined ? null : stored(row);
    },
    /** One page of stored history in order of time, after a position. */
    pageAfter: (automation: string, after: { at: number; key: number }, before: number, limit: number) =>
      page
        .all(automation, after.at, after.key, before, limit)
        .map((row) => ({ ...stored(row), contentHash: row.contentHash })),
    /** The model most outputs of a time span name; null: none does. */
    commonModel: (automation: string, from: number, to: number): string | null =>
      model.get(automation, from, to)?.model ?? null,
    /** What the newest outputs of a time span name as their model, how many of them, and when last; null: no model. */
    recentModels: (automation: string, from: number, to: number, limit: number) =>
      recentModels.all(automation, from, to, limit),
    countSince: (automation: string, from: number): number => since.get(automation, from)?.outputs ?? 0,
    /** How many outputs of a run failed a check, how many passed, and when the first failing one was produced. */
    failingOfRun: (check: string, run: number) =>
      failingOfRun.get(check, run) ?? { outputs: 0, passing: 0, first: null },
    totals: (automation: string) => totals.get({ automation }) ?? { outputs: 0, first: null, last: null },
    /** The hours since an instant in which outputs were produced, newest first. */
    hoursSince: (automation: string, since: number): readonly number[] =>
      hours.all(automation, since).map((row) => row.hourAt),
    /** The outputs of each hour from one instant to before another that had any; at most a thousand hours. */
    hourCounts: (automation: string, from: number, to: number): ReadonlyMap<number, number> =>
      new Map(byHour.all(automation, from, to).map(({ hourAt, outputs }) => [hourAt, outputs])),
    /** What the outputs of each hour of a time span cost, and of how many it is known; at most two thousand hours. */
    hourlyCosts: (automation: string, from: number, to: number) => costs.all(automation, from, to),
    /** The first hour in which an output was produced; null: there is none. */
    firstHourAt: (automation: string): number | null => firstHour.get(automation)?.hourAt ?? null,
    /** When the oldest output kept was produced; null: there is none. */
    firstAt: (automation: string): number | null => oldest.get(automation)?.at ?? null,
    /** When the newest output was produced; null: there is none. */
    newestAt: (automation: string): number | null => newest.get(automation)?.at ?? null,
    /** Passing and judged outputs of one check, over everything counted. */
    checkTotals: (automation: string, check: string) =>
      ofCheck.get(automation, check) ?? { pass: 0, judged: 0 },
    /** The same hour by hour from an instant on, the oldest first; three weeks at most. */
    hoursOfCheck: (automation: string, check: string, fromAt: number) =>
      checkHours.all(automation, check, fromAt),
  };
}
