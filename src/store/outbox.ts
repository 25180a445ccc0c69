import type Database from "better-sqlite3";
import type { Json } from "../domain/json.js";
import { outboxQueue } from "./outbox-queue.js";

/** Where an owed message stands. */
export type OutboxState = "pending" | "sending" | "sent" | "ambiguous" | "dead" | "superseded";

/** One message owed to one channel; the payload is rendered once and replayed byte for byte. */
export interface OutboxRow {
  readonly seq: number;
  readonly id: string;
  readonly incident: number | null;
  readonly channel: string;
  readonly kind: string;
  readonly payload: Json;
  /** The channel-neutral message as JSON text, for another channel to carry. */
  readonly message: string;
  readonly dedupeKey: string;
  readonly state: OutboxState;
  readonly createdAt: number;
  readonly notBefore: number;
  readonly attempts: number;
  readonly firstTryAt: number | null;
  readonly lastError: string | null;
  readonly reference: Json | null;
  /** What a failed try has done already. */
  readonly progress: Json | null;
  readonly sentAt: number | null;
  readonly passedOn: boolean;
}

/** A message to be owed. */
interface NewMessage {
  readonly id: string;
  readonly incident: number | null;
  readonly channel: string;
  readonly kind: string;
  readonly payload: Json;
  readonly payloadHash: string;
  readonly message: string;
  /** Keeps a repeated decision from owing the same message twice. */
  readonly dedupeKey: string;
  readonly createdAt: number;
}

interface Row extends Omit<OutboxRow, "payload" | "reference" | "progress" | "passedOn"> {
  readonly payload: string;
  readonly reference: string | null;
  readonly progress: string | null;
  readonly passedOn: number;
}

const columns = `seq, id, incident, channel, kind, payload, message, dedupe_key AS dedupeKey, state, created_at AS createdAt,
  not_before AS notBefore, attempts, first_try_at AS firstTryAt, last_error AS lastError, reference, progress, sent_at AS sentAt,
  passed_on AS passedOn`;

/** Messages owed and delivered. */
export function outboxTable(db: Database.Database) {
  const insert = db.prepare<Record<string, string | number | null>>(
    `INSERT OR IGNORE INTO outbox (id, incident, channel, kind, payload, payload_hash, message, dedupe_key, state, created_at, not_before)
     VALUES (@id, @incident, @channel, @kind, @payload, @payloadHash, @message, @dedupeKey, 'pending', @createdAt, @createdAt)`,
  );
  // order within a channel is by seq: the head waits, the rest wait behind it
  const head = db.prepare<[string], Row>(
    `SELECT ${columns} FROM outbox WHERE channel = ? AND state IN ('pending', 'ambiguous', 'sending') ORDER BY seq LIMIT 1`,
  );
  // digests wait days for a mailbox: nothing waits behind one
  const urgent = db.prepare<[string], Row>(
    `SELECT ${columns} FROM outbox WHERE kind <> 'digest' AND channel = ? AND state IN ('pending', 'ambiguous', 'sending')
     ORDER BY seq LIMIT 1`,
  );
  const sending = db.prepare<[number, number]>(
    "UPDATE outbox SET state = 'sending', attempts = attempts + 1, first_try_at = coalesce(first_try_at, ?) WHERE seq = ?",
  );
  const settle = db.prepare<{
    seq: number;
    state: string;
    at: number | null;
    error: string | null;
    reference: string | null;
    progress: string | null;
    notBefore: number;
  }>(
    `UPDATE outbox SET state = @state, sent_at = @at, last_error = @error, reference = coalesce(@reference, reference), progress = @progress,
       not_before = max(not_before, @notBefore) WHERE seq = @seq`,
  );
  const interrupted = db.prepare("UPDATE outbox SET state = 'ambiguous' WHERE state = 'sending'");
  // what was never tried has nothing to wait for
  const believe = db.prepare<{ now: number; latest: number }>(
    `UPDATE outbox SET not_before = min(not_before, CASE attempts WHEN 0 THEN @now ELSE @latest END), first_try_at = min(first_try_at, @now)
     WHERE state IN ('pending', 'ambiguous', 'sending') AND (not_before > @latest OR first_try_at > @now OR created_at > @now)`,
  );
  const root = db.prepare<[number, string], { reference: string | null }>(
    `SELECT reference FROM outbox WHERE incident = ? AND channel = ? AND kind = 'opened' AND state = 'sent' AND reference IS NOT NULL
     ORDER BY seq LIMIT 1`,
  );
  const channels = db.prepare<[], { channel: string }>(
    "SELECT DISTINCT channel FROM outbox WHERE state IN ('pending', 'ambiguous', 'sending')",
  );
  // not those that only stood in for another
  const told = db.prepare<[number], { channel: string }>(
    "SELECT DISTINCT channel FROM outbox WHERE incident = ? AND dedupe_key NOT LIKE channel || ':for:%'",
  );
  const passOn = db.prepare<[number]>("UPDATE outbox SET passed_on = 1 WHERE seq = ?");
  const ofIncident = db.prepare<[number], Row>(
    `SELECT ${columns} FROM outbox WHERE incident = ? ORDER BY seq LIMIT 1000`,
  );
  const byState = db.prepare<[string, number], Row>(
    `SELECT ${columns} FROM outbox WHERE state = ? ORDER BY seq DESC LIMIT ?`,
  );
  const bySeq = db.prepare<[number], Row>(`SELECT ${columns} FROM outbox WHERE seq = ?`);
  const byId = db.prepare<[string], Row>(`SELECT ${columns} FROM outbox WHERE id = ?`);
  const waiting = db.prepare<[number], { seq: number }>(
    `SELECT seq FROM outbox WHERE incident = ? AND state IN ('pending', 'ambiguous', 'sending') LIMIT 1`,
  );
  const counts = db.prepare<[], { state: OutboxState; messages: number }>(
    "SELECT state, count(*) AS messages FROM outbox GROUP BY state",
  );
  return {
    ...outboxQueue(db),
    get: (seq: number): OutboxRow | null => found(bySeq.get(seq)),
    owe: (message: NewMessage): boolean =>
      insert.run({
        ...message,
        payload: JSON.stringify(message.payload),
      }).changes > 0,
    /** The message this channel has to deal with first; null: nothing is owed. */
    head: (channel: string): OutboxRow | null => found(urgent.get(channel) ?? head.get(channel)),
    channelsWithWork: (): readonly string[] => channels.all().map((row) => row.channel),
    markSending: (seq: number, now: number): void => void sending.run(now, seq),
    settle: (
      seq: number,
      to: {
        state: OutboxState;
        sentAt?: number;
        error?: string;
        reference?: Json | null;
        progress?: Json | null;
        notBefore?: number;
      },
    ): void =>
      void settle.run({
        seq,
        state: to.state,
        at: to.sentAt ?? null,
        error: to.error ?? null,
        reference: text(to.reference),
        progress: text(to.progress),
        notBefore: to.notBefore ?? 0,
      }),
    /** After a start: whatever was being sent may or may not have arrived. Returns how many. */
    markInterrupted: (): number => interrupted.run().changes,
    /** After the clock was set back: no owed message waits for longer than until `latest`, none was tried in the future. */
    believe: (now: number, latest: number): void => void believe.run({ now, latest }),
    /** What the channel returned for the incident's opening message. */
    rootReference: (incident: number, channel: string): Json | null => {
      const reference = root.get(incident, channel)?.reference ?? null;
      return reference === null ? null : json(reference);
    },
    /** The channels that messages about an incident were meant for. */
    channelsTold: (incident: number): readonly string[] => told.all(incident).map((row) => row.channel),
    markPassedOn: (seq: number): void => void passOn.run(seq),
    ofIncident: (incident: number): readonly OutboxRow[] => ofIncident.all(incident).map(fromRow),
    /** True while a message about the incident has still to be delivered. */
    isWaiting: (incident: number): boolean => waiting.get(incident) !== undefined,
    inState: (state: OutboxState, limit: number): readonly OutboxRow[] =>
      byState.all(state, limit).map(fromRow),
    /** The messages of that id, of every channel in one look. */
    byIds: (ids: readonly string[]): readonly OutboxRow[] => ids.flatMap((id) => byId.all(id).map(fromRow)),
    /** How many are still to be delivered, under way included, and how many never will be. */
    tally: (): { readonly waiting: number; readonly undeliverable: number } => {
      const all = Object.fromEntries(counts.all().map((row) => [row.state, row.messages]));
      return {
        waiting: (all.pending ?? 0) + (all.ambiguous ?? 0) + (all.sending ?? 0),
        undeliverable: all.dead ?? 0,
      };
    },
    counts: (): Readonly<Record<string, number>> =>
      Object.fromEntries(counts.all().map((row) => [row.state, row.messages])),
  };
}

function found(row: Row | undefined): OutboxRow | null {
  return row === undefined ? null : fromRow(row);
}

function fromRow(row: Row): OutboxRow {
  return {
    ...row,
    payload: json(row.payload),
    reference: row.reference === null ? null : json(row.reference),
    progress: row.progress === null ? null : json(row.progress),
    passedOn: row.passedOn === 1,
  };
}

function text(value: Json | null | undefined): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function json(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}
