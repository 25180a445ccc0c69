import { readdirSync, readFileSync } from "node:fs";
import type Database from "better-sqlite3";
import { StoreError } from "../domain/errors.js";

/** `EVKL`: marks the file as ours (sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x45564b4c;
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
export function migrate(db: Database.Database, path: string, options: { check?: boolean } = {}): void {
  const migrations = listMigrations();
  const newest = migrations.at(-1)?.number ?? 0;
  const present = version(db, path);
  if (present > newest) {
    throw new StoreError(
      "store-newer",
      `${path}: has schema ${present}, this Evenkeel knows up to ${newest}; install the newer version again, or restore a backup made before it`,
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
  for (const migration of migrations.filter((each) => each.number > present)) apply(db, migration);
}

function version(db: Database.Database, path: string): number {
  try {
    const present = Number(db.pragma("user_version", { simple: true }));
    const id = Number(db.pragma("application_id", { simple: true }));
    if (present > 0 && id !== applicationId) {
      throw new StoreError(
        "store-foreign",
        `${path}: is a database of another program; choose another dataDir`,
      );
    }
    return present;
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(
      "store-damaged",
      `${path}: cannot be read (${String(cause)}); put the newest backup in its place`,
      {
        cause,
      },
    );
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
