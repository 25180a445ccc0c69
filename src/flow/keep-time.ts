/**
 * Whether the wall clock can be believed. In: wall and monotonic time at every beat, the last sign of life at a start.
 * Out: a jump on record, the clocks of incidents moved with it, so that what was to happen in an hour still does
 * (RELIABILITY 3.2). A computer that slept looks like a jump ahead: the time it slept does not count.
 */
import { dayMs } from "../domain/time.js";
import { sayDuration } from "../wording/durations.js";
import type { Ground } from "./ground.js";

/** A time server moves the clock by less. */
const jumpMs = 2_000;
/** A beat comes every second; one so late means that the process was held up. */
const heldUpMs = 5_000;
/** Nobody leaves a watch off for so long: rather the clock is wrong. */
const longestAbsenceMs = 30 * dayMs;
/** Before its own last sign of life by so much: the clock is or was wrong. */
const backMs = 5 * 60_000;
/** What a doubtful clock is told by, until it has run so long without a jump. */
const believedAfterMs = dayMs;

const doubtKey = "clock_doubted_at";

/** Beats come so often; what passes beyond that between two is how much the process was held up. */
const beatMs = 1_000;
/** The longest delay is remembered so long. */
const lagSpanMs = 3_600_000;

/** How late the beat came: the newest one, and the latest of the last hour. */
export interface Lag {
  readonly lateMs: number;
  readonly longestLateMs: number;
}

/** Looks at the clock at every beat. */
export function createTimekeeper() {
  const keep = keepClock();
  const late = keepLag();
  return {
    keep: (ground: Ground): void => {
      late.note(ground.clock.monotonic());
      keep(ground);
    },
    lag: late.lag,
  };
}

function keepLag() {
  let last: number | null = null;
  let newestMs = 0;
  let longest = { at: 0, ms: 0 };
  return {
    note: (now: number): void => {
      newestMs = last === null ? 0 : Math.max(0, Math.round(now - last - beatMs));
      last = now;
      if (newestMs >= longest.ms || now - longest.at > lagSpanMs) longest = { at: now, ms: newestMs };
    },
    lag: (): Lag => ({ lateMs: newestMs, longestLateMs: longest.ms }),
  };
}

function keepClock() {
  let last: { readonly wall: number; readonly monotonic: number } | null = null;
  let runningSince: number | null = null;
  return (ground: Ground): void => {
    const present = { wall: ground.clock.now(), monotonic: ground.clock.monotonic() };
    const before = last;
    runningSince ??= present.monotonic;
    last ??= present;
    if (before === null) return;
    const passedMs = present.monotonic - before.monotonic;
    if (passedMs > heldUpMs)
      ground.logger.warn("the process was held up: what was due meanwhile is done now, once", {
        heldUpMs: Math.round(passedMs),
      });
    const byMs = Math.round(present.wall - before.wall - passedMs);
    if (Math.abs(byMs) > jumpMs) {
      jumped(ground, byMs, "running");
      runningSince = present.monotonic;
    }
    // only once it is on record: a jump that the database did not take is found again at the next beat
    last = present;
    if (isClockDoubtful(ground) && present.monotonic - runningSince > believedAfterMs)
      ground.store.meta.set(doubtKey, "");
  };
}

/** At the start: a clock that cannot have come so far, or went back, moves the clocks of incidents with it. Returns whether it is doubted. */
export function checkClockAtStart(ground: Ground): boolean {
  const { meta } = ground.store;
  const aliveAt = meta.get("last_alive");
  if (aliveAt === null) return false;
  const awayMs = ground.clock.now() - Number(aliveAt);
  if (awayMs >= -backMs && awayMs <= longestAbsenceMs) return isClockDoubtful(ground);
  ground.store.transaction(() => {
    meta.set(doubtKey, String(ground.clock.now()));
    jumped(ground, awayMs, "start");
  });
  const stands = awayMs > 0 ? "ahead of" : "behind";
  ground.logger.warn(
    `the clock stands ${sayDuration(Math.abs(awayMs))} ${stands} the last sign of life; no deadline counts as missed and nothing is deleted. Check the date of this computer`,
    { now: new Date(ground.clock.now()).toISOString() },
  );
  return true;
}

/** True while the date is in doubt; whether anything may be deleted for its age is asked of clockInDoubt, which includes this. */
export function isClockDoubtful({ store }: Pick<Ground, "store">): boolean {
  return (store.meta.get(doubtKey) ?? "") !== "";
}

function jumped(ground: Ground, byMs: number, found: "running" | "start"): void {
  const at = ground.clock.now();
  ground.store.transaction(() => {
    ground.store.incidentClocks.recordJump({ at, byMs, found });
    ground.store.incidentClocks.shift(byMs);
    // back where it belongs: the doubt is over
    if (found === "running" && isClockDoubtful(ground)) ground.store.meta.set(doubtKey, "");
  });
  ground.logger.warn("clock_jump: the clocks of incidents move with it", {
    byMs,
    found,
    at: new Date(at).toISOString(),
  });
}
