import type Database from "better-sqlite3";
import { z } from "zod";
import type { FollowedField } from "../domain/followed-field.js";

const stored = z.array(
  z.union([
    z.object({ path: z.string(), kind: z.enum(["number", "category"]) }),
    z.object({ path: z.string(), kind: z.literal("recall"), label: z.string() }),
    z.object({ kind: z.literal("segment"), segment: z.string() }),
  ]),
);

/** What of each automation is followed without being named; chosen once. */
export function followedFieldTable(db: Database.Database) {
  const one = db.prepare<[string, string], { chosen: string }>(
    "SELECT chosen FROM followed_field WHERE automation = ? AND what = ?",
  );
  const insert = db.prepare<[string, string, number, string]>(
    "INSERT OR IGNORE INTO followed_field (automation, what, chosen_at, chosen) VALUES (?, ?, ?, ?)",
  );
  return {
    /** null: nothing was chosen yet; an empty list: none was worth following. */
    of: (automation: string, what: "fields" | "segments"): readonly FollowedField[] | null => {
      const row = one.get(automation, what);
      return row === undefined ? null : stored.parse(JSON.parse(row.chosen));
    },
    choose: (
      automation: string,
      what: "fields" | "segments",
      chosen: readonly FollowedField[],
      now: number,
    ): void => void insert.run(automation, what, now, JSON.stringify(chosen)),
  };
}
