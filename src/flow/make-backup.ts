/**
 * Backups: a sound copy of the database, made while the watch goes on, and what of the older ones stays.
 * In: paths, a program runner, an instant. Out: the copy, or why there is none; what was good before is kept then.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf } from "../domain/errors.js";
import type { Clock, CommandRunner } from "../domain/ports.js";
import { type BackupKeep, backupName, backupsIn, backupsToDrop } from "../store/backup-files.js";
import { copyDatabase } from "../store/copy-database.js";
import type { Store } from "../store/open.js";

/** What a backup needs. */
export interface BackupPorts {
  readonly clock: Clock;
  readonly command: CommandRunner;
  readonly signal?: AbortSignal;
}

/** A backup that is on the disk and sound, or why there is none. */
export type BackupResult =
  | { readonly ok: true; readonly path: string; readonly bytes: number; readonly tookMs: number }
  | { readonly ok: false; readonly path: string; readonly reason: string };

/** Copies the database to a file that is not there yet, or into a folder under a name of its own. */
export async function makeBackup(
  ports: BackupPorts,
  paths: { readonly database: string; readonly folder: string; readonly file?: string },
): Promise<BackupResult> {
  const path = paths.file ?? join(paths.folder, backupName(ports.clock.now()));
  if (paths.file !== undefined && existsSync(path)) {
    const other = join(dirname(path), backupName(ports.clock.now()));
    const reason = `a file of this name is there already; name another one: evenkeel backup ${other}`;
    return { ok: false, path, reason };
  }
  const begunAt = ports.clock.monotonic();
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (thrown) {
    return { ok: false, path, reason: `its folder cannot be made (${messageOf(thrown)})` };
  }
  const done = await copyDatabase(ports.command, { from: paths.database, to: path }, ports.signal);
  return done.ok
    ? { ok: true, path, bytes: done.bytes, tookMs: Math.round(ports.clock.monotonic() - begunAt) }
    : { ok: false, path, reason: done.reason };
}

/** Removes the backups of a folder that are no longer needed; returns how many. */
export function dropOldBackups(folder: string, keep: BackupKeep): number {
  const old = backupsToDrop(backupsIn(folder), keep);
  for (const { path } of old) rmSync(path, { force: true });
  return old.length;
}

const troubleKeys = { text: "backup_trouble", at: "backup_trouble_at" } as const;

/** Notes why the nightly backup failed. */
export function noteBackupTrouble({ meta }: Pick<Store, "meta">, text: string, at: number): void {
  meta.set(troubleKeys.text, text);
  meta.set(troubleKeys.at, String(at));
}

/** The nightly backup was made. */
export function endBackupTrouble({ meta }: Pick<Store, "meta">): void {
  meta.remove(troubleKeys.text);
  meta.remove(troubleKeys.at);
}

/** Why there has been no backup since the newest one; null: the nightly one did not fail, or one was made by hand later. */
export function backupTrouble({ meta }: Pick<Store, "meta">, newestAt: number | null): string | null {
  const failedAt = Number(meta.get(troubleKeys.at) ?? 0);
  return newestAt !== null && newestAt > failedAt ? null : meta.get(troubleKeys.text);
}
