/**
 * What sends outputs under names that nobody registered. In: what one request brought. Out: a row per name with counts,
 * and of each a few texts. Holds no more names and no more texts than it is told; the caller redacts.
 */
import type Database from "better-sqlite3";

/** What one request brought under a name. */
export interface UnregisteredRequest {
  readonly name: string;
  /** The automation whose token was shown; null: no known one. */
  readonly sender: string | null;
  readonly way: "push" | "span" | "row";
  readonly at: number;
  readonly outputs: number;
  readonly model: string | null;
  readonly fields: string | null;
  /** True: the usual names of fields find an output in it. */
  readonly mapped: boolean;
}

/** A name, and how much came under it. */
export interface UnregisteredName extends Omit<UnregisteredRequest, "at"> {
  readonly id: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly requests: number;
  /** Texts that are kept of it. */
  readonly kept: number;
  readonly toldAt: number | null;
}

type Row = Omit<UnregisteredName, "mapped"> & { readonly mapped: number };

/** The names and their texts; changes are to be made inside a transaction. */
export function unregisteredTable(db: Database.Database) {
  const again = db.prepare<Omit<UnregisteredRequest, "mapped"> & { mapped: number }, { id: number }>(
    `UPDATE unregistered SET last_seen_at = max(last_seen_at, @at), requests = requests + 1, outputs = outputs + @outputs,
       sender = coalesce(@sender, sender), way = @way, model = coalesce(@model, model), fields = coalesce(@fields, fields),
       mapped = CASE WHEN @fields IS NULL THEN mapped ELSE @mapped END
     WHERE name = @name RETURNING id`,
  );
  const insert = db.prepare<Omit<UnregisteredRequest, "mapped"> & { mapped: number }, { id: number }>(
    `INSERT INTO unregistered (name, sender, way, first_seen_at, last_seen_at, requests, outputs, model, fields, mapped)
     VALUES (@name, @sender, @way, @at, @at, 1, @outputs, @model, @fields, @mapped) RETURNING id`,
  );
  const count = db.prepare<[number], { names: number }>(
    "SELECT count(*) AS names FROM unregistered WHERE (sender IS NULL) = ?",
  );
  return {
    /** Counts a request under its name; null: there is no room for one more name. */
    note: (request: UnregisteredRequest, namesAtMost: number): number | null => {
      const row = { ...request, mapped: request.mapped ? 1 : 0 };
      const known = again.get(row)?.id ?? null;
      if (known !== null) return known;
      if ((count.get(request.sender === null ? 1 : 0)?.names ?? 0) >= namesAtMost) return null;
      return insert.get(row)?.id ?? null;
    },
    ...texts(db),
    ...names(db),
  };
}

function texts(db: Database.Database) {
  const kept = db.prepare<[number], { texts: number }>(
    "SELECT count(*) AS texts FROM unregistered_output WHERE unregistered = ?",
  );
  const keep = db.prepare<[number, number, string]>(
    "INSERT INTO unregistered_output (unregistered, seen_at, text) VALUES (?, ?, ?)",
  );
  const newest = db.prepare<[number, number], { at: number; text: string }>(
    "SELECT seen_at AS at, text FROM unregistered_output WHERE unregistered = ? ORDER BY id DESC LIMIT ?",
  );
  return {
    /** Keeps texts while there is room for them; returns how many. */
    keep: (id: number, at: number, some: readonly string[], textsAtMost: number): number => {
      const room = Math.max(0, textsAtMost - (kept.get(id)?.texts ?? 0));
      const taken = some.slice(0, room);
      for (const text of taken) keep.run(id, at, text);
      return taken.length;
    },
    /** The newest texts of a name. */
    textsOf: (id: number, most: number) => newest.all(id, most),
  };
}

function names(db: Database.Database) {
  const list = db.prepare<[], Row>(
    `SELECT id, name, sender, way, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt, requests, outputs, model, fields,
       mapped, told_at AS toldAt,
       (SELECT count(*) FROM unregistered_output o WHERE o.unregistered = unregistered.id) AS kept
     FROM unregistered ORDER BY sender IS NULL, last_seen_at DESC, id LIMIT 1000`,
  );
  const tell = db.prepare<[number, number]>(
    "UPDATE unregistered SET told_at = ? WHERE id = ? AND told_at IS NULL",
  );
  return {
    /** Every name; those whose sender is known first, the newest seen first. */
    list: (): readonly UnregisteredName[] => list.all().map((row) => ({ ...row, mapped: row.mapped === 1 })),
    /** Notes that a digest told of a name. */
    tell: (id: number, at: number): void => void tell.run(at, id),
  };
}
