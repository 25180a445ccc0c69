import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type Database from "better-sqlite3";
import { messageOf, StoreError } from "../domain/errors.js";
import { backupFolderOf, migrationBackupName } from "./backup-files.js";
import { connect } from "./connect.js";
import { damageIn } from "./quick-check.js";

/**
 * Copies the database before its schema is brought up to date (RELIABILITY 3.6): nothing runs yet, so the copy may hold
 * everything up. Without a sound copy the schema stays as it is.
 */
export function backUpBefore(db: Database.Database, path: string, schema: number): void {
  const to = join(backupFolderOf(path), migrationBackupName(schema));
  const part = `${to}.part`;
  try {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
    rmSync(part, { force: true });
    db.prepare("VACUUM INTO ?").run(part);
    chmodSync(part, 0o600);
    // VACUUM INTO leaves its file to the operating system (sqlite.org/lang_vacuum.html)
    syncFile(part);
    assertSound(part);
    renameSync(part, to);
    syncFile(dirname(to));
  } catch (cause) {
    rmSync(part, { force: true });
    throw new StoreError(
      "store-backup",
      `${path}: has schema ${schema} and is to be brought up to date, but the copy to make first failed (${messageOf(cause)}); nothing was changed. Make room beside it, or mend the database, and start again`,
      { cause },
    );
  }
}

/** What was written to a file or folder is on the disk when this returns. */
export function syncFile(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}

function assertSound(path: string): void {
  const copy = connect(path, { readonly: true });
  try {
    const damage = damageIn(copy);
    if (damage !== null) throw new StoreError("store-damaged", `the copy is damaged: ${damage}`);
  } finally {
    copy.close();
  }
}
