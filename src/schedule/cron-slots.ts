import { Cron } from "croner";
import { instantOf, wallTime } from "../measure/local-time.js";

/** The slot of a cron expression after an instant; null when there is none. */
export function cronAfter(expression: string, timeZone: string): (at: number) => number | null {
  if (!isFixedTime(expression)) {
    const cron = new Cron(expression, { timezone: timeZone, paused: true });
    return (at) => cron.nextRun(new Date(at))?.getTime() ?? null;
  }
  return fixedTimeAfter(expression, timeZone);
}

/**
 * Fixed times are computed on the wall clock and then turned into instants, so that every day has its
 * slot: croner 11.0.1 drops the day whose gap lasts until midnight (America/Nuuk, 28 March 2026, 23:30).
 */
function fixedTimeAfter(expression: string, timeZone: string): (at: number) => number | null {
  // the wall clock as an offset of zero: a zone called UTC would be asked of Intl at every step, at a multiple of the time
  const cron = new Cron(expression, { utcOffset: 0, paused: true });
  return (at) => {
    for (let wall: number | undefined = wallTime(at, timeZone); ; ) {
      wall = cron.nextRun(new Date(wall))?.getTime();
      if (wall === undefined) return null;
      const slotAt = instantOf(wall, timeZone);
      if (slotAt > at) return slotAt;
    }
  };
}

/** True when minute and hour are numbers, lists or ranges: `30 2 * * *`, `0 9,17 * * 1-5`, `@daily`. */
function isFixedTime(expression: string): boolean {
  const [minute = "", hour = ""] = expression.trim().split(/\s+/);
  return minute.startsWith("@") ? minute !== "@hourly" : !/[*/]/.test(minute + hour);
}
