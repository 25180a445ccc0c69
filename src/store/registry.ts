import type Database from "better-sqlite3";

/** What the watch knows of each automation. */
export function registryTable(db: Database.Database) {
  const insert = db.prepare<[string, number]>(
    "INSERT OR IGNORE INTO automation (id, first_seen_at) VALUES (?, ?)",
  );
  const select = db.prepare<[string], { firstSeenAt: number; historyReadAt: number | null }>(
    "SELECT first_seen_at AS firstSeenAt, history_read_at AS historyReadAt FROM automation WHERE id = ?",
  );
  const update = db.prepare<[number, string]>("UPDATE automation SET history_read_at = ? WHERE id = ?");
  return {
    /** When the automation was first met; the time of history that carries none. */
    firstSeenAt: (id: string): number | null => select.get(id)?.firstSeenAt ?? null,
    see: (id: string, now: number): void => void insert.run(id, now),
    /** When the existing history had been replayed to its end; null: not yet. */
    historyReadAt: (id: string): number | null => select.get(id)?.historyReadAt ?? null,
    markHistoryRead: (id: string, now: number): void => void update.run(now, id),
  };
}
