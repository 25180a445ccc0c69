import type Database from "better-sqlite3";
import { z } from "zod";
import type { FollowedField } from "../domain/followed-field.js";

const stored = z.array(
  z.union([
    z.object({ path: z.string(), kind: z.enum(["number", "category"]) }),
    z.object({ path: z.string(), kind: z.literal("recall"), label: z.string() }),
  ]),
);

/** Which fields of each automation are followed; chosen once. */
export function followedFieldTable(db: Database.Database) {
  const one = db.prepare<[string], { fields: string }>(
    "SELECT fields FROM followed_field WHERE automation = ?",
  );
  const insert = db.prepare<[string, number, string]>(
    "INSERT OR IGNORE INTO followed_field (automation, chosen_at, fields) VALUES (?, ?, ?)",
  );
  return {
    /** null: nothing was chosen yet; an empty list: none was worth following. */
    of: (automation: string): readonly FollowedField[] | null => {
      const row = one.get(automation);
      return row === undefined ? null : stored.parse(JSON.parse(row.fields));
    },
    choose: (automation: string, fields: readonly FollowedField[], now: number): void =>
      void insert.run(automation, now, JSON.stringify(fields)),
  };
}
