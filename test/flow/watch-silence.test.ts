import { describe, expect, it } from "vitest";
import { longestUsualGap } from "../../src/flow/watch-silence.js";
import { hour, monday } from "./bench-ground.js";

/** Hours with outputs over four weeks, newest first. */
function hoursWhere(holds: (weekday: number, hourOfDay: number) => boolean, weeks = 4): number[] {
  const all = Array.from({ length: weeks * 7 * 24 }, (_, index) => monday + index * hour);
  return all.filter((at) => holds(new Date(at).getUTCDay(), new Date(at).getUTCHours())).reverse();
}

const workday = (weekday: number) => weekday > 0 && weekday < 6;

describe("the gap from which on it is silence", () => {
  it.each<[string, number[], number | null]>([
    ["every hour: two hours", hoursWhere(() => true), 2 * hour],
    ["every day at six: two days, three while there are few", hoursWhere((_, at) => at === 6), 3 * 24 * hour],
    [
      "Monday to Friday at six: the weekend is usual",
      hoursWhere((weekday, at) => workday(weekday) && at === 6, 12),
      2 * 72 * hour,
    ],
    [
      "office hours: evenings are no silence, so nothing can be said",
      hoursWhere((weekday, at) => workday(weekday) && at >= 9 && at < 17),
      null,
    ],
    ["a nightly batch of an hour and a half", hoursWhere((_, at) => at === 2 || at === 3), null],
    ["too short a time", hoursWhere(() => true).slice(0, 100), null],
    ["too few", hoursWhere((_, at) => at === 6).slice(0, 15), null],
    ["nothing", [], null],
  ])("%s", (_, hours, gap) => {
    expect(longestUsualGap(hours)).toBe(gap);
  });
});
