import { namesByAlias, type SqlDialect, selfNaming } from "./sql-dialects.js";

/** One statement, as far as it matters here. */
export interface SqlStatement {
  /** What it does: its own kind first, then those of statements that write from within it. */
  readonly kinds: readonly string[];
  /** Tables it uses, as written, with their schema where one is; none that the statement itself names with WITH. */
  readonly tables: readonly string[];
  /** True where the parser does not say which tables such a statement uses. */
  readonly tablesUnknown: boolean;
}

/** Kinds of statements that can be allowed. */
export const statementKinds = [
  ...(["select", "select-into", "insert", "update", "delete", "replace", "load-data"] as const),
  ...(["create", "alter", "drop", "truncate", "rename", "comment"] as const),
  ...(["explain", "describe", "show", "analyze", "declare", "set", "use", "attach"] as const),
  ...(["transaction", "lock", "unlock", "call", "execute", "deallocate", "grant", "revoke"] as const),
] as const;

/** The parser's own words for some of them. */
const kindsByType = new Map([
  ["load_data", "load-data"],
  ["desc", "describe"],
  ["exec", "execute"],
]);

const writing = new Set(["insert", "update", "delete", "replace"]);
/** Statements of which all that they use stands in the tree; USE and SET may change what a name without schema means. */
const tablesTold = new Set(
  "select select-into insert update delete replace load-data create alter drop truncate rename comment explain describe declare transaction".split(
    " ",
  ),
);

type Node = Readonly<Record<string, unknown>>;
type Names = ReadonlySet<string>;

/**
 * The statements of a tree of node-sql-parser, or null where a part of it is none. Its own list of tables leaves out
 * those of a join in brackets and does not tell a table from a name that WITH gave, so the tree is walked as well.
 */
export function statementsOf(
  ast: unknown,
  tableList: readonly string[],
  dialect: SqlDialect,
): readonly SqlStatement[] | null {
  const trees = [ast].flat(3).filter(isNode);
  const walked = trees.map((tree) => walk(tree, dialect));
  if (walked.some(({ kind }) => kind === null)) return null;
  const seen = new Set(walked.flatMap(({ tables, named }) => [...tables, ...named]).map(lowerCase));
  const unseen = tableList.map(listedTable).filter((table) => table !== null && !seen.has(lowerCase(table)));
  return walked.map(({ kind, writes, tables }, at) => {
    const all = [...new Set([...tables, ...(at === 0 ? unseen.filter((table) => table !== null) : [])])];
    const kinds = [...new Set([kind ?? "", ...writes])];
    return { kinds, tables: all, tablesUnknown: !tablesTold.has(kind ?? "") };
  });
}

/** `select::schema::table`; null: no table. */
function listedTable(listed: string): string | null {
  const [, schema, table] = listed.split("::");
  if (table === undefined || table === "null" || table === "undefined") return null;
  return schema === "null" || schema === undefined ? table : `${schema}.${table}`;
}

interface Walked {
  readonly kind: string | null;
  readonly writes: readonly string[];
  readonly tables: readonly string[];
  /** What stands where a table could, but is a name that the statement gave. */
  readonly named: readonly string[];
}

function walk(tree: Node, dialect: SqlDialect): Walked {
  const found = { writes: new Set<string>(), tables: new Set<string>(), named: new Set<string>() };
  // without recursion: a long sum is a deep tree
  const open: { value: unknown; names: Names }[] = [{ value: tree, names: new Set() }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, names } = next;
    if (Array.isArray(value)) open.push(...value.map((one: unknown) => ({ value: one, names })));
    if (!isNode(value)) continue;
    if (value !== tree && isWriting(value)) found.writes.add(kindOf(value) ?? "");
    if (writesInto(value)) found.writes.add("select-into");
    const table = tableOf(value);
    if (table !== null) (names.has(lowerCase(table)) ? found.named : found.tables).add(table);
    open.push(...inside(value, names, dialect));
  }
  const kind = kindOf(tree);
  return {
    kind,
    writes: [...found.writes].sort(),
    tables: [...found.tables].sort(),
    named: [...found.named],
  };
}

/** The parts of a node, each with the names that stand for no table there. */
function inside(node: Node, names: Names, dialect: SqlDialect): readonly { value: unknown; names: Names }[] {
  const list: readonly unknown[] = Array.isArray(node.with) ? node.with : [];
  const given = list.filter(isNode).filter((one) => isNode(one.stmt));
  const recursive = given.some((one) => one.recursive === true) || selfNaming.has(dialect);
  const all = new Set([...names, ...given.map(givenName)]);
  const parts = given.map((value, at) => ({
    value,
    // without RECURSIVE, a name is known only after it was given: before, it is the table of that name
    names: recursive ? all : new Set([...names, ...given.slice(0, at).map(givenName)]),
  }));
  const aliased = isWriting(node) && namesByAlias.has(dialect);
  const targets = aliased ? new Set([...all, ...aliasesIn(node.from)]) : all;
  // how the names are quoted, in BigQuery and Snowflake, stands under the same keys as the names
  const others = Object.keys(node).filter(
    (key) => key !== "surround" && (key !== "with" || given.length === 0),
  );
  return [...parts, ...others.map((key) => ({ value: node[key], names: key === "table" ? targets : all }))];
}

function givenName({ name }: Node): string {
  const written = isNode(name) ? name.value : name;
  return typeof written === "string" ? lowerCase(written) : "";
}

/** `DELETE o FROM orders o` and `UPDATE o SET … FROM orders o` name the table by its alias. */
function aliasesIn(from: unknown): readonly string[] {
  const entries: readonly unknown[] = Array.isArray(from) ? from : [];
  return entries.filter(isNode).flatMap(({ as }) => (typeof as === "string" ? [lowerCase(as)] : []));
}

function tableOf(node: Node): string | null {
  if (node.type === "into" && typeof node.expr === "string") return node.expr;
  if (typeof node.table !== "string" || node.type === "column_ref") return null;
  if (node.type !== "desc" && !("db" in node)) return null;
  return [node.server, node.db, node.schema, node.table].filter((part) => typeof part === "string").join(".");
}

function writesInto({ type, keyword, expr }: Node): boolean {
  return type === "into" && expr !== undefined && expr !== null && keyword !== "var";
}

function isWriting(node: Node): boolean {
  return typeof node.type === "string" && writing.has(node.type) && "table" in node;
}

function kindOf({ type }: Node): string | null {
  if (typeof type !== "string" || type === "proc") return null;
  return kindsByType.get(type) ?? type;
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
