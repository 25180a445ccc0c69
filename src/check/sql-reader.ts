import { createContext, Script } from "node:vm";
import { z } from "zod";
import { ConfigError } from "../domain/errors.js";
import type { SqlDialect } from "./sql-dialects.js";
import { type SqlStatement, statementsOf } from "./sql-statements.js";

/** What of the package node-sql-parser is used. */
export interface SqlBuild {
  readonly default: {
    readonly Parser: new () => {
      parse(sql: string, options: { trimQuery: boolean }): { ast: unknown; tableList: string[] };
    };
  };
}

/** Each dialect has a build of its own, so that the other ones need not be loaded. */
const builds: Readonly<Record<SqlDialect, () => Promise<SqlBuild>>> = {
  postgresql: () => import("node-sql-parser/build/postgresql.js"),
  mysql: () => import("node-sql-parser/build/mysql.js"),
  mariadb: () => import("node-sql-parser/build/mariadb.js"),
  sqlite: () => import("node-sql-parser/build/sqlite.js"),
  transactsql: () => import("node-sql-parser/build/transactsql.js"),
  bigquery: () => import("node-sql-parser/build/bigquery.js"),
  snowflake: () => import("node-sql-parser/build/snowflake.js"),
  redshift: () => import("node-sql-parser/build/redshift.js"),
  trino: () => import("node-sql-parser/build/trino.js"),
  athena: () => import("node-sql-parser/build/athena.js"),
  hive: () => import("node-sql-parser/build/hive.js"),
  db2: () => import("node-sql-parser/build/db2.js"),
  flinksql: () => import("node-sql-parser/build/flinksql.js"),
  noql: () => import("node-sql-parser/build/noql.js"),
};

/**
 * Longest reading of one output. The parser backtracks: in version 5.4.0 each further level doubles its time or more,
 * and which brackets do so differs by dialect. Measured on two cores: PostgreSQL takes 0.2 s for `SELECT ` and 8
 * brackets that never close and 2.2 s for conditions 16 brackets deep; MySQL 0.2 s and MariaDB 0.3 s for CAST in CAST
 * 8 deep; BigQuery 0.14 s for 4 of them and over 3 s for 8, 1.4 s for `[` 16 deep; Redshift 0.4 s for 8 open brackets.
 * Queries that people write nest as deep in other ways and take 3 ms, so that no limit of depth alone would do. On the
 * same two cores, four times overloaded, 20,000 characters of such queries take 0.1 to 0.35 s, and 10,000 columns 0.2 to
 * 0.6 s, or 1.1 s as the first text read.
 */
export const maxSqlMs = 1_000;

/** What one text read as SQL gave. `at` counts characters from 0; null: what can be read there is no statement. */
export type SqlReading =
  | { readonly found: "statements"; readonly statements: readonly SqlStatement[] }
  | { readonly found: "fault"; readonly place: FaultPlace | null }
  | { readonly found: "undecided"; readonly why: string };

/** Where the parser could not go on; `ended`: because the text was over. */
export interface FaultPlace {
  readonly line: number;
  readonly column: number;
  readonly at: number;
  readonly ended: boolean;
}

/** Reads texts as SQL, in their order. */
export type SqlReader = (texts: readonly string[]) => readonly SqlReading[];

const syntaxError = z.object({
  name: z.literal("SyntaxError"),
  found: z.string().nullable(),
  location: z.object({ start: z.object({ line: z.number(), column: z.number(), offset: z.number() }) }),
});

const timedOut = z.object({ code: z.literal("ERR_SCRIPT_EXECUTION_TIMEOUT") });

/** Loads the parser of a dialect. Throws ConfigError where the package is not installed. */
export async function loadSqlReader(
  dialect: SqlDialect,
  load: () => Promise<SqlBuild> = builds[dialect],
): Promise<SqlReader> {
  const parser = new (await loaded(load)).default.Parser();
  const read = (text: string): SqlReading => {
    try {
      const { ast, tableList } = parser.parse(text, { trimQuery: false });
      const statements = statementsOf(ast, tableList, dialect);
      return statements === null ? { found: "fault", place: null } : { found: "statements", statements };
    } catch (thrown) {
      const fault = syntaxError.safeParse(thrown);
      // the parser trips over itself now and then, which says nothing about the text
      if (!fault.success) return { found: "undecided", why: "the SQL parser failed on it" };
      const { line, column, offset } = fault.data.location.start;
      return {
        found: "fault",
        place: { line, column, at: offset, ended: fault.data.found === null },
      };
    }
  };
  const inTime = stopwatch(maxSqlMs);
  return (texts) => {
    let readings: readonly SqlReading[] = [];
    const done = inTime(() => {
      readings = texts.map(read);
    });
    const late = { found: "undecided", why: `SQL that takes longer than ${maxSqlMs} ms to read` } as const;
    return done ? readings : texts.map(() => late);
  };
}

async function loaded(load: () => Promise<SqlBuild>): Promise<SqlBuild> {
  try {
    return await load();
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ERR_MODULE_NOT_FOUND"))
      throw thrown;
    throw new ConfigError(
      "sql-parser",
      "is-sql reads SQL with the package node-sql-parser, which is not installed; where Evenkeel is installed, run: npm install node-sql-parser@5",
      { cause: thrown },
    );
  }
}

/**
 * Work that is broken off after a time; false: it was. node:vm is here for that alone: nothing else stops code that
 * holds the thread.
 */
function stopwatch(timeout: number): (work: () => void) => boolean {
  const context = createContext({ work: () => {} });
  const call = new Script("work()");
  return (work) => {
    context.work = work;
    try {
      call.runInContext(context, { timeout });
      return true;
    } catch (thrown) {
      // an error of the other context, so that it is no instance of Error here
      if (!timedOut.safeParse(thrown).success) throw thrown;
      return false;
    } finally {
      context.work = () => {};
    }
  };
}
