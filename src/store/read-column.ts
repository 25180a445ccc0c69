import type { Database } from "better-sqlite3";
import { KnownError, messageOf, StoreError } from "../domain/errors.js";
import { nearest } from "../text/nearest.js";
import { connect } from "./connect.js";

/** Someone else's database may be busy; a check does not wait for long. */
const busyTimeoutMs = 500;
/** More rows than this are no list to look a value up in. */
const mostRows = 1_000_000;

/** A column of a table in a SQLite file. */
export interface ColumnPlace {
  readonly table: string;
  readonly column: string;
}

/** The values of a column in someone else's SQLite file, as text, without nulls; read only. Throws StoreError. */
export function readColumn(path: string, { table, column }: ColumnPlace): readonly string[] {
  let db: Database | null = null;
  try {
    db = connect(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    const tables = namesOf(db, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')");
    if (!tables.includes(table)) throw unknownName("table", table, tables);
    const columns = namesOf(db, "SELECT name FROM pragma_table_info(?)", table);
    if (!columns.includes(column)) throw unknownName("column", column, columns);
    const [name, from] = [quotedName(column), quotedName(table)];
    return namesOf(
      db,
      `SELECT CAST(${name} AS TEXT) FROM ${from} WHERE ${name} IS NOT NULL LIMIT ${mostRows}`,
    );
  } catch (thrown) {
    if (thrown instanceof KnownError) throw thrown;
    throw new StoreError("list-unreadable", `cannot be read as a SQLite database (${messageOf(thrown)})`, {
      retryable: true,
      cause: thrown,
    });
  } finally {
    db?.close();
  }
}

function namesOf(db: Database, sql: string, ...parameters: readonly string[]): readonly string[] {
  const values: readonly unknown[] = db
    .prepare(sql)
    .pluck()
    .all(...parameters);
  return values.map(String);
}

function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function unknownName(what: string, name: string, known: readonly string[]): StoreError {
  const meant = nearest(name, known);
  const hint = meant === null ? "" : `did you mean "${meant}"? `;
  const some = known.slice(0, 20).join(", ");
  return new StoreError("list-unreadable", `has no ${what} "${name}"; ${hint}there are ${some || "none"}`);
}
