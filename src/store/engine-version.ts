import { StoreError } from "../domain/errors.js";

/** First SQLite without the WAL-reset corruption (sqlite.org/wal.html, fixed in 3.51.3). */
const oldestSqlite = [3, 51, 3] as const;

/** Refuses a SQLite that can corrupt its write-ahead log (RELIABILITY, fault 30). */
export function assertEngineVersion(version: string): void {
  const parts = version.split(".").map(Number);
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least)
      throw new StoreError(
        "store-sqlite-version",
        `SQLite ${version} can corrupt a write-ahead log; ${oldestSqlite.join(".")} or later is needed: reinstall better-sqlite3 12`,
      );
  }
}
