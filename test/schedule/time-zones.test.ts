import { DateTime, IANAZone } from "luxon";
import { describe, expect, it } from "vitest";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { isTimeZone, timeZoneNames } from "../../src/schedule/time-zone.js";

const DAY_MS = 86_400_000;
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2028, 0, 1);

/** Instants at which the offset of a zone changes, to the minute; the year's start for a quiet zone. */
function changes(timeZone: string): number[] {
  const zone = IANAZone.create(timeZone);
  const found: number[] = [];
  for (let low = from; low < to; low += 4 * DAY_MS) {
    let [before, after] = [low, low + 4 * DAY_MS];
    if (zone.offset(before) === zone.offset(after)) continue;
    while (after - before > 60_000) {
      const middle = Math.floor((before + after) / 120_000) * 60_000;
      if (zone.offset(middle) === zone.offset(low)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found.length === 0 ? [from] : found;
}

const zones = timeZoneNames().map((timeZone) => ({ timeZone, changes: changes(timeZone) }));

function isoDate(at: number, timeZone: string): string {
  return DateTime.fromMillis(at, { zone: timeZone }).toISODate() ?? "";
}

describe("faults 8 and 9: every time zone, 2026 and 2027, around each change of the clock", () => {
  it.each(["0 0 * * *", "30 0 * * *", "30 1 * * *", "30 2 * * *", "30 23 * * *"])(
    "%s gives exactly one slot per local day",
    (expression) => {
      for (const { timeZone, changes } of zones) {
        const schedule = parseSchedule(expression, timeZone);
        for (const changeAt of changes) {
          const noon = DateTime.fromMillis(changeAt, { zone: timeZone }).set({ hour: 12 }).minus({ days: 2 });
          const days = Array.from({ length: 4 }, (_, day) => noon.plus({ days: day }).toISODate());
          const found: string[] = [];
          let at = noon.startOf("day").toMillis() - 1;
          while (found.length < 4) {
            at = schedule.slotAfter(at);
            const movedPastMidnight = at === changeAt && expression === "30 23 * * *";
            found.push(isoDate(movedPastMidnight ? at - 1 : at, timeZone));
          }
          expect(found, timeZone).toEqual(days);
        }
      }
    },
  );

  it("*/15 never leaves more than 45 minutes between slots", () => {
    for (const { timeZone, changes } of zones) {
      const schedule = parseSchedule("*/15 * * * *", timeZone);
      for (const changeAt of changes.slice(0, 2))
        for (let at = changeAt - 3_600_000; at < changeAt + 7_200_000; ) {
          const next = schedule.slotAfter(at);
          expect(next - at, timeZone).toBeLessThanOrEqual(45 * 60_000);
          at = next;
        }
    }
  });
});

describe("isTimeZone", () => {
  it.each(["UTC", "Europe/Vienna", "America/Argentina/Buenos_Aires", "Asia/Kolkata"])("knows %s", (name) =>
    expect(isTimeZone(name)).toBe(true),
  );
  it.each(["", "local", "Europe/Wien", "+02:00", "UTC+3", "Mars/Olympus"])("does not know %j", (name) =>
    expect(isTimeZone(name)).toBe(false),
  );
});
