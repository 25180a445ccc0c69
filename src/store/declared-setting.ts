import type Database from "better-sqlite3";

/** How each automation was declared at the last start, part by part. */
export function declaredSettingTable(db: Database.Database) {
  const list = db.prepare<[string], { part: string; value: string }>(
    "SELECT part, value FROM declared_setting WHERE automation = ? LIMIT 10000",
  );
  const forget = db.prepare<[string]>("DELETE FROM declared_setting WHERE automation = ?");
  const insert = db.prepare<[string, string, string]>(
    "INSERT INTO declared_setting (automation, part, value) VALUES (?, ?, ?)",
  );
  return {
    /** Empty for an automation that was never declared before. */
    of: (automation: string): ReadonlyMap<string, string> =>
      new Map(list.all(automation).map(({ part, value }) => [part, value])),
    /** Takes the place of what was there; call inside a transaction. */
    replace: (automation: string, parts: ReadonlyMap<string, string>): void => {
      forget.run(automation);
      for (const [part, value] of parts) insert.run(automation, part, value);
    },
  };
}
