import type Database from "better-sqlite3";
import type { Counts } from "../measure/counts.js";
import type { Observed } from "./output-row.js";

/** One automation, one slot. */
export interface RunRow {
  readonly id: number;
  readonly automation: string;
  readonly kind: "sampled" | "golden";
  readonly slotAt: number;
  readonly part: number;
  readonly state: "started" | "done" | "skipped" | "failed";
  readonly attempt: number;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly reason: string | null;
  readonly outputs: number;
  readonly drawn: number;
}

/** Sampled runs that had outputs in their sample. */
interface RunsWithData {
  readonly runs: number;
  readonly outputs: number;
  readonly drawn: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

const columns = `id, automation, kind, slot_at AS slotAt, part, state, attempt, started_at AS startedAt,
  finished_at AS finishedAt, reason, outputs, drawn`;

type Key = Pick<RunRow, "automation" | "kind" | "slotAt" | "part">;

/** How far back runs are counted: with more outputs together, fewer runs. */
export interface CountBounds {
  readonly untilAt: number;
  readonly mostRuns: number;
  readonly mostOutputs: number;
}

type Value = Observed[string];

function parsedValue(text: string): Value {
  const value: Value = JSON.parse(text);
  return value;
}

/** Runs: what was due, what happened. */
export function runTable(db: Database.Database) {
  const begin = db.prepare<Key & { at: number }, { id: number }>(
    `INSERT INTO run (automation, kind, slot_at, part, state, started_at)
     VALUES (@automation, @kind, @slotAt, @part, 'started', @at)
     ON CONFLICT (automation, kind, slot_at, part) DO UPDATE SET attempt = attempt + 1, started_at = excluded.started_at,
       state = 'started', reason = NULL, finished_at = NULL WHERE state IN ('started', 'skipped')
     RETURNING id`,
  );
  const finish = db.prepare<{
    id: number;
    state: string;
    at: number;
    reason: string | null;
    outputs: number;
    drawn: number;
  }>(
    `UPDATE run SET state = @state, finished_at = @at, reason = @reason, outputs = @outputs, drawn = @drawn WHERE id = @id`,
  );
  const skip = db.prepare<Key & { at: number; reason: string }>(
    `INSERT OR IGNORE INTO run (automation, kind, slot_at, part, state, started_at, finished_at, reason)
     VALUES (@automation, @kind, @slotAt, @part, 'skipped', @at, @at, @reason)`,
  );
  const latest = db.prepare<[string, string], RunRow>(
    `SELECT ${columns} FROM run WHERE automation = ? AND kind = ? AND state <> 'skipped' ORDER BY slot_at DESC, part DESC LIMIT 1`,
  );
  const latestDone = db.prepare<[string, string], RunRow>(
    `SELECT ${columns} FROM run WHERE automation = ? AND kind = ? AND state = 'done' ORDER BY slot_at DESC, part DESC LIMIT 1`,
  );
  const before = db.prepare<[string, number], RunRow>(
    `SELECT ${columns} FROM run WHERE automation = ? AND kind = 'sampled' AND slot_at < ? AND state IN ('done', 'failed')
     ORDER BY slot_at DESC, part DESC LIMIT 1`,
  );
  const one = db.prepare<[number], RunRow>(`SELECT ${columns} FROM run WHERE id = ?`);
  const state = db.prepare<Key, { state: RunRow["state"] }>(
    "SELECT state FROM run WHERE automation = @automation AND kind = @kind AND slot_at = @slotAt AND part = @part",
  );
  const list = db.prepare<[string, number], RunRow>(
    `SELECT ${columns} FROM run WHERE automation = ? ORDER BY slot_at DESC, part DESC LIMIT ?`,
  );
  const withData = db.prepare<[string, string, number], RunsWithData>(
    `SELECT count(*) AS runs, coalesce(sum(outputs), 0) AS outputs, coalesce(sum(drawn), 0) AS drawn, min(slot_at) AS firstAt, max(slot_at) AS lastAt FROM run
     WHERE automation = ? AND kind = ? AND drawn > 0 AND slot_at >= ?`,
  );
  const parts = db.prepare<[string, number], { part: number | null }>(
    "SELECT max(part) AS part FROM run WHERE automation = ? AND kind = 'sampled' AND slot_at = ?",
  );
  const cleanSince = db.prepare<[string, number], { runs: number }>(
    `SELECT count(*) AS runs FROM run
     WHERE automation = ? AND kind = 'sampled' AND state = 'done' AND outputs > 0 AND slot_at > ?`,
  );
  const closedBefore = db.prepare<[string, number], { at: number | null }>(
    `SELECT max(slot_at) AS at FROM run
     WHERE automation = ? AND kind = 'sampled' AND state = 'done' AND slot_at < ?`,
  );
  const between = db.prepare<[string, number, number], { runs: number }>(
    "SELECT count(*) AS runs FROM run WHERE automation = ? AND outputs > 0 AND slot_at >= ? AND slot_at <= ?",
  );
  const missed = db.prepare<[string, number], { slots: number; reason: string | null }>(
    `SELECT count(*) AS slots, max(reason) AS reason FROM run
     WHERE automation = ? AND slot_at >= ? AND state = 'skipped'`,
  );
  const newestDone = db.prepare<[string, number, number], { id: number; at: number; outputs: number }>(
    `SELECT id, slot_at AS at, outputs FROM run
     WHERE automation = ? AND kind = 'sampled' AND state = 'done' AND outputs > 0 AND slot_at <= ?
     ORDER BY slot_at DESC, part DESC LIMIT ?`,
  );
  const ofCheck = db.prepare<[string, number], Counts>(
    `SELECT coalesce(sum(v.status = 'pass'), 0) AS hits, count(*) AS n
     FROM output o JOIN verdict v ON v.output = o.id AND v.check_id = ?
     WHERE o.run = ? AND v.status IN ('pass', 'fail')`,
  );
  const ofMetric = db.prepare<[string, number], { value: string | null }>(
    "SELECT observed -> ? AS value FROM output WHERE run = ? AND drawn = 1 AND observed <> '{}'",
  );
  /** The newest sampled runs of which something was counted, the oldest first. */
  const countEach = (
    automation: string,
    bounds: CountBounds,
    countsOf: (run: number) => Counts,
  ): readonly (Counts & { readonly at: number })[] => {
    const runs: (Counts & { at: number })[] = [];
    let left = bounds.mostOutputs;
    for (const { id, at, outputs } of newestDone.all(automation, bounds.untilAt, bounds.mostRuns)) {
      left -= outputs;
      if (left < 0) break;
      const counts = countsOf(id);
      if (counts.n > 0) runs.push({ at, ...counts });
    }
    return runs.reverse();
  };
  return {
    /** How many outputs of the newest sampled runs a check passed, of those it judged; the oldest run first, runs of which it judged none left out. */
    ofCheck: (automation: string, check: string, bounds: CountBounds) =>
      countEach(automation, bounds, (run) => ofCheck.get(check, run) ?? { hits: 0, n: 0 }),
    /** How many of the drawn outputs of the newest sampled runs have a value of that kind, of those with any; the oldest run first. */
    ofMetric: (automation: string, metric: string, isHit: (value: Value) => boolean, bounds: CountBounds) =>
      countEach(automation, bounds, (run) => {
        const values = ofMetric
          .all(`$.${JSON.stringify(metric)}`, run)
          .flatMap(({ value }) => (value === null ? [] : [parsedValue(value)]));
        return { hits: values.filter(isHit).length, n: values.length };
      }),
    /** Slots since an instant that could not be made up for, and why. */
    missedSince: (
      automation: string,
      since: number,
    ): { readonly slots: number; readonly reason: string | null } =>
      missed.get(automation, since) ?? { slots: 0, reason: null },
    /** Marks a run as started; null: this slot has already been dealt with. A skipped one took no outputs. */
    begin: (key: Key, at: number): number | null => begin.get({ ...key, at })?.id ?? null,
    finish: (
      id: number,
      end: { state: "done" | "failed"; at: number; reason: string | null; outputs: number; drawn: number },
    ): void => void finish.run({ id, ...end }),
    skip: (key: Key, at: number, reason: string): void => void skip.run({ ...key, at, reason }),
    latest: (automation: string, kind: RunRow["kind"]): RunRow | null => latest.get(automation, kind) ?? null,
    /** The newest one that was made to its end. */
    latestDone: (automation: string, kind: RunRow["kind"]): RunRow | null =>
      latestDone.get(automation, kind) ?? null,
    /** The newest sampled run of an earlier slot that read its source, or tried to. */
    before: (automation: string, slotAt: number): RunRow | null => before.get(automation, slotAt) ?? null,
    get: (id: number): RunRow | null => one.get(id) ?? null,
    /** Where the run of a slot stands; null: it was never begun. */
    stateOf: (key: Key): RunRow["state"] | null => state.get(key)?.state ?? null,
    list: (automation: string, limit: number): readonly RunRow[] => list.all(automation, limit),
    /** How many runs since an instant had outputs in their sample, how many came and were drawn, and the first and last run. */
    withDataSince: (automation: string, kind: RunRow["kind"], since: number): RunsWithData =>
      withData.get(automation, kind, since) ?? { runs: 0, outputs: 0, drawn: 0, firstAt: null, lastAt: null },
    /** The first part of a slot that no run has taken. */
    nextPart: (automation: string, slotAt: number): number => (parts.get(automation, slotAt)?.part ?? -1) + 1,
    /** Runs with outputs from one instant to another, both included. */
    countBetween: (automation: string, from: number, to: number): number =>
      between.get(automation, from, to)?.runs ?? 0,
    /** The last slot closed before an instant: the outputs of the next one came after it. */
    slotBefore: (automation: string, at: number): number | null =>
      closedBefore.get(automation, at)?.at ?? null,
    /** Runs with outputs after an instant. */
    countSince: (automation: string, after: number): number => cleanSince.get(automation, after)?.runs ?? 0,
  };
}
