import { describe, expect, it } from "vitest";
import {
  sayClock,
  sayDate,
  sayDayAndTime,
  sayInstant,
  sayWeekdayClock,
  sayZone,
} from "../../src/wording/times.js";

const vienna = "Europe/Vienna";
/** Wed 18 Nov 2026, 07:02 in Vienna. */
const now = Date.UTC(2026, 10, 18, 6, 2);
const hour = 3_600_000;

describe("sayInstant", () => {
  it.each([
    [now, "07:02"],
    [now + hour, "08:02"],
    [Date.UTC(2026, 10, 17, 14, 0), "Tue 15:00"],
    [Date.UTC(2026, 10, 17, 22, 59), "Tue 23:59"],
    [Date.UTC(2026, 10, 17, 23, 0), "00:00"],
    [now + 6 * 24 * hour, "Tue 07:02"],
    [now + 7 * 24 * hour, "25 Nov 07:02"],
    [Date.UTC(2026, 10, 9, 14, 0), "9 Nov 15:00"],
    [Date.UTC(2026, 8, 9, 13, 0), "9 Sep 15:00"],
    [Date.UTC(2025, 10, 9, 14, 0), "9 Nov 2025 15:00"],
  ])("says %d as %s", (at, said) => {
    expect(sayInstant(at, vienna, now)).toBe(said);
  });

  it("counts calendar days, not 24 hours, over the night the clocks change", () => {
    const sunday = Date.UTC(2026, 9, 25, 22, 30);
    expect(sayInstant(Date.UTC(2026, 9, 24, 22, 30), vienna, sunday)).toBe("00:30");
    expect(sayInstant(Date.UTC(2026, 9, 24, 21, 30), vienna, sunday)).toBe("Sat 23:30");
  });

  it("says both hours of the autumn night as the wall clock showed them", () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    expect([first, first + hour].map((at) => sayClock(at, vienna))).toEqual(["02:30", "02:30"]);
  });

  it("says today where a bare hour would hang", () => {
    expect(sayDayAndTime(now, vienna, now)).toBe("today 07:02");
    expect(sayDayAndTime(now - 24 * hour, vienna, now)).toBe("Tue 07:02");
  });
});

describe("days and zones", () => {
  it("says a date with its weekday", () => {
    expect(sayDate(Date.UTC(2026, 10, 17, 14, 0), vienna, now)).toBe("Tue 17 Nov");
    expect(sayDate(Date.UTC(2025, 10, 17, 14, 0), vienna, now)).toBe("Mon 17 Nov 2025");
    expect(sayDate(now, vienna, now)).toBe("today");
    expect(sayWeekdayClock(now, vienna)).toBe("Wed 07:02");
  });

  it.each([
    ["Europe/Vienna", "Vienna time"],
    ["America/New_York", "New York time"],
    ["America/Argentina/Buenos_Aires", "Buenos Aires time"],
    ["UTC", "UTC"],
    ["Etc/UTC", "UTC"],
  ])("says %s as %s", (zone, said) => {
    expect(sayZone(zone)).toBe(said);
  });
});
