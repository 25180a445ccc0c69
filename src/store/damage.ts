import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StoreError } from "../domain/errors.js";
import { backupFolderOf, backupsIn } from "./backup-files.js";
import { examineFile } from "./examine-file.js";

/** Backups looked at in search of a good one. */
const mostExamined = 5;

/** What to do about a database that SQLite found damaged while reading it (RELIABILITY, fault 20); null: it is something else. */
export function damageOf(thrown: unknown, path: string | null = null): StoreError | null {
  if (!(thrown instanceof Database.SqliteError)) return null;
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code)) return null;
  if (path !== null) return damaged(path, thrown.message, thrown);
  return new StoreError(
    "store-damaged",
    `the database is damaged (${thrown.message}); stop the daemon and start it again: it names the newest good backup, and the command that goes back to it`,
    { cause: thrown },
  );
}

/** The refusal of a damaged file: nothing is written to it, nothing of it is deleted. */
export function damaged(path: string, found: string, cause?: unknown): StoreError {
  return new StoreError(
    "store-damaged",
    `${path}: the database is damaged (${found}); nothing was written to it. Stop the daemon; ${wayBack(path)}. What is there now is moved aside, never deleted`,
    { cause },
  );
}

/** The command that goes back to the newest backup that is sound; without one, where one should be. */
export function wayBack(path: string): string {
  const folder = backupFolderOf(path);
  const good = backupsIn(folder)
    .slice(0, mostExamined)
    .find((each) => examineFile(each.path).ok);
  if (good === undefined)
    return `no good backup lies in ${folder}: put one of ${dirname(path)} in its place with evenkeel restore FILE`;
  return `go back to the newest good backup, of ${new Date(good.at).toISOString()}: evenkeel restore ${good.path}`;
}
