import { z } from "zod";

/** The dialects of SQL that can be read, and how a reason names them. */
export const sqlDialects = {
  postgresql: "PostgreSQL",
  mysql: "MySQL",
  mariadb: "MariaDB",
  sqlite: "SQLite",
  transactsql: "Transact-SQL",
  bigquery: "BigQuery",
  snowflake: "Snowflake",
  redshift: "Redshift",
  trino: "Trino",
  athena: "Athena",
  hive: "Hive",
  db2: "Db2",
  flinksql: "Flink SQL",
  noql: "NoQL",
};

/** A dialect of SQL that can be read. */
export type SqlDialect = keyof typeof sqlDialects;

/** The same as a setting. */
export const sqlDialectNames = z.enum([
  ...(["postgresql", "mysql", "mariadb", "sqlite", "transactsql", "bigquery", "snowflake"] as const),
  ...(["redshift", "trino", "athena", "hive", "db2", "flinksql", "noql"] as const),
]) satisfies z.ZodType<SqlDialect>;

/** Dialects in which a WITH may name itself although it is not said to be recursive. */
export const selfNaming: ReadonlySet<SqlDialect> = new Set(["transactsql", "db2"]);

/** Dialects in which UPDATE and DELETE name their table by the alias that FROM gives it. */
export const namesByAlias: ReadonlySet<SqlDialect> = new Set(["mysql", "mariadb", "transactsql"]);

const runComment = { pattern: /\/\*M?!/, what: "a comment that the database runs" };
/** Where a backslash does not escape, the string ends there, and the parser reads on in it. */
const backslash = { pattern: /\\'/, what: "a backslash before a quotation mark" };

/** What the database reads otherwise than the parser does, so that a text may do more than it seems to. */
export const misread: Readonly<
  Partial<Record<SqlDialect, { readonly pattern: RegExp; readonly what: string }>>
> = {
  mysql: runComment,
  mariadb: runComment,
  postgresql: backslash,
  redshift: backslash,
  sqlite: backslash,
  transactsql: backslash,
  trino: backslash,
  athena: backslash,
  db2: backslash,
};
