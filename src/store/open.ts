/**
 * The database: one SQLite file, one writer. Opens it with the settings that keep acknowledged work, refuses
 * a file it cannot trust (damaged, newer, vanished, owned by another daemon), and hands out one object per table.
 * Never decides anything; never holds a transaction across an `await`.
 */
import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { messageOf, StoreError } from "../domain/errors.js";
import { answerTable } from "./answer.js";
import { changeMarkerTable } from "./change-marker.js";
import { channelStateTable } from "./channel-state.js";
import { connect } from "./connect.js";
import { decisionTable } from "./decision.js";
import { declaredSettingTable } from "./declared-setting.js";
import { earlierBaselineTable } from "./earlier-baseline.js";
import { findingTable } from "./finding.js";
import { followedFieldTable } from "./followed-field.js";
import { goldenTable } from "./golden.js";
import { checkBeforeOpening, ensureMarker } from "./identity.js";
import { incidentTable } from "./incident.js";
import { incidentClockTable } from "./incident-clock.js";
import { metaTable } from "./meta.js";
import { metricTable } from "./metric.js";
import { migrate } from "./migrate.js";
import { outboxTable } from "./outbox.js";
import { outputTable } from "./output.js";
import { registryTable } from "./registry.js";
import { runTable } from "./run.js";
import { scheduleTable } from "./schedule.js";
import { seenValueTable } from "./seen-value.js";
import { sourceStateTable } from "./source-state.js";

/** First SQLite without the WAL-reset corruption (sqlite.org/wal.html, fixed in 3.51.3). */
const oldestSqlite = [3, 51, 3] as const;
const busyTimeoutMs = 250;

/** How a database is opened. */
export interface OpenOptions {
  /** Path of the database file, or `:memory:`. */
  readonly path: string;
  /** For commands that only look: no lock, no migration, no write. */
  readonly readOnly?: boolean;
  /** Names a new database; 32 hex digits. Not used when reading only. */
  readonly newInstanceId: string;
}

/** Everything stored, one object per table, and the transaction that joins them. */
export type Store = ReturnType<typeof openStore>;

/** Opens the database. Throws StoreError with the cause and the next step. */
export function openStore(options: OpenOptions) {
  const inMemory = options.path === ":memory:";
  const readOnly = options.readOnly ?? false;
  if (!inMemory) checkBeforeOpening(options.path, readOnly);
  const db = openFile(options.path, readOnly);
  try {
    assertVersion(db);
    if (!readOnly) {
      prepareForWriting(db, inMemory);
      migrate(db, options.path);
    } else {
      migrate(db, options.path, { check: true });
    }
    const meta = metaTable(db);
    if (!readOnly) {
      meta.setOnce("instance_id", options.newInstanceId);
      if (!inMemory) ensureMarker(options.path, meta.get("instance_id") ?? options.newInstanceId);
      assertDurable(db, inMemory);
    }
    return {
      ...tables(db),
      meta,
      transaction: transactionOf(db, inMemory ? null : options.path),
      close: () => void db.close(),
    };
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

function tables(db: Database.Database) {
  return {
    registry: registryTable(db),
    schedules: scheduleTable(db),
    sources: sourceStateTable(db),
    runs: runTable(db),
    outputs: outputTable(db),
    metrics: metricTable(db),
    incidents: incidentTable(db),
    incidentClocks: incidentClockTable(db),
    findings: findingTable(db),
    outbox: outboxTable(db),
    channels: channelStateTable(db),
    decisions: decisionTable(db),
    earlierBaselines: earlierBaselineTable(db),
    followedFields: followedFieldTable(db),
    golden: goldenTable(db),
    answers: answerTable(db),
    changes: changeMarkerTable(db),
    seen: seenValueTable(db),
    declared: declaredSettingTable(db),
  };
}

function openFile(path: string, readOnly: boolean): Database.Database {
  try {
    return connect(path, { readonly: readOnly, fileMustExist: readOnly, timeout: busyTimeoutMs });
  } catch (cause) {
    throw new StoreError("store-open", `${path}: cannot be opened (${String(cause)})`, { cause });
  }
}

function assertVersion(db: Database.Database): void {
  const version = String(db.prepare("SELECT sqlite_version()").pluck().get());
  const parts = version.split(".").map(Number);
  for (const [index, least] of oldestSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw new StoreError(
        "store-sqlite-version",
        `SQLite ${version} can corrupt a write-ahead log; ${oldestSqlite.join(".")} or later is needed: reinstall better-sqlite3 12`,
      );
    }
  }
}

function prepareForWriting(db: Database.Database, inMemory: boolean): void {
  try {
    const fresh = Number(db.pragma("user_version", { simple: true })) === 0;
    if (fresh) db.pragma("auto_vacuum = INCREMENTAL");
    if (!inMemory) db.pragma("journal_mode = WAL");
    // after WAL: some builds drop to NORMAL when the journal mode changes
    db.pragma("synchronous = FULL");
    db.pragma("wal_autocheckpoint = 1000");
    // 2 MB; this build's default of 16 MB would be most of an idle daemon's memory
    db.pragma("cache_size = -2000");
    db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
    db.pragma("foreign_keys = ON");
    db.pragma("trusted_schema = OFF");
    db.pragma("cell_size_check = ON");
    db.pragma("mmap_size = 0");
    db.pragma("secure_delete = ON");
  } catch (cause) {
    throw new StoreError(
      "store-damaged",
      `${db.name}: cannot be used as a database (${String(cause)}); put the newest backup in its place, or move it away to begin anew`,
      { cause },
    );
  }
}

/** `synchronous` can fall back silently; it is read again after the first write. */
function assertDurable(db: Database.Database, inMemory: boolean): void {
  if (inMemory) return;
  const synchronous = Number(db.pragma("synchronous", { simple: true }));
  if (synchronous !== 2) {
    throw new StoreError(
      "store-not-durable",
      `${db.name}: synchronous is ${synchronous}, FULL (2) is needed`,
    );
  }
}

/** Runs work in one transaction, and refuses where what it stores would be lost. */
function transactionOf(db: Database.Database, path: string | null) {
  const opened = path === null ? null : fileId(path);
  return <T>(work: () => T): T => {
    if (path !== null && fileId(path) !== opened) throw goneWhileOpen(path);
    try {
      return db.transaction(work).immediate();
    } catch (cause) {
      throw refusal(db.name, cause);
    }
  };
}

/** Which file lies at the path: a removed one could still be written to, and nobody would ever read it. */
function fileId(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

function goneWhileOpen(path: string): StoreError {
  return new StoreError(
    "store-gone",
    `${path}: was removed or replaced while Evenkeel was running; stop it, put the file or the newest backup in place, start again. Nothing is taken in until then`,
  );
}

/** What SQLite refuses for a reason outside of us, in words; everything else as it came. */
function refusal(path: string, cause: unknown): unknown {
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
      {
        retryable: true,
        cause,
      },
    );
  return cause;
}
