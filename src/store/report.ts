import type Database from "better-sqlite3";
import type { Report, ReportEnding, ReportWay, SettledReport } from "../domain/report.js";

/** A report as it is stored first. */
interface NewReport extends Omit<Report, "id" | "settled"> {
  readonly repeatKey: string | null;
  readonly contentHash: string;
}

interface Row extends Omit<Report, "urgent" | "settled"> {
  readonly urgent: number;
  readonly settledAs: ReportEnding | null;
  readonly settledBy: string | null;
  readonly settledWhy: string | null;
  readonly settledAt: number | null;
  readonly wentTo: number | null;
}

const columns = `id, automation, subject, what, who, way, output_id AS output, link, urgent, seen_at AS seenAt, reported_at AS reportedAt,
  settled_as AS settledAs, settled_by AS settledBy, settled_why AS settledWhy, settled_at AS settledAt, went_to AS wentTo`;

/** What people saw, and what became of it. */
export function reportTable(db: Database.Database) {
  const insert = db.prepare<
    [Omit<NewReport, "urgent" | "way"> & { readonly urgent: number; readonly way: ReportWay }]
  >(
    `INSERT INTO report (automation, subject, what, who, way, output_id, link, urgent, seen_at, reported_at, repeat_key, content_hash)
     VALUES (@automation, @subject, @what, @who, @way, @output, @link, @urgent, @seenAt, @reportedAt, @repeatKey, @contentHash)`,
  );
  const one = db.prepare<[number], Row>(`SELECT ${columns} FROM report WHERE id = ?`);
  const repeated = db.prepare<[string, string], { id: number; contentHash: string }>(
    "SELECT id, content_hash AS contentHash FROM report WHERE automation = ? AND repeat_key = ?",
  );
  const ofSubject = db.prepare<[string, string], Row>(
    `SELECT ${columns} FROM report WHERE automation = ? AND subject = ? ORDER BY id LIMIT 1000`,
  );
  const open = db.prepare<[string], Row>(
    `SELECT ${columns} FROM report INDEXED BY report_open WHERE automation = ? AND settled_at IS NULL ORDER BY id LIMIT 1000`,
  );
  const counts = db.prepare<[], { automation: string; reports: number }>(
    "SELECT automation, count(*) AS reports FROM report INDEXED BY report_open WHERE settled_at IS NULL GROUP BY automation LIMIT 10000",
  );
  const newest = db.prepare<[number], Row>(`SELECT ${columns} FROM report ORDER BY id DESC LIMIT ?`);
  const settle = db.prepare<[SettledReport & { readonly id: number }]>(
    `UPDATE report SET settled_as = @as, settled_by = @by, settled_why = @why, settled_at = @at, went_to = @wentTo
     WHERE id = @id AND settled_at IS NULL`,
  );
  return {
    add: (report: NewReport): number =>
      Number(insert.run({ ...report, urgent: report.urgent ? 1 : 0 }).lastInsertRowid),
    get: (id: number): Report | null => maybe(one.get(id)),
    /** The report that was sent under that key before, and what was sent; null: none was. */
    repeatOf: (automation: string, key: string) => repeated.get(automation, key) ?? null,
    /** Those about the same thing, oldest first. */
    ofSubject: (automation: string, subject: string): readonly Report[] =>
      ofSubject.all(automation, subject).map(fromRow),
    /** What waits for someone, oldest first. */
    open: (automation: string): readonly Report[] => open.all(automation).map(fromRow),
    /** How many wait, of each automation that has any. */
    openCounts: (): ReadonlyMap<string, number> =>
      new Map(counts.all().map(({ automation, reports }) => [automation, reports])),
    /** Open and settled, newest first. */
    newest: (limit: number): readonly Report[] => newest.all(limit).map(fromRow),
    /** False: it was settled before. */
    settle: (id: number, settled: SettledReport): boolean => settle.run({ id, ...settled }).changes > 0,
  };
}

function maybe(row: Row | undefined): Report | null {
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: Row): Report {
  const { settledAs, settledBy, settledWhy, settledAt, wentTo, urgent, ...rest } = row;
  const isSettled = settledAs !== null && settledBy !== null && settledAt !== null;
  return {
    ...rest,
    urgent: urgent === 1,
    settled: isSettled
      ? { as: settledAs, by: settledBy, why: settledWhy ?? "", at: settledAt, wentTo }
      : null,
  };
}
