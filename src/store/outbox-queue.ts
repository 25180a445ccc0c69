import type Database from "better-sqlite3";
import type { OutboxState } from "./outbox.js";

/** A waiting message without its texts. */
export interface QueuedRow {
  readonly seq: number;
  readonly kind: string;
  readonly state: OutboxState;
  readonly attempts: number;
  readonly incident: number | null;
  readonly createdAt: number;
}

/** What a message that speaks for others carries. */
interface CarriedTally {
  readonly messages: number;
  readonly incidents: number;
  /** Incidents whose opening is among them. */
  readonly opened: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** A message as lists show it. */
interface ListedRow {
  readonly seq: number;
  readonly id: string;
  readonly channel: string;
  readonly kind: string;
  readonly state: OutboxState;
  readonly incident: number | null;
  readonly headline: string;
  readonly createdAt: number;
  readonly notBefore: number;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly sentAt: number | null;
  /** True: another channel was asked to carry it. */
  readonly passedOn: boolean;
  /** Number of the message that speaks for this one; null: it speaks for itself. */
  readonly carriedBy: number | null;
}

const waiting = "state IN ('pending', 'ambiguous', 'sending')";

/** The outbox as queues: what waits behind what, what speaks for what, what never arrived. */
export function outboxQueue(db: Database.Database) {
  const queued = db.prepare<[string, number], QueuedRow>(
    `SELECT seq, kind, state, attempts, incident, created_at AS createdAt FROM outbox
     WHERE channel = ? AND ${waiting} ORDER BY seq LIMIT ?`,
  );
  const waits = db
    .prepare<[string], number>(`SELECT 1 FROM outbox WHERE channel = ? AND ${waiting} LIMIT 1`)
    .pluck();
  const waitingOf = db.prepare<[number, string, number], { seq: number; kind: string; message: string }>(
    `SELECT seq, kind, message FROM outbox INDEXED BY outbox_of
     WHERE incident = ? AND channel = ? AND seq > ? AND state = 'pending' ORDER BY seq LIMIT 1000`,
  );
  const messageOf = db.prepare<[number], string>("SELECT message FROM outbox WHERE seq = ?").pluck();
  const seqOf = db
    .prepare<[string, string], number>("SELECT seq FROM outbox WHERE id = ? AND channel = ?")
    .pluck();
  const carry = db.prepare<[number, string, number]>(
    "UPDATE outbox SET state = 'superseded', carried_by = ?, last_error = ? WHERE seq = ?",
  );
  const carried = db
    .prepare<[number, number], string>("SELECT message FROM outbox WHERE carried_by = ? ORDER BY seq LIMIT ?")
    .pluck();
  const tallied = db.prepare<[number], CarriedTally>(
    `SELECT count(*) AS messages, count(DISTINCT incident) AS incidents,
       count(DISTINCT CASE kind WHEN 'opened' THEN incident END) AS opened,
       min(created_at) AS firstAt, max(created_at) AS lastAt FROM outbox WHERE carried_by = ?`,
  );
  const rewrite = db.prepare<{ seq: number; payload: string; payloadHash: string; message: string }>(
    `UPDATE outbox SET payload = @payload, payload_hash = @payloadHash, message = @message
     WHERE seq = @seq AND state = 'pending' AND attempts = 0`,
  );
  const holdUntil = db.prepare<[number, number]>(
    "UPDATE outbox SET not_before = max(not_before, ?) WHERE seq = ?",
  );
  const unpassed = db
    .prepare<[string, number], number>(
      `SELECT seq FROM outbox WHERE channel = ? AND ${waiting} AND passed_on = 0 ORDER BY seq LIMIT ?`,
    )
    .pluck();
  const owedOf = db
    .prepare<[number], number>(`SELECT 1 FROM outbox WHERE incident = ? AND ${waiting} LIMIT 1`)
    .pluck();
  const revive = db.prepare<[number, number]>(
    `UPDATE outbox SET state = 'pending', attempts = 0, first_try_at = NULL, progress = NULL, not_before = ?
     WHERE seq = ? AND state = 'dead' AND payload <> 'null'`,
  );
  const listed = (where: string, order: string) =>
    db.prepare<[number], ListedRow & { passed: number }>(
      `SELECT seq, id, channel, kind, state, incident, coalesce(message ->> '$.headline', '') AS headline,
         created_at AS createdAt, not_before AS notBefore, attempts, last_error AS lastError, sent_at AS sentAt,
         passed_on AS passed, carried_by AS carriedBy FROM outbox WHERE ${where} ORDER BY ${order} LIMIT ?`,
    );
  // one plan per state, so that each is an ordered walk of the index
  const byState = (state: OutboxState) => listed(`state = '${state}'`, "seq DESC");
  const lists = {
    pending: byState("pending"),
    sending: byState("sending"),
    ambiguous: byState("ambiguous"),
    sent: byState("sent"),
    dead: byState("dead"),
    superseded: byState("superseded"),
  };
  return {
    waits: (channel: string): boolean => waits.get(channel) !== undefined,
    /** What waits on a channel, in order, without texts. */
    queued: (channel: string, limit: number): readonly QueuedRow[] => queued.all(channel, limit),
    /** What waits of one incident on a channel behind a message, and is known not to have arrived. */
    waitingBehind: (incident: number, channel: string, seq: number) => waitingOf.all(incident, channel, seq),
    /** The channel-neutral message as JSON text. */
    messageText: (seq: number): string | null => messageOf.get(seq) ?? null,
    seqOf: (id: string, channel: string): number | null => seqOf.get(id, channel) ?? null,
    /** The message is spoken for by another one. */
    carry: (seq: number, by: number, why: string): void => void carry.run(by, why, seq),
    /** The messages that one speaks for, as JSON texts. */
    carriedTexts: (by: number, limit: number): readonly string[] => carried.all(by, limit),
    carriedTally: (by: number): CarriedTally =>
      tallied.get(by) ?? { messages: 0, incidents: 0, opened: 0, firstAt: 0, lastAt: 0 },
    /** Says something else in a message that was never tried. */
    rewrite: (seq: number, to: { payload: string; payloadHash: string; message: string }): void =>
      void rewrite.run({ seq, ...to }),
    holdUntil: (seq: number, at: number): void => void holdUntil.run(at, seq),
    /** Messages that wait on a channel and that no other was asked to carry. */
    unpassed: (channel: string, limit: number): readonly number[] => unpassed.all(channel, limit),
    /** True while a message about the incident waits on any channel. */
    owesAbout: (incident: number): boolean => owedOf.get(incident) !== undefined,
    /** A message that was given up is owed again, as if it had never been tried; false: its text has been let go. */
    revive: (seq: number, now: number): boolean => revive.run(now, seq).changes > 0,
    /** The newest messages in a state. */
    listed: (state: OutboxState, limit: number): readonly ListedRow[] =>
      lists[state].all(limit).map(({ passed, ...row }) => ({ ...row, passedOn: passed === 1 })),
  };
}
