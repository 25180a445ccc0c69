import { describe, expect, it } from "vitest";
import { sqlDialectNames, sqlDialects } from "../../../src/check/sql-dialects.js";
import { loadSqlReader, maxSqlMs } from "../../../src/check/sql-reader.js";
import { ConfigError } from "../../../src/domain/errors.js";
import { faultsOf, judge } from "../judge.js";

const select = { statements: ["select"] };
const tables = { tables: ["orders", "Sales.Customers"] };
const recursive = "SELECT 1 AS n UNION ALL SELECT n + 1 FROM q";

describe("is-sql", () => {
  it.each([
    ["a query", {}, "SELECT a, b FROM t WHERE c = 'x' ORDER BY a;"],
    ["several statements", {}, "INSERT INTO t (a) VALUES (1); SELECT a FROM t"],
    ["an allowed statement", select, "SELECT a FROM t UNION SELECT b FROM u"],
    ["a comment that says something else", select, "SELECT 1 -- not DROP TABLE t"],
    ["a value that says something else", select, "SELECT 'DROP TABLE t; DELETE FROM t'"],
    ["a variable that is set by a query", { ...select, dialect: "mysql" }, "SELECT a INTO @x FROM t"],
    ["tables in any case", tables, "SELECT * FROM Orders o JOIN sales.customers c ON o.a = c.b"],
    ["a name that WITH gave", tables, "WITH q AS (SELECT * FROM orders) SELECT * FROM Q"],
    ["a name that WITH gave before", tables, "WITH a AS (SELECT 1), b AS (SELECT * FROM a) SELECT * FROM b"],
    ["a name that is given while it is used", tables, `WITH RECURSIVE q AS (${recursive}) SELECT * FROM q`],
    [
      "the same without a word for it",
      { ...tables, dialect: "transactsql" },
      `WITH q AS (${recursive}) SELECT * FROM q`,
    ],
    ["an alias that is changed", { ...tables, dialect: "transactsql" }, "UPDATE o SET a = 1 FROM orders o"],
    ["an alias that is deleted from", { ...tables, dialect: "mysql" }, "DELETE o FROM orders o"],
    ["no table at all", tables, "SELECT 1"],
    [
      "a name in one pair of backticks",
      { dialect: "bigquery", tables: ["p.d.t"] },
      "SELECT a FROM `p.d.t` WHERE b = 1",
    ],
    ["a name in three parts", { dialect: "bigquery", tables: ["p.d.t"] }, "SELECT a FROM `p`.d.t"],
    [
      "brackets of Transact-SQL",
      { dialect: "transactsql", tables: ["dbo.t"] },
      "SELECT TOP 5 [a] FROM [dbo].[t]",
    ],
    ["a fence inside text", { anywhere: true, ...select }, "Sure:\n```sql\nSELECT a\nFROM t;\n```\nDone."],
    ["a fence without a label", { anywhere: true }, "Sure:\n\n~~~\nSELECT 1\n~~~\n"],
    ["a fence in a list", { anywhere: true }, "- so:\n  ```postgresql\n  SELECT 1\n  ```"],
    ["a fence that an answer's end cut", { anywhere: true }, "Sure:\n```sql\nSELECT 1"],
    [
      "the fence of another language beside it",
      { anywhere: true },
      "```sql\nSELECT 1\n```\n```python\nx = 1\n```",
    ],
    ["a result beside it", { anywhere: true }, "```sql\nSELECT 1\n```\n```\n a | b\n```"],
    ["a statement inside prose", { anywhere: true, ...tables }, "Query: SELECT a\nFROM orders;\nGood luck!"],
    ["prose that begins as a statement", { anywhere: true }, "With regards to your question:\n\nSELECT 1"],
    ["bare SQL where any place will do", { anywhere: true }, "SELECT 1"],
  ])("passes %s", async (_name, settings, text) => {
    expect(await judge({ type: "is-sql", ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    ["prose", {}, "Here is it", 'is not SQL for PostgreSQL: "is it" does not fit at line 1, column 6'],
    [
      "a slip",
      {},
      "SELEC a\nFROM t",
      'is not SQL for PostgreSQL: "a FROM t" does not fit at line 1, column 7',
    ],
    [
      "an answer that was cut",
      { dialect: "mysql" },
      "SELECT a\nFROM t WHERE (b =",
      "is not SQL for MySQL: it breaks off at line 2, column 18",
    ],
    ["the SQL of another database", {}, "SELECT TOP 5 a FROM t", /^is not SQL for PostgreSQL: "5 a FROM t"/],
    [
      "prose that one dialect takes for calls",
      { dialect: "transactsql" },
      "Here is the text",
      '"Here is the text" is not SQL for Transact-SQL: it begins no statement',
    ],
    ["nothing", {}, " ", "is empty, expected SQL"],
    ["a comment alone", {}, "-- SELECT 1", "holds no SQL statement"],
    [
      "a fence when strict",
      { strict: true },
      "```sql\nSELECT 1\n```",
      "is SQL in a code fence, expected bare SQL",
    ],
    [
      "a second statement",
      select,
      "SELECT 1; DROP TABLE t",
      "statement 2 of 2 does DROP, expected only SELECT",
    ],
    [
      "a statement that writes within a query",
      { statements: ["select", "insert"] },
      "WITH d AS (DELETE FROM t WHERE a = 1) SELECT 1",
      "does DELETE, expected only SELECT, INSERT",
    ],
    [
      "a query that makes a table",
      select,
      "SELECT * INTO n FROM t",
      "does SELECT INTO, expected only SELECT",
    ],
    [
      "a query that writes a file",
      { ...select, dialect: "mysql" },
      "SELECT a FROM t INTO OUTFILE '/tmp/x'",
      "does SELECT INTO, expected only SELECT",
    ],
    [
      "another table",
      tables,
      "SELECT a, (SELECT MAX(b) FROM Staff) FROM orders",
      'uses the table "Staff", expected only "orders" and "Sales.Customers"',
    ],
    ["another schema", tables, "SELECT * FROM other.orders", /^uses the table "other\.orders", /],
    [
      "a table in a join in brackets",
      tables,
      "SELECT * FROM (orders JOIN staff ON a = b)",
      /the table "staff"/,
    ],
    ["a table in a condition", tables, "DELETE FROM orders WHERE EXISTS (SELECT 1 FROM staff)", /"staff"/],
    [
      "a table behind a name of its own",
      tables,
      "WITH staff AS (SELECT * FROM staff) SELECT * FROM staff",
      /the table "staff"/,
    ],
    ["a table that is emptied", tables, "TRUNCATE staff", /the table "staff"/],
    ["a view that is dropped", tables, "DROP VIEW staff", /the table "staff"/],
    ["a table that is altered", tables, "ALTER TABLE staff ADD COLUMN a int", /the table "staff"/],
    ["a table that is made", tables, "CREATE TABLE n AS SELECT * FROM orders", /the table "n"/],
    ["a table with an alias that is listed", tables, "UPDATE staff SET a = 1 FROM orders staff", /"staff"/],
    ["a table with a prototype's name", tables, "SELECT * FROM __proto__, constructor", /"__proto__"/],
    [
      "one of several fences",
      { anywhere: true, ...select },
      "```sql\nSELECT 1\n```\nor\n```\nDROP TABLE t\n```",
      "does DROP, expected only SELECT",
    ],
    [
      "a fence that says it is SQL",
      { anywhere: true },
      "```sql\nSELECT FROM WHERE\n```\n```\nSELECT 1\n```",
      /^is not SQL for PostgreSQL: /,
    ],
    ["prose with no SQL in it", { anywhere: true }, "Nothing", '"Nothing" contains no SQL for PostgreSQL'],
    [
      "a field",
      { on: "query", ...select },
      '{"query":"DROP TABLE t"}',
      "$.query does DROP, expected only SELECT",
    ],
    ["SQL where none may be", { not: true }, "SELECT 1", '"SELECT 1" is SQL, expected the opposite'],
  ])("fails %s", async (_name, settings, text, reason) => {
    const verdict = await judge({ type: "is-sql", ...settings }, text);
    expect(verdict.status).toBe("fail");
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each([
    [
      "which tables it uses",
      tables,
      "GRANT SELECT ON orders TO clerk",
      "which tables are used: it does GRANT",
    ],
    ["what a name means", tables, "USE hr; SELECT * FROM orders", "which tables are used: it does USE"],
    [
      "a comment that MySQL runs",
      { ...select, dialect: "mysql" },
      "SELECT 1 /*! INTO OUTFILE '/tmp/x' */",
      "what it does: it has a comment that the database runs",
    ],
    [
      "where a string ends",
      select,
      "SELECT '\\'; DROP TABLE t; --'",
      "what it does: it has a backslash before a quotation mark",
    ],
    ["what the parser trips over", { dialect: "bigquery" }, "ANALYZE t", ": the SQL parser failed on it"],
    ["a long text", {}, "x".repeat(20_001), ": longer than 20000 characters of SQL"],
    ["deep brackets", {}, `SELECT ${"(".repeat(101)}`, ": brackets nested deeper than 100 levels"],
    [
      "too many passages",
      { anywhere: true },
      "SELECT 1;\nno\n".repeat(51),
      ": more than 50 passages may be SQL",
    ],
  ])("could not tell %s", async (_name, settings, text, reason) => {
    expect(await judge({ type: "is-sql", ...settings }, text)).toEqual({
      status: "error",
      reason: `could not tell${reason.startsWith(":") ? "" : " "}${reason}`,
    });
  });

  it("notes the fence that it took off", async () => {
    const fenced = "```sql\nSELECT 1\n```";
    expect(await judge({ type: "is-sql" }, fenced)).toEqual({ status: "pass", reason: "in a code fence" });
  });

  it.each([
    ["brackets that never close", "postgresql", `SELECT ${"(".repeat(60)}`],
    [
      "conditions in brackets",
      "redshift",
      `SELECT a FROM t WHERE ${"(".repeat(30)}a=1${" AND b=2)".repeat(30)}`,
    ],
    ["CAST in CAST", "mysql", `SELECT ${"CAST(".repeat(30)}1${" AS int)".repeat(30)}`],
    ["lists in lists", "bigquery", `SELECT ${"[".repeat(60)}1${"]".repeat(60)}`],
  ])("breaks the reading of %s off, for they take time without end", async (_name, dialect, text) => {
    const started = performance.now();
    expect(await judge({ type: "is-sql", dialect }, text)).toEqual({
      status: "error",
      reason: `could not tell: SQL that takes longer than ${maxSqlMs} ms to read`,
    });
    expect(performance.now() - started).toBeLessThan(4 * maxSqlMs);
    expect(await judge({ type: "is-sql", dialect }, "SELECT 1")).toEqual({ status: "pass" });
  });

  it.each(sqlDialectNames.options)("reads %s", async (dialect) => {
    expect(await judge({ type: "is-sql", dialect, ...select }, "SELECT a FROM t WHERE b = 'x'")).toEqual({
      status: "pass",
    });
    expect(await judge({ type: "is-sql", dialect }, "SELECT a FROM")).toMatchObject({ status: "fail" });
  });

  it("knows one list of dialects", () => {
    expect([...sqlDialectNames.options].sort()).toEqual(Object.keys(sqlDialects).sort());
  });

  it("says what to install where the parser is not installed", async () => {
    const absent = () => import(String("node-sql-parser-that-is-not-there"));
    const loading = loadSqlReader("postgresql", absent);
    await expect(loading).rejects.toBeInstanceOf(ConfigError);
    await expect(loading).rejects.toThrow(/is not installed; .* run: npm install node-sql-parser@5$/);
  });

  it.each([
    [{ dialect: "oracle" }, /^dialect: /],
    [{ statements: ["merge"] }, /^statements\.0: /],
    [{ tables: [] }, /^tables: /],
    [{ strict: true, anywhere: true }, /strict and anywhere exclude each other/],
  ])("refuses %j", (settings, complaint) => {
    expect(faultsOf({ id: "a", type: "is-sql", ...settings })).toEqual([expect.stringMatching(complaint)]);
  });
});
