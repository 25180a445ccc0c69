/**
 * The heart: at every beat, what is due is run, what is overdue escalated, what is owed sent.
 * In: the ground in force. Out: work in the background, so that a source or channel that hangs never stops the heart.
 */
import pLimit from "p-limit";
import { messageOf } from "./domain/errors.js";
import type { AlarmLevels } from "./flow/alarm-levels.js";
import { createAudit } from "./flow/audit.js";
import { closeOrphans } from "./flow/close-orphans.js";
import { lookDaily } from "./flow/daily-look.js";
import { deliverDue, messagesAtOnce } from "./flow/deliver.js";
import { escalateOverdue } from "./flow/escalate.js";
import type { Ground } from "./flow/ground.js";
import { hearPresses } from "./flow/hear-presses.js";
import { keepChannels } from "./flow/keep-channels.js";
import { keepSchedules } from "./flow/keep-schedules.js";
import { keepSilences } from "./flow/keep-silences.js";
import { createTimekeeper } from "./flow/keep-time.js";
import { keepWaits } from "./flow/keep-waits.js";
import { watchOwnOutage } from "./flow/own-outage.js";
import { createReviewReminders } from "./flow/reviews/remind-reviews.js";
import type { Progress, RunReport } from "./flow/run.js";
import { historySettled, runDue } from "./flow/run-due.js";
import { createDigests } from "./flow/send-digest.js";
import { settleOwn } from "./flow/watch-itself.js";
import { pause } from "./platform/pause.js";

/** Automations worked on at once; as many more whose checks ask. */
const automationsAtOnce = 8;
/** A sign of life is stored so often. */
const aliveEveryMs = 10_000;
/** A clock set back by less is one that is kept right. */
const clockBackMs = 5_000;
/** Alarm levels follow what was seen; they are worked out again so often. */
const levelsEveryMs = 24 * 3_600_000;

/** What the heart is told, and whom it tells. */
export interface PulseOptions {
  readonly onReport?: (report: RunReport) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onReady?: () => void;
  readonly signal: AbortSignal;
  /** Breaks off sends that outlast the stop. */
  readonly cut: AbortSignal;
  /** Cares for the store itself. */
  readonly upkeep?: () => Promise<void>;
  /** Takes the register and the alarm levels anew from what the store knows. */
  readonly refresh: () => void;
}

/** Builds the heart; whoever calls `beat` decides how often. */
export function createPulse(present: () => { ground: Ground; levels: AlarmLevels }, options: PulseOptions) {
  const limit = pLimit(automationsAtOnce);
  const askingLimit = pLimit(automationsAtOnce);
  const resting = new Map<string, number>();
  const busyChannels = new Set<string>();
  const under = new Set<Promise<unknown>>();
  const time = createTimekeeper();
  const sendDigests = createDigests();
  const remindReviews = createReviewReminders();
  const audit = createAudit(() => present().ground, options.signal);
  let aliveAt = 0;
  let beatAt = 0;
  let levelsAt = present().ground.clock.now();
  let ready = false;
  let looking = false;
  const inBackground = (work: Promise<unknown>): void => {
    const ended = work
      .catch((thrown: unknown) =>
        present().ground.logger.error("work broke off", { reason: messageOf(thrown) }),
      )
      .finally(() => under.delete(ended));
    under.add(ended);
  };
  /** One duty that fails leaves the others of the beat to be done. */
  const safely = (duty: string, work: () => void): void => {
    try {
      work();
    } catch (thrown) {
      present().ground.logger.error("a duty of the beat failed", { duty, reason: messageOf(thrown) });
    }
  };
  const deliverOwed = async (): Promise<void> => {
    const { ground } = present();
    // a run keeps the register it began with: what it owed or opened may be for what a reload took out meanwhile
    closeOrphans(ground);
    keepChannels(ground);
    const sent = await deliverDue(ground, busyChannels, options.signal, options.cut);
    // a long queue goes on at once, with the ground in force by then
    if (sent >= messagesAtOnce) deliver();
  };
  const deliver = (): void => inBackground(deliverOwed());
  const keepHearing = hearPresses(
    () => present().ground,
    () => beat(),
    options.signal,
  );
  const lookToday = async (ground: Ground, levels: AlarmLevels): Promise<void> => {
    if (looking) return;
    looking = true;
    const follows = await lookDaily(ground, levels, options.signal).finally(() => {
      looking = false;
    });
    if (follows) options.refresh();
  };
  const beat = (): void => {
    if (options.signal.aborted) return;
    safely("hearing presses", keepHearing);
    const { ground, levels } = present();
    const now = ground.clock.now();
    safely("the clock", () => time.keep(ground));
    if (now < beatAt - clockBackMs) {
      ground.logger.warn("the clock was set back", { byMs: beatAt - now });
      keepSchedules(ground);
      keepWaits(ground);
    }
    beatAt = now;
    if (Math.abs(now - aliveAt) >= aliveEveryMs) {
      noteAlive(ground, now);
      aliveAt = now;
    }
    // a clock set back counts too
    if (Math.abs(now - levelsAt) >= levelsEveryMs) {
      options.refresh();
      levelsAt = now;
    }
    safely("silences", () => keepSilences(ground));
    safely("the own outage", () => watchOwnOutage(ground));
    if (options.upkeep !== undefined) inBackground(options.upkeep());
    safely("clocks of incidents", () => void escalateOverdue(ground));
    safely("incidents about Evenkeel itself", () => settleOwn(ground));
    safely("digests", () => sendDigests(ground));
    safely("reminders of reviews", () => remindReviews(ground));
    // after the clocks: what ran out while nobody looked has been passed on by now
    inBackground(audit());
    // not awaited: a source or channel that hangs must not stop the heart
    const report = (each: RunReport) => {
      options.onReport?.(each);
      deliver();
    };
    inBackground(runDue(ground, { ...options, levels, limit, askingLimit, resting, onReport: report }));
    inBackground(lookToday(ground, levels));
    deliver();
    if (!ready && ground.register.automations.every((each) => historySettled(ground, each))) {
      ready = true;
      options.onReady?.();
    }
  };
  const settled = async (withinMs: number): Promise<void> => {
    const patience = new AbortController();
    await Promise.race([Promise.allSettled([...under]), pause(withinMs, patience.signal)]);
    patience.abort();
  };
  return { beat, ready: () => ready, lag: time.lag, settled };
}

/** A disk without room, or another process in the way, must not stop the heart. */
function noteAlive({ store, logger }: Ground, now: number): void {
  try {
    store.transaction(() => store.meta.set("last_alive", String(now)));
  } catch (thrown) {
    logger.warn("the sign of life was not stored", { reason: messageOf(thrown) });
  }
}
