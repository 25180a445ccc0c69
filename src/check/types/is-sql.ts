import { z } from "zod";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { unfence } from "../../text/code-fence.js";
import { quotedList, shown } from "../../text/shown.js";
import { defineCheckType, inCodeFence, type Judged, noted } from "../check-type.js";
import { wording } from "../setting-kinds.js";
import { misread, type SqlDialect, sqlDialectNames, sqlDialects } from "../sql-dialects.js";
import { sqlPassages } from "../sql-passages.js";
import { loadSqlReader, type SqlReader, type SqlReading } from "../sql-reader.js";
import { type SqlStatement, statementKinds } from "../sql-statements.js";

/** Longest text: some 125 queries, well within maxSqlMs. */
const maxText = 20_000;
/** Deepest nesting of brackets; 1,000 fill the parser's stack. How long it takes: see maxSqlMs. */
const maxDepth = 100;
/** How many stretches of a text may be SQL. */
const maxPassages = 50;

/**
 * The text is SQL of a dialect, and does no more than is allowed. The check watches what a model writes; what keeps it
 * out are the database's own rights: functions, views and procedures reach tables that their names do not tell.
 * Columns are not checked: the parser takes some strings for columns, and cannot tell whose an unqualified one is.
 */
export const isSql = defineCheckType({
  type: "is-sql",
  group: "shape",
  says: "is SQL",
  example: {
    settings: { statements: ["select"], tables: ["orders", "customers"] },
    good: "SELECT c.name, SUM(o.total) FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.name;",
    bad: "DELETE FROM orders WHERE paid = false;",
  },
  settings: z.strictObject({
    dialect: sqlDialectNames
      .default("postgresql")
      .describe(
        "The database's SQL, as the optional package node-sql-parser reads it; `transactsql` is SQL Server's. It does not read everything (no `MERGE`, no `DELETE FROM` of BigQuery and Snowflake, no `RANK()` of SQLite), and what it cannot read fails",
      ),
    statements: z
      .array(z.enum(statementKinds))
      .min(1)
      .optional()
      .describe(
        "Kinds of statements that are allowed, such as `select` alone; those that write from within another count as well. Default: any",
      ),
    tables: z
      .array(wording)
      .min(1)
      .max(2_000)
      .optional()
      .describe(
        "Tables that may be used, as they are to be written: `orders` or `sales.orders`, in any case. Default: any",
      ),
    anywhere: z
      .boolean()
      .default(false)
      .describe("Takes SQL in code fences or inside other text as well; all of it must be allowed"),
    strict: z
      .boolean()
      .default(false)
      .describe("Refuses a code fence around the whole text, which is otherwise taken off"),
  }),
  complaint: ({ strict, anywhere }) =>
    strict && anywhere ? "strict and anywhere exclude each other; leave one out" : null,
  prepare: async (settings) => {
    const limits = limitsOf(settings);
    const read = await loadSqlReader(settings.dialect);
    return ({ text }): Judged => {
      if (text.length > maxText) return error(`could not tell: longer than ${maxText} characters of SQL`);
      const { body, fenced } = unfence(text);
      if (settings.strict && fenced) return fail("is SQL in a code fence, expected bare SQL");
      if (body === "") return fail("is empty, expected SQL");
      if (depthOf(body) > maxDepth) {
        return error(`could not tell: brackets nested deeper than ${maxDepth} levels`);
      }
      const whole = read([body])[0];
      if (settings.anywhere && whole?.found !== "statements") return judgePassages(text, read, limits);
      const verdict = judgeReading(body, whole, limits);
      return verdict.status === "pass" && fenced ? noted(inCodeFence) : verdict;
    };
  },
});

interface Limits {
  readonly dialect: SqlDialect;
  readonly statements: readonly string[] | null;
  readonly tables: readonly string[] | null;
  /** The tables in small letters. */
  readonly known: ReadonlySet<string>;
}

function limitsOf(settings: {
  readonly dialect: SqlDialect;
  readonly statements?: readonly string[] | undefined;
  readonly tables?: readonly string[] | undefined;
}): Limits {
  const { dialect, statements = null, tables = null } = settings;
  return { dialect, statements, tables, known: new Set((tables ?? []).map((name) => name.toLowerCase())) };
}

function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[([{)\]}]/g)) {
    depth = "([{".includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** What is said to be SQL must be; what only looks like it counts where it can be read. */
function judgePassages(text: string, read: SqlReader, limits: Limits): Verdict {
  const passages = sqlPassages(text);
  if (passages.length > maxPassages) {
    return error(`could not tell: more than ${maxPassages} passages may be SQL`);
  }
  const readings = read(passages.map((passage) => passage.text));
  const verdicts = passages.flatMap((passage, at) =>
    passage.labelled || readings[at]?.found !== "fault"
      ? [judgeReading(passage.text, readings[at], limits)]
      : [],
  );
  const worst =
    verdicts.find(({ status }) => status === "fail") ?? verdicts.find(({ status }) => status === "error");
  return worst ?? verdicts[0] ?? fail(`"${shown(text)}" contains no SQL for ${sqlDialects[limits.dialect]}`);
}

function judgeReading(text: string, reading: SqlReading | undefined, limits: Limits): Verdict {
  switch (reading?.found) {
    case "statements":
      return judgeStatements(text, reading.statements, limits);
    case "fault":
      return fail(faultOf(text, reading, limits));
    case "undecided":
    case undefined:
      return error(`could not tell: ${reading?.why ?? "nothing was read"}`);
  }
}

function faultOf(text: string, { place }: Extract<SqlReading, { found: "fault" }>, limits: Limits): string {
  const expected = `not SQL for ${sqlDialects[limits.dialect]}`;
  if (place === null) return `"${shown(text)}" is ${expected}: it begins no statement`;
  const where = `line ${place.line}, column ${place.column}`;
  if (place.ended) return `is ${expected}: it breaks off at ${where}`;
  return `is ${expected}: "${shown(text.slice(place.at), 40)}" does not fit at ${where}`;
}

function judgeStatements(text: string, statements: readonly SqlStatement[], limits: Limits): Verdict {
  if (statements.length === 0) return fail("holds no SQL statement");
  if (limits.statements === null && limits.tables === null) return pass();
  for (const [at, statement] of statements.entries()) {
    const fault = faultIn(statement, limits);
    const which = statements.length === 1 ? "" : `statement ${at + 1} of ${statements.length} `;
    if (fault !== null) return fail(`${which}${fault}`);
  }
  const other = misread[limits.dialect];
  if (other?.pattern.test(text) === true) return error(`could not tell what it does: it has ${other.what}`);
  const unknown = limits.tables === null ? undefined : statements.find(({ tablesUnknown }) => tablesUnknown);
  if (unknown === undefined) return pass();
  return error(`could not tell which tables are used: it does ${spoken(unknown.kinds[0] ?? "")}`);
}

function faultIn({ kinds, tables }: SqlStatement, limits: Limits): string | null {
  const { statements, known } = limits;
  const kind = statements === null ? undefined : kinds.find((one) => !statements.includes(one));
  if (kind !== undefined) {
    return `does ${spoken(kind)}, expected only ${(statements ?? []).map(spoken).join(", ")}`;
  }
  if (limits.tables === null) return null;
  const table = tables.find((one) => !known.has(one.toLowerCase()));
  if (table === undefined) return null;
  return `uses the table "${shown(table)}", expected only ${quotedList([...limits.tables], "and")}`;
}

function spoken(kind: string): string {
  return kind.replace("-", " ").toUpperCase();
}
