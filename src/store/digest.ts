import type Database from "better-sqlite3";

/** A digest that was owed. */
interface DigestRow {
  readonly reader: string;
  /** Monday of the reader's week, `YYYY-MM-DD`. */
  readonly period: string;
  readonly dueAt: number;
  readonly owedAt: number;
  /** Outputs it asked the reader to judge. */
  readonly asked: number;
  readonly followedUpAt: number | null;
}

/** Since when someone is a reader, and whether they stopped it. */
interface ReaderRow {
  readonly sinceAt: number;
  readonly stoppedAt: number | null;
}

/** Digests, one for each reader and week. */
export function digestTable(db: Database.Database) {
  const meet = db.prepare<[string, number]>(
    "INSERT OR IGNORE INTO digest_reader (reader, since_at) VALUES (?, ?)",
  );
  const reader = db.prepare<[string], ReaderRow>(
    "SELECT since_at AS sinceAt, stopped_at AS stoppedAt FROM digest_reader WHERE reader = ?",
  );
  const stop = db.prepare<[number | null, string]>(
    "UPDATE digest_reader SET stopped_at = ? WHERE reader = ?",
  );
  const owe = db.prepare<Omit<DigestRow, "followedUpAt">>(
    `INSERT OR IGNORE INTO digest (reader, period, due_at, owed_at, asked)
     VALUES (@reader, @period, @dueAt, @owedAt, @asked)`,
  );
  const latest = db.prepare<[string], DigestRow>(
    `SELECT reader, period, due_at AS dueAt, owed_at AS owedAt, asked, followed_up_at AS followedUpAt FROM digest
     WHERE reader = ? ORDER BY period DESC LIMIT 1`,
  );
  const followUp = db.prepare<[number, string, string]>(
    "UPDATE digest SET followed_up_at = ? WHERE reader = ? AND period = ? AND followed_up_at IS NULL",
  );
  return {
    /** Notes a reader that is seen for the first time. */
    meet: (name: string, now: number): void => void meet.run(name, now),
    /** null: never seen. */
    reader: (name: string): ReaderRow | null => reader.get(name) ?? null,
    /** Stops it for a reader, or lets it come again. */
    stop: (name: string, at: number | null): void => void stop.run(at, name),
    /** Notes that it is owed; false: it was already. Call in the transaction that owes the message. */
    owe: (row: Omit<DigestRow, "followedUpAt">): boolean => owe.run(row).changes > 0,
    /** The last that was owed to a reader. */
    latest: (name: string): DigestRow | null => latest.get(name) ?? null,
    /** Notes that the reader was asked once more; false: they were already. */
    followUp: (row: DigestRow, at: number): boolean => followUp.run(at, row.reader, row.period).changes > 0,
  };
}
