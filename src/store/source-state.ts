import type Database from "better-sqlite3";
import type { Json } from "../domain/json.js";
import type { Aside } from "../domain/output.js";

/** How far a source has been read, and whether it can be read. */
interface SourceState {
  readonly cursor: Json | null;
  readonly readAt: number | null;
  /** The last attempt, good or bad. */
  readonly triedAt: number | null;
  readonly failingSince: number | null;
  readonly failures: number;
  readonly lastError: string | null;
  /** Records put aside so far. */
  readonly asides: number;
}

interface Row extends Omit<SourceState, "cursor"> {
  readonly cursor: string | null;
}

/** Records put aside and kept per automation; beyond it the oldest go, the count stays. */
const asidesKept = 1000;
const unread: SourceState = {
  cursor: null,
  readAt: null,
  triedAt: null,
  failingSince: null,
  failures: 0,
  lastError: null,
  asides: 0,
};

/** Cursors, failures and records put aside. */
export function sourceStateTable(db: Database.Database) {
  const select = db.prepare<[string], Row>(
    `SELECT cursor, read_at AS readAt, tried_at AS triedAt, failing_since AS failingSince, failures, last_error AS lastError, asides
     FROM source_state WHERE automation = ?`,
  );
  const good = db.prepare<{ automation: string; cursor: string; at: number }>(
    `INSERT INTO source_state (automation, cursor, read_at) VALUES (@automation, @cursor, @at)
     ON CONFLICT (automation) DO UPDATE SET cursor = excluded.cursor, read_at = excluded.read_at,
       failing_since = NULL, failures = 0, last_error = NULL`,
  );
  const bad = db.prepare<{ automation: string; at: number; error: string }>(
    `INSERT INTO source_state (automation, failing_since, failures, last_error) VALUES (@automation, @at, 1, @error)
     ON CONFLICT (automation) DO UPDATE SET failing_since = coalesce(failing_since, excluded.failing_since),
       failures = failures + 1, last_error = excluded.last_error`,
  );
  const tried = db.prepare<[string, number]>(
    `INSERT INTO source_state (automation, tried_at) VALUES (?, ?)
     ON CONFLICT (automation) DO UPDATE SET tried_at = excluded.tried_at`,
  );
  const untried = db.prepare("UPDATE source_state SET tried_at = NULL");
  const addAside = db.prepare<{
    automation: string;
    at: number;
    where: string;
    reason: string;
    excerpt: string;
  }>(
    `INSERT OR IGNORE INTO aside (automation, seen_at, place, reason, excerpt)
     VALUES (@automation, @at, @where, @reason, @excerpt)`,
  );
  const countAsides = db.prepare<[string, number]>(
    `INSERT INTO source_state (automation, asides) VALUES (?, ?)
     ON CONFLICT (automation) DO UPDATE SET asides = asides + excluded.asides`,
  );
  const trimAsides = db.prepare<[string, string, number]>(
    `DELETE FROM aside WHERE automation = ? AND id <=
       (SELECT id FROM aside WHERE automation = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  const listAsides = db.prepare<
    [string, number],
    { where: string; reason: string; excerpt: string; seenAt: number }
  >(
    `SELECT place AS "where", reason, excerpt, seen_at AS seenAt FROM aside WHERE automation = ? ORDER BY id DESC LIMIT ?`,
  );
  return {
    get: (automation: string): SourceState => {
      const row = select.get(automation);
      if (row === undefined) return unread;
      const cursor: Json | null = row.cursor === null ? null : JSON.parse(row.cursor);
      return { ...row, cursor };
    },
    markTried: (automation: string, at: number): void => void tried.run(automation, at),
    /** After a start: an attempt that the last process broke off is due again at once. */
    forgetTries: (): void => void untried.run(),
    readWell: (automation: string, cursor: Json, at: number): void =>
      void good.run({ automation, cursor: JSON.stringify(cursor), at }),
    failed: (automation: string, error: string, at: number): void => void bad.run({ automation, error, at }),
    /** Keeps records that could not become outputs; the same place with the same reason counts once. */
    putAside: (automation: string, asides: readonly Aside[], at: number): void => {
      let added = 0;
      for (const aside of asides) added += addAside.run({ automation, at, ...aside }).changes;
      if (added === 0) return;
      countAsides.run(automation, added);
      trimAsides.run(automation, automation, asidesKept);
    },
    asides: (automation: string, limit: number) => listAsides.all(automation, limit),
  };
}
