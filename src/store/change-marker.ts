import type Database from "better-sqlite3";
import type { ChangeMarker } from "../domain/change-marker.js";

/** A marker with what became of it. */
export interface MarkerRow extends ChangeMarker {
  readonly notedAt: number;
  readonly retest: "none" | "owed" | "made";
  readonly retestRun: number | null;
  /** null: before and since have been compared. */
  readonly lookAt: number | null;
  readonly comparedAt: number | null;
  readonly beforeOutputs: number | null;
  readonly sinceOutputs: number | null;
}

/** One metric before and since a marker. */
export interface ComparedMetric {
  readonly metric: string;
  readonly title: string;
  readonly result: "moved" | "same" | "too-few";
  readonly p: number | null;
  readonly sentence: string;
}

/** A marker as it is first stored. */
type NewMarker = Omit<ChangeMarker, "id"> & Pick<MarkerRow, "notedAt" | "retest"> & { lookAt: number };

const columns = `id, automation, at, noted_at AS notedAt, kind, from_value AS "from", to_value AS "to", who, note, retest,
  retest_run AS retestRun, look_at AS lookAt, compared_at AS comparedAt, before_outputs AS beforeOutputs,
  since_outputs AS sinceOutputs`;

/** Change markers, the golden runs they ask for, and what the comparisons came to. */
export function changeMarkerTable(db: Database.Database) {
  const insert = db.prepare<NewMarker>(
    `INSERT INTO change_marker (automation, at, noted_at, kind, from_value, to_value, who, note, retest, look_at)
     VALUES (@automation, @at, @notedAt, @kind, @from, @to, @who, @note, @retest, @lookAt)`,
  );
  const list = db.prepare<[string, number], MarkerRow>(
    `SELECT ${columns} FROM change_marker WHERE automation = ? ORDER BY at DESC, id DESC LIMIT ?`,
  );
  const before = db.prepare<[string, number, number], MarkerRow>(
    `SELECT ${columns} FROM change_marker WHERE automation = ? AND at <= ? AND at >= ? ORDER BY at DESC, id DESC LIMIT 1`,
  );
  const after = db.prepare<[string, number], { at: number }>(
    "SELECT at FROM change_marker WHERE automation = ? AND at > ? ORDER BY at LIMIT 1",
  );
  const noted = db.prepare<[string, string, number], { markers: number }>(
    "SELECT count(*) AS markers FROM change_marker WHERE automation = ? AND kind = ? AND at >= ?",
  );
  const owed = db.prepare<[], { automation: string; first: number; last: number }>(
    `SELECT automation, min(noted_at) AS first, max(noted_at) AS last FROM change_marker INDEXED BY change_marker_retest
     WHERE retest = 'owed' GROUP BY automation`,
  );
  const made = db.prepare<[number | null, string, number]>(
    `UPDATE change_marker SET retest = 'made', retest_run = ?
     WHERE retest = 'owed' AND automation = ? AND noted_at <= ?`,
  );
  const dropRetests = db.prepare<[string]>(
    "UPDATE change_marker SET retest = 'none' WHERE retest = 'owed' AND automation = ?",
  );
  const due = db.prepare<[number], MarkerRow>(
    `SELECT ${columns} FROM change_marker WHERE look_at <= ? ORDER BY look_at LIMIT 100`,
  );
  const look = db.prepare<[number, number]>("UPDATE change_marker SET look_at = ? WHERE id = ?");
  const compared = db.prepare<{ id: number; at: number; before: number; since: number }>(
    `UPDATE change_marker SET look_at = NULL, compared_at = @at, before_outputs = @before, since_outputs = @since
     WHERE id = @id`,
  );
  const putMetric = db.prepare<ComparedMetric & { marker: number }>(
    `INSERT OR REPLACE INTO change_comparison (marker, metric, title, result, p, sentence)
     VALUES (@marker, @metric, @title, @result, @p, @sentence)`,
  );
  const metrics = db.prepare<[number], ComparedMetric>(
    `SELECT metric, title, result, p, sentence FROM change_comparison WHERE marker = ?
     ORDER BY result, p, metric LIMIT 1000`,
  );
  return {
    add: (marker: NewMarker): number => Number(insert.run(marker).lastInsertRowid),
    /** The newest markers of one automation. */
    list: (automation: string, limit: number): readonly MarkerRow[] => list.all(automation, limit),
    /** The newest marker at or before an instant, not older than another one. */
    newestBefore: (automation: string, at: number, notBefore: number): MarkerRow | null =>
      before.get(automation, at, notBefore) ?? null,
    /** When the next one after an instant was; null: there is none. */
    nextAfter: (automation: string, at: number): number | null => after.get(automation, at)?.at ?? null,
    countSince: (automation: string, kind: ChangeMarker["kind"], since: number): number =>
      noted.get(automation, kind, since)?.markers ?? 0,
    /** Automations whose markers ask for a golden run, with the first and last instant they were noted at. */
    retestsOwed: () => owed.all(),
    /** A golden run covers every marker noted until an instant. */
    retested: (automation: string, notedUntil: number, run: number | null): void =>
      void made.run(run, automation, notedUntil),
    /** No golden run can be made for the automation any more. */
    dropRetests: (automation: string): void => void dropRetests.run(automation),
    /** Markers whose comparison is to be looked at. */
    toCompare: (now: number): readonly MarkerRow[] => due.all(now),
    lookAgain: (marker: number, at: number): void => void look.run(at, marker),
    /** Stores what a comparison came to; call inside a transaction. */
    putComparison: (
      marker: number,
      done: { at: number; before: number; since: number; metrics: readonly ComparedMetric[] },
    ): void => {
      compared.run({ id: marker, at: done.at, before: done.before, since: done.since });
      for (const { metric, title, result, p, sentence } of done.metrics)
        putMetric.run({ marker, metric, title, result, p, sentence });
    },
    /** What moved first, then what did not. */
    comparison: (marker: number): readonly ComparedMetric[] => metrics.all(marker),
  };
}
