import type Database from "better-sqlite3";
import type { SeenKind } from "../domain/change-marker.js";

/** A model, fingerprint or version that outputs have named, and when. */
export interface SeenValue {
  readonly value: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** Values kept of one kind; beyond it those not seen for longest go. */
const valuesKept = 100;

/** What the outputs of each automation say they were made with. */
export function seenValueTable(db: Database.Database) {
  const list = db.prepare<[string, string], SeenValue>(
    `SELECT value, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt FROM seen_value
     WHERE automation = ? AND kind = ? ORDER BY last_seen_at DESC LIMIT 1000`,
  );
  const put = db.prepare<SeenValue & { automation: string; kind: SeenKind }>(
    `INSERT INTO seen_value (automation, kind, value, first_seen_at, last_seen_at)
     VALUES (@automation, @kind, @value, @firstSeenAt, @lastSeenAt)
     ON CONFLICT (automation, kind, value) DO UPDATE SET first_seen_at = excluded.first_seen_at,
       last_seen_at = excluded.last_seen_at`,
  );
  const prune = db.prepare<{ automation: string; kind: string; kept: number }>(
    `DELETE FROM seen_value WHERE automation = @automation AND kind = @kind AND value NOT IN (
       SELECT value FROM seen_value WHERE automation = @automation AND kind = @kind
       ORDER BY last_seen_at DESC LIMIT @kept)`,
  );
  return {
    /** Values of one kind, the newest seen first. */
    list: (automation: string, kind: SeenKind): readonly SeenValue[] => list.all(automation, kind),
    /** Notes what was seen; call inside a transaction. */
    putAll: (automation: string, kind: SeenKind, values: readonly SeenValue[]): void => {
      for (const { value, firstSeenAt, lastSeenAt } of values)
        put.run({ automation, kind, value, firstSeenAt, lastSeenAt });
      prune.run({ automation, kind, kept: valuesKept });
    },
  };
}
