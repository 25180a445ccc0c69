/**
 * Going back to a backup. In: a sound file and a folder. Out: the folder with the backup in place; what was there before
 * lies beside it, moved and never deleted. Call it under the lock of the folder.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { StoreError } from "../domain/errors.js";
import { replacedName } from "./backup-files.js";
import { connect } from "./connect.js";
import { examineFile, type SoundFile } from "./examine-file.js";
import { newestSchema } from "./migrate.js";
import { syncFile } from "./migration-backup.js";

const parts = ["", "-wal", "-shm", "-journal"];

/** The backup as something that can be relied on; throws StoreError with what is wrong with it. */
export function requireSound(path: string): SoundFile {
  const found = examineFile(path);
  if (!found.ok) throw new StoreError("backup-unsound", `${path}: cannot be restored: ${found.reason}`);
  const newest = newestSchema();
  if (found.schema > newest)
    throw new StoreError(
      "store-newer",
      `${path}: has schema ${found.schema}, this Evenkeel knows up to ${newest}; install the newer version first`,
    );
  return found;
}

/** Puts a backup in the place of a database. Returns where the present one was moved; null: there was none. */
export function restoreInto(backup: string, databasePath: string, at: number): string | null {
  const { instance } = requireSound(backup);
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 });
  const fresh = `${databasePath}.restoring`;
  // a complete copy lies beside it before anything is moved
  for (const part of parts) rmSync(`${fresh}${part}`, { force: true });
  copyWhole(backup, fresh);
  syncFile(fresh);
  requireSound(fresh);
  const aside = moveAside(databasePath, at);
  renameSync(fresh, databasePath);
  // killed before this line, the marker of the former database keeps a start from beginning anew
  writeFileSync(`${databasePath}.instance`, `${instance ?? ""}\n`, { mode: 0o600 });
  syncFile(dirname(databasePath));
  return aside;
}

/** One file, complete in itself: a database in use has commits in the log beside it, and would leave one beside its copy. */
function copyWhole(from: string, to: string): void {
  const logBytes = statSync(`${from}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (logBytes === 0) copyFileSync(from, to);
  else {
    const source = connect(from, { readonly: true, fileMustExist: true });
    try {
      source.prepare("VACUUM INTO ?").run(to);
    } finally {
      source.close();
    }
  }
  chmodSync(to, 0o600);
  const copy = connect(to, { fileMustExist: true });
  try {
    copy.pragma("journal_mode = DELETE");
  } finally {
    copy.close();
  }
}

function moveAside(databasePath: string, at: number): string | null {
  const present = parts.map((part) => `${databasePath}${part}`).filter((each) => existsSync(each));
  if (present.length === 0) return null;
  const folder = join(dirname(databasePath), replacedName(at));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const each of present) renameSync(each, join(folder, each.slice(dirname(databasePath).length + 1)));
  return folder;
}
