import { hostname } from "node:os";
import Database from "better-sqlite3";
import { messageOf, StoreError } from "../domain/errors.js";
import { connect } from "./connect.js";

/** The right to write into a data folder, held until released; the kernel frees it when the process dies. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process: an exclusive transaction on a database of its own, so nothing stale
 * can be left behind. Who holds it is noted in a second file, for the message only.
 */
export function lockFolder(lockPath: string, holder: { pid: number; since: string }): FolderLock {
  const db = openLock(lockPath);
  try {
    db.pragma("journal_mode = DELETE");
    // the note is committed before the lock is taken; a refused process overwrites nothing
    const note = JSON.stringify({ ...holder, host: hostname() });
    db.exec("CREATE TABLE IF NOT EXISTS holder (note TEXT NOT NULL) STRICT");
    db.transaction(() => {
      db.exec("DELETE FROM holder");
      db.prepare("INSERT INTO holder VALUES (?)").run(note);
    }).exclusive();
    // from here on readers may look, no one else may write
    db.exec("BEGIN IMMEDIATE");
  } catch (cause) {
    db.close();
    throw isHeld(cause) ? ownedByAnother(lockPath, cause) : cannotLock(lockPath, cause);
  }
  return {
    release: () => {
      db.exec("ROLLBACK");
      db.close();
    },
  };
}

function openLock(path: string): Database.Database {
  try {
    return connect(path, { timeout: 0 });
  } catch (cause) {
    throw cannotLock(path, cause);
  }
}

function isHeld(cause: unknown): boolean {
  return cause instanceof Database.SqliteError && cause.code.startsWith("SQLITE_BUSY");
}

function ownedByAnother(path: string, cause: unknown): StoreError {
  const message = `another Evenkeel${readHolder(path)} owns this data folder (${path}); stop it first`;
  return new StoreError("store-locked", message, { cause });
}

function cannotLock(path: string, cause: unknown): StoreError {
  const message = `${path}: the data folder cannot be taken (${messageOf(cause)}); see whether it exists and this user may write into it and its files, or set dataDir to another one`;
  return new StoreError("store-folder", message, { cause });
}

function readHolder(lockPath: string): string {
  try {
    const db = connect(lockPath, { readonly: true, timeout: 0 });
    const note = String(db.prepare("SELECT note FROM holder").pluck().get() ?? "{}");
    db.close();
    const parsed: unknown = JSON.parse(note);
    if (typeof parsed !== "object" || parsed === null) return "";
    const { pid, host, since } = Object.assign({ pid: "?", host: "?", since: "?" }, parsed);
    return ` (pid ${pid} on ${host}, since ${since})`;
  } catch {
    return "";
  }
}
