import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList } from "../text/json-value.js";
import { quoted } from "../text/shown.js";
import type { Mapped } from "./imported.js";
import type { Assert, Mapping } from "./promptfoo-assert.js";

/** promptfoo's default, as its documentation gives it. */
const defaultDialect = "mysql";

/** Asserts that read SQL. */
export const sqlAsserts: Readonly<Record<string, Mapping>> = {
  "is-sql": (assert) => sql(assert, { strict: true }),
  "contains-sql": (assert) => sql(assert, { anywhere: true }),
};

function sql({ value, not }: Assert, how: JsonObject): Mapped | string {
  const { databaseType, allowedTables, allowedColumns } = isJsonObject(value)
    ? value
    : { databaseType: null, allowedTables: null, allowedColumns: null };
  const written = textsOf(allowedTables);
  const entries = written.map(authorityOf);
  const unread = entries.indexOf(null);
  if (unread >= 0) {
    return `its allowedTables has ${quoted(written[unread] ?? "")}, and patterns of tables are not carried over; write the tables themselves`;
  }
  const { settings, remarks } = limitsOf(entries.filter((entry) => entry !== null));
  const columns = textsOf(allowedColumns).length === 0 ? [] : [noColumns];
  return {
    settings: {
      type: "is-sql",
      dialect: typeof databaseType === "string" ? dialectOf(databaseType) : defaultDialect,
      ...how,
      ...settings,
      ...(not ? { not } : {}),
    },
    remarks: [...remarks, ...columns],
  };
}

const noColumns = "allowedColumns stays behind: tables and statements are checked here, columns are not.";

/** `PostgresQL` and `Snowflake(alpha)` are how promptfoo writes it. */
function dialectOf(databaseType: string): string {
  return databaseType
    .toLowerCase()
    .replace(/\(.{0,50}\)/, "")
    .replace(/[^a-z0-9]/g, "");
}

/** What one entry allows; an empty list or null: anything. */
interface Authority {
  readonly statements: readonly string[];
  readonly anySchema: boolean;
  readonly table: string | null;
}

const anything = /^\(?\.\*\)?$/;

/** `(select|update)::null::orders`; null: a pattern that says more than that. */
function authorityOf(written: string): Authority | null {
  const [statements = "", schema = "", table = "", more] = written.split("::");
  const kinds = anything.test(statements)
    ? []
    : statements
        .toLowerCase()
        .replace(/^\((.*)\)$/, "$1")
        .split("|");
  const names = [...kinds, ...[schema, table].filter((name) => !anything.test(name))];
  if (more !== undefined || names.some((name) => !/^[\p{L}\p{N}_-]+$/u.test(name))) return null;
  const anySchema = anything.test(schema);
  const qualified = schema === "null" || anySchema ? table : `${schema}.${table}`;
  if (!anything.test(table)) return { statements: kinds, anySchema, table: qualified };
  return schema === "null" || anySchema ? { statements: kinds, anySchema, table: null } : null;
}

function limitsOf(entries: readonly Authority[]): { settings: JsonObject; remarks: readonly string[] } {
  const anyTable = entries.length === 0 || entries.some(({ table }) => table === null);
  const anyStatement = entries.length === 0 || entries.some(({ statements }) => statements.length === 0);
  const tables = [...new Set(entries.flatMap(({ table }) => table ?? []))];
  const statements = [...new Set(entries.flatMap((entry) => entry.statements))];
  const apart = new Set(entries.map((entry) => [...entry.statements].sort().join()));
  return {
    settings: { ...(anyStatement ? {} : { statements }), ...(anyTable ? {} : { tables }) },
    remarks: [
      ...(apart.size > 1
        ? ["Was: statements for each table. Here each that is allowed may use every table that is."]
        : []),
      ...(!anyTable && entries.some(({ anySchema }) => anySchema)
        ? ["Was: in any schema. Here a table is compared as it is written; add those with their schema."]
        : []),
    ],
  };
}

function textsOf(value: Json | undefined): readonly string[] {
  const list = isJsonList(value) ? value : [value];
  return list.filter((one) => typeof one === "string");
}
