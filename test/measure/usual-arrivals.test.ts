import { describe, expect, it } from "vitest";
import { dayMs, hourMs } from "../../src/domain/time.js";
import { type PastHours, usualArrivals } from "../../src/measure/usual-arrivals.js";

/** Monday 2 March 2026, 00:00 UTC. */
const monday = Date.UTC(2026, 2, 2);

/** Ten an hour from 8 to 18 on working days, nothing else. */
function office(days: number): PastHours {
  const counts = new Map<number, number>();
  for (let hour = 0; hour < days * 24; hour += 1) {
    const isOpen = hour % 24 >= 8 && hour % 24 < 18 && Math.floor(hour / 24) % 7 < 5;
    if (isOpen) counts.set(monday + hour * hourMs, 10);
  }
  return { counts, firstAt: monday, before: monday + days * dayMs };
}

describe("what usually comes", () => {
  it("follows the hours of the week once a week is known", () => {
    const past = office(14);
    const at = (day: number, hour: number) => monday + day * dayMs + hour * hourMs;
    expect(usualArrivals(past, at(14, 9), at(14, 12))).toBe(30);
    expect(usualArrivals(past, at(14, 9), at(14, 9.5))).toBe(5);
    expect(usualArrivals(past, at(14, 18), at(15, 8))).toBe(0);
    expect(usualArrivals(past, at(19, 8), at(20, 18))).toBe(0);
    expect(usualArrivals(past, at(14, 0), at(28, 0))).toBe(1000);
  });

  it("follows the hours of the day where less than a week is known", () => {
    const past = office(3);
    expect(usualArrivals(past, monday + 3 * dayMs, monday + 4 * dayMs)).toBe(100);
  });

  it("is the mean of the hours alike, those without outputs included", () => {
    const counts = new Map([[monday + 10 * hourMs, 12]]);
    const past = { counts, firstAt: monday, before: monday + 4 * dayMs };
    const from = monday + 4 * dayMs + 10 * hourMs;
    expect(usualArrivals(past, from, from + hourMs)).toBe(3);
  });

  it("says nothing of a past shorter than two days", () => {
    expect(usualArrivals(office(1), monday + dayMs, monday + 2 * dayMs)).toBeNull();
  });
});
