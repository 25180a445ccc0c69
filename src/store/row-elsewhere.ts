import type Database from "better-sqlite3";

/** Rows read for one automation that name another one of the register. */
interface RowsElsewhere {
  /** The automation whose source was read. */
  readonly reader: string;
  /** The one they name. */
  readonly automation: string;
  readonly rows: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** Counts of such rows; as many at most as there are pairs of registered automations. */
export function rowElsewhereTable(db: Database.Database) {
  const note = db.prepare<{ reader: string; automation: string; rows: number; at: number }>(
    `INSERT INTO row_elsewhere (reader, automation, rows, first_seen_at, last_seen_at)
     VALUES (@reader, @automation, @rows, @at, @at)
     ON CONFLICT (reader, automation) DO UPDATE SET rows = rows + excluded.rows,
       last_seen_at = max(last_seen_at, excluded.last_seen_at)`,
  );
  const of = db.prepare<[string], RowsElsewhere>(
    `SELECT reader, automation, rows, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt
     FROM row_elsewhere WHERE reader = ? ORDER BY rows DESC, automation LIMIT 1000`,
  );
  return {
    /** Call inside a transaction. */
    note: (reader: string, automation: string, rows: number, at: number): void =>
      void note.run({ reader, automation, rows, at }),
    /** Of one reader, the most first. */
    of: (reader: string): readonly RowsElsewhere[] => of.all(reader),
  };
}
