import { schedule } from "node-cron";
import type { Logger } from "../domain/ports.js";

/** A heart that can be stopped. */
export interface Beat {
  stop(): void;
}

/** Calls back every second; what is due is for the caller to look up. */
export function startBeat(onBeat: () => void, logger: Logger): Beat {
  const task = schedule("* * * * * *", onBeat, {
    noOverlap: true,
    // a late beat is no fault: what it would have found is still due at the next one
    suppressMissedWarning: true,
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (message) => logger.error("the beat failed", { reason: String(message) }),
      debug: () => undefined,
    },
  });
  return { stop: () => void task.destroy() };
}
