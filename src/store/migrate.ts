import { existsSync, readdirSync, readFileSync } from "node:fs";
import type Database from "better-sqlite3";
import { messageOf, StoreError } from "../domain/errors.js";
import { applicationId } from "./application-id.js";
import { backupFoldersOf, backupsOf, type StorePlace } from "./backup-files.js";
import { damaged } from "./damage.js";
import { backUpBefore } from "./migration-backup.js";

const folder = new URL("./migrations/", import.meta.url);

interface Migration {
  readonly number: number;
  readonly name: string;
}

/** The numbered SQL files, in order. */
function listMigrations(): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number(name.slice(0, 4)), name }));
}

/** Brings the schema up to date, each step in one transaction; refuses a foreign or newer file. */
export function migrate(db: Database.Database, place: StorePlace, options: { check?: boolean } = {}): void {
  const { path } = place;
  const migrations = listMigrations();
  const newest = migrations.at(-1)?.number ?? 0;
  const present = version(db, place);
  if (present > newest) {
    throw new StoreError(
      "store-newer",
      `${path}: has schema ${present}, this Evenkeel knows up to ${newest}; install the newer version again, or go back to before it: ${wayBack(place, newest)}`,
    );
  }
  if (options.check) {
    if (present < newest) {
      throw new StoreError(
        "store-older",
        `${path}: has schema ${present}, ${newest} is needed; "evenkeel start" brings it up to date`,
      );
    }
    return;
  }
  const due = migrations.filter((each) => each.number > present);
  if (present > 0 && due.length > 0 && existsSync(path)) backUpBefore(db, path, present);
  for (const migration of due) apply(db, migration);
}

/** The newest schema this Evenkeel knows. */
export function newestSchema(): number {
  return listMigrations().at(-1)?.number ?? 0;
}

/** The command that restores the newest backup this Evenkeel can read. */
function wayBack(place: StorePlace, newest: number): string {
  const before = backupsOf(place).find((each) => each.before !== null && each.before <= newest);
  return before === undefined
    ? `no copy from before the newer schema lies in ${backupFoldersOf(place).join(" or ")}; restore another backup made before it`
    : `evenkeel restore ${before.path}`;
}

function version(db: Database.Database, place: StorePlace): number {
  try {
    const present = Number(db.pragma("user_version", { simple: true }));
    const id = Number(db.pragma("application_id", { simple: true }));
    if (present > 0 && id !== applicationId) {
      throw new StoreError(
        "store-foreign",
        `${place.path}: is a database of another program; choose another dataDir`,
      );
    }
    return present;
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw damaged(place, messageOf(cause), cause);
  }
}

function apply(db: Database.Database, migration: Migration): void {
  const sql = readFileSync(new URL(migration.name, folder), "utf8");
  db.transaction(() => {
    db.exec(sql);
    db.pragma(`application_id = ${applicationId}`);
    db.pragma(`user_version = ${migration.number}`);
    const broken = db.pragma("foreign_key_check");
    if (Array.isArray(broken) && broken.length > 0) {
      throw new StoreError(
        "store-migration",
        `${migration.name}: leaves ${broken.length} rows without their parent`,
      );
    }
  }).exclusive();
}
