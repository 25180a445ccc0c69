/**
 * What a database file is worth, before anyone relies on it. In: a path. Out: its schema, instance and counts, or the
 * reason it is no good. Opens it for reading only and changes nothing.
 */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import type Database from "better-sqlite3";
import { messageOf } from "../domain/errors.js";
import { applicationId } from "./application-id.js";
import { connect } from "./connect.js";
import { damageIn } from "./quick-check.js";

/** A database that was read to its end and is sound. */
export interface SoundFile {
  readonly ok: true;
  readonly schema: number;
  readonly instance: string | null;
  /** The daemon's last sign of life in it; null: it never ran. */
  readonly lastAliveAt: number | null;
  /** Rows of each table, by its name. */
  readonly rows: ReadonlyMap<string, number>;
}

/** Examines a file. */
export function examineFile(path: string): SoundFile | { readonly ok: false; readonly reason: string } {
  if (!existsSync(path)) return { ok: false, reason: "there is no such file" };
  if (!startsAsDatabase(path)) return { ok: false, reason: "it is not a SQLite database" };
  let db: Database.Database | null = null;
  try {
    db = connect(path, { readonly: true, fileMustExist: true, timeout: 2_000 });
    const damage = damageIn(db);
    if (damage !== null) return { ok: false, reason: `it is damaged (${damage})` };
    const schema = Number(db.pragma("user_version", { simple: true }));
    if (Number(db.pragma("application_id", { simple: true })) !== applicationId)
      return { ok: false, reason: "it is a database of another program" };
    const meta = db.prepare<[string], { value: string }>("SELECT value FROM meta WHERE key = ?");
    const alive = meta.get("last_alive")?.value;
    return {
      ok: true,
      schema,
      instance: meta.get("instance_id")?.value ?? null,
      lastAliveAt: alive === undefined ? null : Number(alive),
      rows: rowsOf(db),
    };
  } catch (thrown) {
    return { ok: false, reason: `it cannot be read (${messageOf(thrown)})` };
  } finally {
    db?.close();
  }
}

function rowsOf(db: Database.Database): ReadonlyMap<string, number> {
  const names = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  return new Map(
    names.map(({ name }) => [name, Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())]),
  );
}

function startsAsDatabase(path: string): boolean {
  const header = "SQLite format 3\0";
  const file = openSync(path, "r");
  try {
    const beginning = Buffer.alloc(header.length);
    return beginning.toString("latin1", 0, readSync(file, beginning, 0, header.length, 0)) === header;
  } finally {
    closeSync(file);
  }
}
