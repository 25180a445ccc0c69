/**
 * The database: one SQLite file, one writer. Opens it with the settings that keep acknowledged work, refuses
 * a file it cannot trust (damaged, newer, vanished, owned by another daemon), and hands out one object per table.
 * Never decides anything; never holds a transaction across an `await`.
 */
import { statSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { messageOf, StoreError } from "../domain/errors.js";
import { answerTable } from "./answer.js";
import type { StorePlace } from "./backup-files.js";
import { changeMarkerTable } from "./change-marker.js";
import { channelStateTable } from "./channel-state.js";
import { closingTable } from "./closing.js";
import { togetherOf } from "./commit-together.js";
import { connect } from "./connect.js";
import { damaged, damageOf } from "./damage.js";
import { decisionTable } from "./decision.js";
import { declaredSettingTable } from "./declared-setting.js";
import { digestTable } from "./digest.js";
import { earlierBaselineTable } from "./earlier-baseline.js";
import { assertEngineVersion } from "./engine-version.js";
import { fileCare } from "./file-care.js";
import { findingTable } from "./finding.js";
import { followedFieldTable } from "./followed-field.js";
import { forgetTable } from "./forget.js";
import { freshSampleTable } from "./fresh-sample.js";
import { goldenTable } from "./golden.js";
import { goldenPromotedTable } from "./golden-promoted.js";
import { checkBeforeOpening, ensureMarker } from "./identity.js";
import { incidentTable } from "./incident.js";
import { incidentClockTable } from "./incident-clock.js";
import { incidentGroupTable } from "./incident-group.js";
import { judgementTable } from "./judgement.js";
import { loweredCheckTable } from "./lowered-check.js";
import { metaTable } from "./meta.js";
import { metricTable } from "./metric.js";
import { migrate } from "./migrate.js";
import { outboxTable } from "./outbox.js";
import { outputTable } from "./output.js";
import { registryTable } from "./registry.js";
import { reportTable } from "./report.js";
import { retentionTable } from "./retention.js";
import { reviewTable } from "./review.js";
import { reviewEvidenceTable } from "./review-evidence.js";
import { reworkTable } from "./rework.js";
import { rowElsewhereTable } from "./row-elsewhere.js";
import { runTable } from "./run.js";
import { scheduleTable } from "./schedule.js";
import { seenRequestTable } from "./seen-request.js";
import { seenValueTable } from "./seen-value.js";
import { silenceTable } from "./silence.js";
import { sourceStateTable } from "./source-state.js";
import { ballastOf } from "./space.js";
import { spotCandidateTable } from "./spot-candidate.js";
import { spotCheckTable } from "./spot-check.js";
import { type StoreState, storeState } from "./store-state.js";
import { busyTimeoutMs, type Transaction, transactionOf } from "./transaction.js";
import { unregisteredTable } from "./unregistered.js";

/**
 * A file up to this size is read to its end before anything is written to it, in a fifth of a second at most; a larger one
 * by another process, right after the port is open.
 */
const checkedAtStartBytes = 16 * 1024 ** 2;

/** How a database is opened. */
export interface OpenOptions {
  /** Path of the database file, or `:memory:`. */
  readonly path: string;
  /** Where its backups lie, so that a refusal can name one; default: beside it. */
  readonly backupFolder?: string;
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
  const place: StorePlace = { path: options.path, backupFolder: options.backupFolder ?? null };
  if (!inMemory) checkBeforeOpening(place, readOnly);
  const db = openFile(options.path, readOnly);
  try {
    assertEngineVersion(String(db.prepare("SELECT sqlite_version()").pluck().get()));
    const checked = !inMemory && !readOnly ? checkSmall(db, place) : true;
    if (!readOnly) {
      prepareForWriting(db, inMemory ? null : place);
      migrate(db, place);
    } else {
      migrate(db, place, { check: true });
    }
    const meta = metaTable(db);
    if (!readOnly) {
      meta.setOnce("instance_id", options.newInstanceId);
      if (!inMemory) ensureMarker(options.path, meta.get("instance_id") ?? options.newInstanceId);
      assertDurable(db, inMemory);
    }
    const state = storeState();
    const transaction = guarded(db, inMemory ? null : place, state);
    return {
      ...tables(db),
      meta,
      state,
      file: fileCare(db, inMemory ? null : options.path),
      /** False: the file is too large to be read to its end at the start; someone else has to. */
      checked,
      transaction,
      /** The same for what can wait a turn: many share one commit. */
      together: togetherOf(transaction),
      close: () => void db.close(),
    };
  } catch (thrown) {
    db.close();
    throw damageOf(thrown, place) ?? thrown;
  }
}

/** A transaction that gives up the ballast where the disk is full, and notes what keeps it from writing. */
function guarded(db: Database.Database, place: StorePlace | null, state: StoreState): Transaction {
  const ballast = place === null ? null : ballastOf(dirname(place.path));
  return transactionOf(db, place, {
    refused: () => state.refused(),
    onBusy: (busy) => state.setBusy(busy),
    onFull: () => {
      if (ballast?.release() === true) state.setRoom("low");
      else state.setRoom("full");
    },
    onDamage: (damage) => state.refuse(damage),
  });
}

/** Reads a small file to its end (RELIABILITY, fault 20); false: it is too large for that now. */
function checkSmall(db: Database.Database, place: StorePlace): boolean {
  const { path } = place;
  if (statSync(path).size > checkedAtStartBytes) return false;
  const found = fileCare(db, path).damage();
  if (found !== null) throw damaged(place, found);
  return true;
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
    closings: closingTable(db),
    incidentClocks: incidentClockTable(db),
    findings: findingTable(db),
    loweredChecks: loweredCheckTable(db),
    outbox: outboxTable(db),
    channels: channelStateTable(db),
    decisions: decisionTable(db),
    earlierBaselines: earlierBaselineTable(db),
    followedFields: followedFieldTable(db),
    golden: goldenTable(db),
    goldenPromoted: goldenPromotedTable(db),
    answers: answerTable(db),
    changes: changeMarkerTable(db),
    seen: seenValueTable(db),
    requests: seenRequestTable(db),
    declared: declaredSettingTable(db),
    silences: silenceTable(db),
    freshSamples: freshSampleTable(db),
    groups: incidentGroupTable(db),
    rework: reworkTable(db),
    reports: reportTable(db),
    retention: retentionTable(db),
    forgetting: forgetTable(db),
    spotChecks: spotCheckTable(db),
    spotCandidates: spotCandidateTable(db),
    judgements: judgementTable(db),
    digests: digestTable(db),
    rowsElsewhere: rowElsewhereTable(db),
    unregistered: unregisteredTable(db),
    reviews: reviewTable(db),
    reviewEvidence: reviewEvidenceTable(db),
  };
}

function openFile(path: string, readOnly: boolean): Database.Database {
  try {
    return connect(path, { readonly: readOnly, fileMustExist: readOnly, timeout: busyTimeoutMs });
  } catch (cause) {
    throw new StoreError("store-open", `${path}: cannot be opened (${String(cause)})`, { cause });
  }
}

function prepareForWriting(db: Database.Database, place: StorePlace | null): void {
  try {
    const fresh = Number(db.pragma("user_version", { simple: true })) === 0;
    if (fresh) db.pragma("auto_vacuum = INCREMENTAL");
    if (place !== null) db.pragma("journal_mode = WAL");
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
    throw damaged(place ?? { path: db.name, backupFolder: null }, messageOf(cause), cause);
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
