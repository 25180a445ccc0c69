import type Database from "better-sqlite3";

/** Single values: instance, last sign of life, clean exit. */
export function metaTable(db: Database.Database) {
  const select = db.prepare<[string], { value: string }>("SELECT value FROM meta WHERE key = ?");
  const upsert = db.prepare<[string, string]>(
    "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
  );
  const insert = db.prepare<[string, string]>("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)");
  const remove = db.prepare<[string]>("DELETE FROM meta WHERE key = ?");
  return {
    get: (key: string): string | null => select.get(key)?.value ?? null,
    set: (key: string, value: string): void => void upsert.run(key, value),
    remove: (key: string): void => void remove.run(key),
    setOnce: (key: string, value: string): void => void insert.run(key, value),
  };
}
