import { dirname } from "node:path";
import Database from "better-sqlite3";
import { StoreError } from "../domain/errors.js";
import { backupFoldersOf, backupsOf, type StorePlace } from "./backup-files.js";
import { examineFile } from "./examine-file.js";

/** Backups looked at in search of a good one. */
const mostExamined = 5;

/** What to do about a database that SQLite found damaged while reading it (RELIABILITY, fault 20); null: it is something else. */
export function damageOf(thrown: unknown, place: StorePlace | null = null): StoreError | null {
  if (!(thrown instanceof Database.SqliteError)) return null;
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code)) return null;
  if (place !== null) return damaged(place, thrown.message, thrown);
  return new StoreError(
    "store-damaged",
    `the database is damaged (${thrown.message}); stop the daemon and start it again: it names the newest good backup, and the command that goes back to it`,
    { cause: thrown },
  );
}

/** The refusal of a damaged file: nothing is written to it, nothing of it is deleted. */
export function damaged(place: StorePlace, found: string, cause?: unknown): StoreError {
  return new StoreError(
    "store-damaged",
    `${place.path}: the database is damaged (${found}); nothing was written to it. Stop the daemon; ${wayBack(place)}. What is there now is moved aside, never deleted`,
    { cause },
  );
}

/** The command that goes back to the newest backup that is sound; without one, where one should be. */
export function wayBack(place: StorePlace): string {
  const good = backupsOf(place)
    .slice(0, mostExamined)
    .find((each) => examineFile(each.path).ok);
  if (good === undefined)
    return `no good backup lies in ${backupFoldersOf(place).join(" or ")}: put one of ${dirname(place.path)} in its place with evenkeel restore FILE`;
  return `go back to the newest good backup, of ${new Date(good.at).toISOString()}: evenkeel restore ${good.path}`;
}
