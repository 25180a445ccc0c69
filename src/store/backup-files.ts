/**
 * The backups of a folder: their names, which to keep. In: a folder, an instant. Out: what lies there, what may go.
 * Only files that Evenkeel named itself are ever proposed to be dropped.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { dayMs } from "../domain/time.js";
import { dateOf, startOfDay, wallTime, weekdayOf } from "../measure/local-time.js";

/** One backup. */
export interface BackupFile {
  readonly path: string;
  /** When it was made. */
  readonly at: number;
  readonly bytes: number;
  /** Made before the schema was brought up from this number; null: a regular one. */
  readonly before: number | null;
}

/** How many regular backups stay. */
export interface BackupKeep {
  readonly daily: number;
  readonly weekly: number;
  readonly timeZone: string;
}

/** Copies from before a new schema that stay. */
const migrationsKept = 2;

/** Where backups lie unless the configuration names another folder. */
export function backupFolderOf(databasePath: string): string {
  return join(dirname(databasePath), "backups");
}

/** "evenkeel-20260302T033000Z.db". */
export function backupName(at: number): string {
  return `evenkeel-${stampOf(at)}.db`;
}

/** "replaced-20260302T033000Z": the folder of a database that a restore moved aside. */
export function replacedName(at: number): string {
  return `replaced-${stampOf(at)}`;
}

function stampOf(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** The instant of a stamp; null: it is none. */
function instantOfStamp(stamp: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp);
  if (parts === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** "pre-6.db": the copy from before schema 6 was brought up to date. */
export function migrationBackupName(schema: number): string {
  return `pre-${schema}.db`;
}

/** Every backup of a folder, newest first; none where the folder is not there. */
export function backupsIn(folder: string): readonly BackupFile[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name): readonly BackupFile[] => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) return [];
    const at = instantOfStamp(/^evenkeel-(\w+)\.db$/.exec(name)?.[1] ?? "");
    if (at !== null) return [{ path, at, bytes: stat.size, before: null }];
    const migration = /^pre-(\d+)\.db$/.exec(name);
    return migration === null
      ? []
      : [{ path, at: Math.round(stat.mtimeMs), bytes: stat.size, before: Number(migration[1]) }];
  });
  return found.sort((left, right) => right.at - left.at);
}

/** Where a database lies, and where its backups do. */
export interface StorePlace {
  readonly path: string;
  /** The folder that the configuration names; null: none, or it is not known here. */
  readonly backupFolder: string | null;
}

/** Every folder with backups of a database: copies from before a new schema always lie beside it. */
export function backupFoldersOf({ path, backupFolder }: StorePlace): readonly string[] {
  const beside = backupFolderOf(path);
  return backupFolder === null || backupFolder === beside ? [beside] : [backupFolder, beside];
}

/** The backups of a database in all of its folders, newest first. */
export function backupsOf(place: StorePlace): readonly BackupFile[] {
  return backupFoldersOf(place)
    .flatMap(backupsIn)
    .sort((left, right) => right.at - left.at);
}

/** The databases that restores moved aside, beside the one in place, newest first. */
export function replacedBeside(
  databasePath: string,
): readonly { readonly path: string; readonly at: number }[] {
  const folder = dirname(databasePath);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => {
    const at = instantOfStamp(/^replaced-(\w+)$/.exec(name)?.[1] ?? "");
    return at === null ? [] : [{ path: join(folder, name), at }];
  });
  return found.sort((left, right) => right.at - left.at);
}

/** Backups that neither the last days nor the last weeks need; the newest always stays. */
export function backupsToDrop(backups: readonly BackupFile[], keep: BackupKeep): readonly BackupFile[] {
  const regular = backups.filter((each) => each.before === null).sort((left, right) => right.at - left.at);
  const dayOf = ({ at }: BackupFile) => dateOf(wallTime(at, keep.timeZone));
  const weekOf = ({ at }: BackupFile) => {
    const wall = wallTime(at, keep.timeZone);
    return dateOf(startOfDay(wall) - weekdayOf(wall) * dayMs);
  };
  const kept = new Set([
    ...newestOfEach(regular, dayOf, keep.daily),
    ...newestOfEach(regular, weekOf, keep.weekly),
    ...regular.slice(0, 1),
    ...backups.filter((each) => each.before !== null).slice(0, migrationsKept),
  ]);
  return backups.filter((each) => !kept.has(each));
}

/** The newest of each of the last so many days or weeks that have one. */
function newestOfEach(
  newestFirst: readonly BackupFile[],
  periodOf: (backup: BackupFile) => string,
  periods: number,
): readonly BackupFile[] {
  const newest = new Map<string, BackupFile>();
  for (const backup of newestFirst) {
    const period = periodOf(backup);
    if (!newest.has(period)) newest.set(period, backup);
  }
  return [...newest.values()].slice(0, periods);
}
