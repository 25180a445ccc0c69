/**
 * What is let go by age, a few rows at a time. In: an instant, a number of rows. Out: how many went. Counts by hour,
 * runs, findings and incidents are never touched; neither is what an open incident rests on.
 */
import type Database from "better-sqlite3";
import { dayMs } from "../domain/time.js";

/** A position in the outputs of an automation, in order of time. */
export interface SweepPosition {
  readonly at: number;
  readonly key: number;
}

/** What one chunk came to. */
export interface SweptChunk {
  /** Rows that went. */
  readonly gone: number;
  /** Where to go on; null: nothing older is left. */
  readonly next: SweepPosition | null;
}

interface Chunk {
  readonly automation: string;
  readonly before: number;
  readonly after: SweepPosition;
  readonly limit: number;
  readonly now: number;
}

/** Days before an incident's first sign that its examples may come from. */
const marginMs = 7 * dayMs;

/** How old what nobody registered may become. */
interface UnregisteredAges {
  readonly textsBefore: number;
  readonly namesBefore: number;
  readonly limit: number;
}

/** Everything that goes by age; each call is to be made inside a transaction. */
export function retentionTable(db: Database.Database) {
  const automations = db.prepare<[], { id: string }>("SELECT id FROM automation ORDER BY id");
  const needed = db.prepare<[string], { at: number | null }>(
    `SELECT min(min(i.opened_at, coalesce((SELECT min(f.changed_at) FROM finding f WHERE f.incident = i.id), i.opened_at))) AS at
     FROM incident i WHERE i.automation = ? AND i.ended_at IS NULL`,
  );
  const asides = db.prepare<[string, number, number]>(
    `DELETE FROM aside WHERE id IN (SELECT id FROM aside WHERE automation = ? AND seen_at < ? LIMIT ?)`,
  );
  const payloads = db.prepare<[number, number]>(
    `UPDATE outbox SET payload = 'null', message = 'null', progress = NULL WHERE seq IN (
       SELECT o.seq FROM outbox o INDEXED BY outbox_with_payload
       WHERE o.payload <> 'null' AND o.created_at < ? AND o.state IN ('sent', 'superseded', 'dead')
         AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.id = o.incident AND i.ended_at IS NULL) LIMIT ?)`,
  );
  const unregisteredTexts = db.prepare<[number, number]>(
    `DELETE FROM unregistered_output WHERE id IN (SELECT id FROM unregistered_output WHERE seen_at < ? LIMIT ?)`,
  );
  const unregisteredNames = db.prepare<[number, number]>(
    `DELETE FROM unregistered WHERE id IN (SELECT id FROM unregistered WHERE last_seen_at < ? LIMIT ?)`,
  );
  return {
    automations: (): readonly string[] => automations.all().map(({ id }) => id),
    /** From when on an open incident may need outputs of an automation; null: none is open. */
    neededFrom: (automation: string): number | null => {
      const at = needed.get(automation)?.at ?? null;
      return at === null ? null : at - marginMs;
    },
    ...bodies(db),
    ...rows(db),
    /** Records put aside before an instant, which quote what came. */
    dropAsides: (automation: string, before: number, limit: number): number =>
      asides.run(automation, before, limit).changes,
    /** Texts kept of what nobody registered, and names that were not seen again. */
    dropUnregistered: ({ textsBefore, namesBefore, limit }: UnregisteredAges): number =>
      unregisteredTexts.run(textsBefore, limit).changes + unregisteredNames.run(namesBefore, limit).changes,
    /** Texts of messages that were settled before an instant. */
    dropPayloads: (before: number, limit: number): number => payloads.run(before, limit).changes,
  };
}

function bodies(db: Database.Database) {
  const old = db.prepare<[string, number, number, number, number], { key: number; at: number; kept: number }>(
    // a run still needs the text of what waits for it; known answers are compared with the accepted ones
    `SELECT o.id AS key, o.at, (o.run IS NULL AND o.origin = 'source') OR (o.origin = 'golden' AND EXISTS (
       SELECT 1 FROM golden_result g JOIN golden_accepted a ON a.automation = o.automation AND a.run = g.run WHERE g.output = o.id)) AS kept
     FROM output o INDEXED BY output_with_body
     WHERE o.automation = ? AND o.body_gone_at IS NULL AND (o.at, o.id) > (?, ?) AND o.at < ? ORDER BY o.at, o.id LIMIT ?`,
  );
  const empty = db.prepare<[number, number]>(
    // that something broke is still known, what it said is not
    `UPDATE output SET text = '', structured = 0, input = NULL, reference = NULL, final_text = NULL, user = NULL, link = NULL,
       error = CASE WHEN error IS NULL THEN NULL ELSE '' END, body_gone_at = ? WHERE id = ?`,
  );
  // a reason quotes what it found wrong
  const quotes = db.prepare<[number]>(
    `UPDATE verdict SET reason = NULL, excerpt = NULL
     WHERE output = ? AND (reason IS NOT NULL OR excerpt IS NOT NULL)`,
  );
  return {
    /** Lets the texts of the next outputs go, and whatever quotes them; how they were judged stays. */
    dropBodies: (chunk: Chunk): SweptChunk => {
      const { automation, after, before, limit, now } = chunk;
      const found = old.all(automation, after.at, after.key, before, limit);
      const going = found.filter(({ kept }) => kept === 0);
      for (const { key } of going) {
        empty.run(now, key);
        quotes.run(key);
      }
      return { gone: going.length, next: found.length < limit ? null : (found.at(-1) ?? null) };
    },
  };
}

function rows(db: Database.Database) {
  const old = db.prepare<[string, number, number, number, number], { key: number; at: number; kept: number }>(
    `SELECT o.id AS key, o.at, o.run IS NULL AND o.origin = 'source' AS kept FROM output o INDEXED BY output_by_time
     WHERE o.automation = ? AND (o.at, o.id) > (?, ?) AND o.at < ? ORDER BY o.at, o.id LIMIT ?`,
  );
  const detach = db.prepare<[number]>("UPDATE golden_result SET output = NULL WHERE output = ?");
  const remove = db.prepare<[number]>("DELETE FROM output WHERE id = ?");
  const referring = referringTo(db);
  return {
    /** Removes the next outputs with their verdicts; those that another record points at stay, without their text. */
    dropOutputs: (chunk: Chunk): SweptChunk => {
      const { automation, after, before, limit } = chunk;
      const found = old.all(automation, after.at, after.key, before, limit);
      const going = found.filter(({ key, kept }) => kept === 0 && !referring.some((any) => any(key)));
      for (const { key } of going) {
        detach.run(key);
        remove.run(key);
      }
      return { gone: going.length, next: found.length < limit ? null : (found.at(-1) ?? null) };
    },
  };
}

/** Whether a record beside verdicts and golden results points at an output, table by table. */
function referringTo(db: Database.Database): readonly ((key: number) => boolean)[] {
  const references = db
    .prepare<[], { table: string; column: string }>(
      `SELECT t.name AS "table", f."from" AS "column" FROM pragma_table_list t, pragma_foreign_key_list(t.name) f
       WHERE t.schema = 'main' AND f."table" = 'output' AND f.on_delete <> 'CASCADE' AND t.name <> 'golden_result'`,
    )
    .all();
  return references.map(({ table, column }) => {
    const any = db.prepare<[number], unknown>(`SELECT 1 FROM "${table}" WHERE "${column}" = ? LIMIT 1`);
    return (key) => any.get(key) !== undefined;
  });
}
