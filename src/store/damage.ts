import Database from "better-sqlite3";
import { StoreError } from "../domain/errors.js";

/** What to do about a database that SQLite found damaged while reading it (RELIABILITY, fault 20); null: it is something else. */
export function damageOf(thrown: unknown): StoreError | null {
  if (!(thrown instanceof Database.SqliteError)) return null;
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code)) return null;
  return new StoreError(
    "store-damaged",
    `the database is damaged (${thrown.message}); stop the daemon, keep a copy of the file and of what lies beside it, and put the newest backup in its place`,
    { cause: thrown },
  );
}
