import type Database from "better-sqlite3";

/** Cache while the whole file is read once, in kilobytes as SQLite writes them: more would stay in memory for nothing. */
const smallCache = -200;

/** What is wrong with a database; null: nothing. Reads all of it, and keeps none of what it has read. */
export function damageIn(db: Database.Database): string | null {
  const usual = Number(db.pragma("cache_size", { simple: true }));
  db.pragma(`cache_size = ${smallCache}`);
  const said = String(db.pragma("quick_check(1)", { simple: true }));
  db.pragma(`cache_size = ${usual}`);
  return said === "ok" ? null : (said.split("\n").at(-1)?.trim() ?? said);
}
