import type Database from "better-sqlite3";

/** Who took the right to page from a check, and why. */
interface LoweredCheck {
  readonly at: number;
  readonly who: string;
  readonly why: string | null;
}

/** Zero-tolerance checks that count for the digest only, because they cried wolf. */
export function loweredCheckTable(db: Database.Database) {
  const put = db.prepare<LoweredCheck & { automation: string; check: string }>(
    `INSERT INTO lowered_check (automation, check_id, at, who, why) VALUES (@automation, @check, @at, @who, @why)
     ON CONFLICT (automation, check_id) DO UPDATE SET at = excluded.at, who = excluded.who, why = excluded.why`,
  );
  const one = db.prepare<[string, string], LoweredCheck>(
    "SELECT at, who, why FROM lowered_check WHERE automation = ? AND check_id = ?",
  );
  const remove = db.prepare<[string, string]>(
    "DELETE FROM lowered_check WHERE automation = ? AND check_id = ?",
  );
  return {
    lower: (automation: string, check: string, by: LoweredCheck): void =>
      void put.run({ automation, check, ...by }),
    /** null: it may page. */
    of: (automation: string, check: string): LoweredCheck | null => one.get(automation, check) ?? null,
    /** It may page again; false: it might already. */
    raise: (automation: string, check: string): boolean => remove.run(automation, check).changes > 0,
  };
}
