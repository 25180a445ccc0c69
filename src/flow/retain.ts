/**
 * Retention: what has passed its age is let go, in the background, a few rows at a time.
 * In: how long what is kept. Out: a smaller store; counts by hour, findings and incidents outlive the rows. Never works
 * while the clock is in doubt (its caller looks), and never holds the database for longer than a chunk.
 */
import { dayMs } from "../domain/time.js";
import type { SweepPosition, SweptChunk } from "../store/retention.js";
import type { Ground } from "./ground.js";
import { isClockDoubtful } from "./keep-time.js";

/** How long what is kept. */
export interface Retention {
  readonly bodiesMs: number;
  readonly verdictsMs: number;
}

/** How long everything is kept; automations may differ. */
export interface RetentionPlan extends Retention {
  readonly messagesMs: number;
  readonly of: (automation: string) => Retention;
}

/** What a sweep came to. */
export interface Sweep {
  readonly bodies: number;
  readonly outputs: number;
  readonly asides: number;
  readonly messages: number;
  readonly longestChunkMs: number;
}

/** A chunk is made as large as fits into this. */
const chunkMs = 5;
const rows = { first: 50, least: 5, most: 500 } as const;
/** Between two chunks everything else has its turn. */
const pauseMs = 20;
/** Unused pages are given back until at most this share of the file is left for what comes next. */
const unusedShare = 0.1;
const beginning: SweepPosition = { at: Number.MIN_SAFE_INTEGER, key: 0 };

/** Sweeps once through everything. */
export async function sweep(ground: Ground, plan: RetentionPlan, signal: AbortSignal): Promise<Sweep> {
  const { retention } = ground.store;
  const now = ground.clock.now();
  const pace = paceOf(ground, signal);
  const total = { bodies: 0, outputs: 0, asides: 0, messages: 0 };
  for (const automation of retention.automations()) {
    const { bodiesMs, verdictsMs } = plan.of(automation);
    const needed = retention.neededFrom(automation) ?? Number.MAX_SAFE_INTEGER;
    const before = (ageMs: number) => Math.min(now - ageMs, needed);
    total.bodies += await through(pace, (after, limit) =>
      retention.dropBodies({ automation, before: before(bodiesMs), after, limit, now }),
    );
    total.outputs += await through(pace, (after, limit) =>
      retention.dropOutputs({
        automation,
        before: before(Math.max(bodiesMs, verdictsMs)),
        after,
        limit,
        now,
      }),
    );
    total.asides += await emptied(pace, (limit) => retention.dropAsides(automation, now - bodiesMs, limit));
  }
  total.messages += await emptied(pace, (limit) => retention.dropPayloads(now - plan.messagesMs, limit));
  await giveBack(ground, pace);
  return { ...total, longestChunkMs: pace.longestMs() };
}

type Pace = ReturnType<typeof paceOf>;

/** Runs chunk after chunk, each in its own transaction, sized by how long the one before took. */
function paceOf(ground: Ground, signal: AbortSignal) {
  let limit: number = rows.first;
  let longest = 0;
  const timed = <T>(work: () => T): { done: T; tookMs: number } => {
    const begunAt = ground.clock.monotonic();
    const done = work();
    const tookMs = ground.clock.monotonic() - begunAt;
    longest = Math.max(longest, tookMs);
    return { done, tookMs };
  };
  const rest = async (): Promise<boolean> => {
    await ground.pause(pauseMs, signal);
    return !signal.aborted;
  };
  return {
    chunk: <T>(work: (limit: number) => T): { done: T; asked: number } => {
      const asked = limit;
      const { done, tookMs } = timed(() => ground.store.transaction(() => work(asked)));
      // half of the time is aimed at: a chunk of larger rows takes longer than the one before it
      limit = Math.min(
        rows.most,
        Math.max(rows.least, Math.floor((asked * chunkMs) / 2 / Math.max(tookMs, 0.5))),
      );
      // a pace that grows slowly never meets a sudden slope
      limit = Math.min(limit, asked * 2);
      return { done, asked };
    },
    timed,
    /** False: it is to stop. */
    rest,
    longestMs: () => longest,
  };
}

async function through(
  pace: Pace,
  drop: (after: SweepPosition, limit: number) => SweptChunk,
): Promise<number> {
  let gone = 0;
  let after: SweepPosition | null = beginning;
  while (after !== null) {
    const from: SweepPosition = after;
    const { done } = pace.chunk((limit) => drop(from, limit));
    gone += done.gone;
    after = done.next;
    if (after !== null && !(await pace.rest())) return gone;
  }
  return gone;
}

async function emptied(pace: Pace, drop: (limit: number) => number): Promise<number> {
  let gone = 0;
  for (;;) {
    const { done, asked } = pace.chunk(drop);
    gone += done;
    if (done < asked || !(await pace.rest())) return gone;
  }
}

/** Pages that hold nothing go back to the disk, in steps. */
async function giveBack(ground: Ground, pace: Pace): Promise<void> {
  const { file } = ground.store;
  let { free, pages } = file.unused();
  while (free > pages * unusedShare && (await pace.rest())) {
    pace.timed(file.giveBack);
    const left = file.unused();
    // a database from before this setting gives nothing back
    if (left.free === free) return;
    ({ free, pages } = left);
  }
}

/** A clock further than this from the last trusted time is in doubt. */
const clockDoubtMs = 45 * dayMs;
/** After so long people had the chance to see the warning and set it right. */
const doubtLastsMs = 7 * dayMs;
const trustedKey = "clock_trusted";
const doubtedKey = "clock_doubted_since";

/**
 * Whether the wall clock can be believed enough to delete by it (RELIABILITY, fault 11): one that is weeks away from
 * the last time it was believed is in doubt for seven days, or until it is back; so is one that was doubted at the start
 * or jumped. Notes what it finds.
 */
export function clockInDoubt(ground: Ground): boolean {
  const { meta } = ground.store;
  const now = ground.clock.now();
  const known = meta.get(trustedKey) ?? meta.get("last_alive");
  const trusted = known === null ? now : Number(known);
  if (Math.abs(now - trusted) > clockDoubtMs) {
    const since = Number(meta.get(doubtedKey) ?? now);
    if (now - since < doubtLastsMs) {
      ground.store.transaction(() => {
        meta.setOnce(trustedKey, String(trusted));
        meta.set(doubtedKey, String(Math.min(since, now)));
      });
      return true;
    }
  }
  if (isClockDoubtful(ground)) return true;
  ground.store.transaction(() => {
    meta.set(trustedKey, String(now));
    meta.remove(doubtedKey);
  });
  return false;
}
