import { DateTime } from "luxon";
import { expect, it } from "vitest";
import {
  sayClock,
  sayDate,
  sayDayAndTime,
  sayDayOfYear,
  sayInstant,
  sayWeekdayClock,
} from "../../src/wording/times.js";

it.each(["Europe/Vienna", "UTC", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu"])(
  "says instants as luxon does, over a year of hours in %s",
  (zone) => {
    const begin = Date.UTC(2026, 0, 1);
    for (let hour = 0; hour < 8_784; hour += 7) {
      const at = begin + hour * 3_600_000 + 1_234_567;
      const now = at + ((hour % 23) - 11) * 40_000_000;
      const local = DateTime.fromMillis(at, { zone, locale: "en-US" });
      const today = DateTime.fromMillis(now, { zone, locale: "en-US" });
      const apart = Math.abs(local.startOf("day").diff(today.startOf("day"), "days").days);
      const dated = local.toFormat(local.year === today.year ? "d LLL" : "d LLL yyyy");
      const day = apart === 0 ? "" : apart < 7 ? local.toFormat("ccc") : dated;
      const clock = local.toFormat("HH:mm");
      expect(sayInstant(at, zone, now)).toBe(`${day} ${clock}`.trim());
      expect(sayDayAndTime(at, zone, now)).toBe(`${day === "" ? "today" : day} ${clock}`);
      expect(sayDate(at, zone, now)).toBe(apart === 0 ? "today" : `${local.toFormat("ccc")} ${dated}`);
      expect(sayClock(at, zone)).toBe(clock);
      expect(sayDayOfYear(at, zone)).toBe(local.toFormat("d LLL yyyy HH:mm"));
      expect(sayWeekdayClock(at, zone)).toBe(local.toFormat("ccc HH:mm"));
    }
  },
);
