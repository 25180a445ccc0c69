import type Database from "better-sqlite3";

/** Whether a channel may be used now. */
interface ChannelState {
  readonly blockedUntil: number | null;
  readonly brokenSince: number | null;
  readonly reason: string | null;
  /** Until when the tries made so far are paid for at the channel's rate; null: none was made. */
  readonly paidUntil: number | null;
}

const fine: ChannelState = { blockedUntil: null, brokenSince: null, reason: null, paidUntil: null };

/** Rate limits and permanent failures, per channel. */
export function channelStateTable(db: Database.Database) {
  const select = db.prepare<[string], ChannelState>(
    "SELECT blocked_until AS blockedUntil, broken_since AS brokenSince, reason, paid_until AS paidUntil FROM channel_state WHERE channel = ?",
  );
  const put = db.prepare<Omit<ChannelState, "paidUntil"> & { channel: string }>(
    `INSERT INTO channel_state (channel, blocked_until, broken_since, reason) VALUES (@channel, @blockedUntil, @brokenSince, @reason)
     ON CONFLICT (channel) DO UPDATE SET blocked_until = excluded.blocked_until, broken_since = excluded.broken_since,
       reason = excluded.reason`,
  );
  const pay = db.prepare<[string, number]>(
    "INSERT INTO channel_state (channel, paid_until) VALUES (?, ?) ON CONFLICT (channel) DO UPDATE SET paid_until = excluded.paid_until",
  );
  const believe = db.prepare<[number, number]>(
    "UPDATE channel_state SET blocked_until = ? WHERE blocked_until > ?",
  );
  return {
    get: (channel: string): ChannelState => select.get(channel) ?? fine,
    put: (channel: string, state: Omit<ChannelState, "paidUntil">): void =>
      void put.run({ channel, ...state }),
    /** A try was made, which is paid for until then. */
    pay: (channel: string, until: number): void => void pay.run(channel, until),
    /** After the clock was set back: no channel is blocked for longer. */
    believe: (latest: number): void => void believe.run(latest, latest),
  };
}
