import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { messageOf, StoreError } from "../domain/errors.js";
import type { StorePlace } from "./backup-files.js";
import { damageOf } from "./damage.js";

/** How long a first attempt waits for another process; the event loop stands still meanwhile. */
export const busyTimeoutMs = 250;

/** Runs work in one transaction: all of it is stored, or nothing. */
export type Transaction = <T>(work: () => T) => T;

/** Who is asked before anything is written, and told of what could not be. */
export interface TransactionPorts {
  /** Why nothing may be written any more; null: it may. */
  readonly refused: () => StoreError | null;
  readonly onFull: () => void;
  readonly onDamage: (damage: StoreError) => void;
  /** Told whether another process kept this one from writing. */
  readonly onBusy: (busy: boolean) => void;
}

/** Runs work in one transaction, and refuses where what it stores would be lost. */
export function transactionOf(
  db: Database.Database,
  place: StorePlace | null,
  ports: TransactionPorts,
): Transaction {
  const path = place?.path ?? null;
  const opened = path === null ? null : fileId(path);
  const patience = patienceOf(db);
  return <T>(work: () => T): T => {
    if (path !== null && fileId(path) !== opened) throw goneWhileOpen(path);
    const none = ports.refused();
    if (none !== null) throw none;
    try {
      const done = db.transaction(work).immediate();
      if (patience.restore()) ports.onBusy(false);
      return done;
    } catch (cause) {
      const refused = refusal(place ?? { path: db.name, backupFolder: null }, cause);
      const code = refused instanceof StoreError ? refused.code : "";
      if (code === "store-busy") {
        patience.lose();
        ports.onBusy(true);
      }
      if (code === "store-full") ports.onFull();
      if (refused instanceof StoreError && code === "store-damaged") ports.onDamage(refused);
      throw refused;
    }
  };
}

/**
 * While another process holds the database only the first attempt waits for it: attempts that follow each other would
 * keep the event loop from everything else for as long as it is held (RELIABILITY, fault 19).
 */
function patienceOf(db: Database.Database) {
  // this pragma takes effect while it is compiled: a prepared one would do nothing when it is run
  const wait = (ms: number): void => void db.exec(`PRAGMA busy_timeout = ${ms}`);
  let lost = false;
  return {
    lose: (): void => {
      if (!lost) wait(0);
      lost = true;
    },
    /** True: it had been lost. */
    restore: (): boolean => {
      if (!lost) return false;
      wait(busyTimeoutMs);
      lost = false;
      return true;
    },
  };
}

/** Which file lies at the path: a removed one could still be written to, and nobody would ever read it. */
export function fileId(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/** The refusal of a database whose file was taken away (RELIABILITY, fault 22). */
export function goneWhileOpen(path: string): StoreError {
  return new StoreError(
    "store-gone",
    `${path}: was removed or replaced while Evenkeel was running; stop it, put the file or the newest backup in place, start again. Nothing is taken in until then`,
  );
}

/** What SQLite refuses for a reason outside of us, in words; everything else as it came. */
function refusal(place: StorePlace, cause: unknown): unknown {
  const { path } = place;
  const code = cause instanceof Database.SqliteError ? cause.code : "";
  if (code.startsWith("SQLITE_BUSY"))
    return new StoreError("store-busy", `${path}: another program holds the database; end it, or wait`, {
      retryable: true,
      cause,
    });
  if (code === "SQLITE_FULL" || code.startsWith("SQLITE_IOERR"))
    return new StoreError(
      "store-full",
      `${path}: cannot be written (${messageOf(cause)}); see whether the disk is full`,
      { retryable: true, cause },
    );
  return damageOf(cause, place) ?? cause;
}
