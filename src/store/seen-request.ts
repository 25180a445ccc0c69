import type Database from "better-sqlite3";

/** A request is remembered for so long: twice as long as its signature is good for. */
const rememberedMs = 10 * 60_000;

/** Signed requests taken a short while ago. */
export function seenRequestTable(db: Database.Database) {
  const insert = db.prepare<[string, number]>("INSERT OR IGNORE INTO seen_request (id, at) VALUES (?, ?)");
  const forget = db.prepare<[number, number]>("DELETE FROM seen_request WHERE at < ? OR at > ?");
  return {
    /** Notes a request; false: it was taken before. */
    note: (id: string, now: number): boolean => {
      forget.run(now - rememberedMs, now + rememberedMs);
      return insert.run(id, now).changes > 0;
    },
  };
}
