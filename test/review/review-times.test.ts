import { describe, expect, it } from "vitest";
import {
  type Calendar,
  daysBetween,
  governanceDayAfter,
  monthsAfter,
  nextGovernanceDay,
  reminderAt,
  remindersReached,
  reviewDue,
  workingDayFrom,
} from "../../src/review/review-times.js";

const office = { fromMinute: 540, toMinute: 1020 };
const vienna: Calendar = {
  timeZone: "Europe/Vienna",
  workingHours: [office, office, office, office, office, null, null],
  holidays: ["2026-12-24", "2026-12-25", "2027-01-01", "2027-01-06"],
};
const nobody: Calendar = { timeZone: "UTC", workingHours: [], holidays: [] };
const stages = ["before", "due", "after", "passed-on"] as const;

describe("a due date", () => {
  it.each([
    ["a Wednesday stays", "2026-12-09", "2026-12-09"],
    ["a Saturday moves to Monday", "2026-12-05", "2026-12-07"],
    ["a Sunday moves to Monday", "2026-12-06", "2026-12-07"],
    ["two holidays before a weekend", "2026-12-24", "2026-12-28"],
    ["New Year's Day, a Friday", "2027-01-01", "2027-01-04"],
    ["a holiday in the middle of a week", "2027-01-06", "2027-01-07"],
  ])("on a working day: %s", (_, date, expected) => {
    expect(workingDayFrom(date, vienna)).toBe(expected);
  });

  it("stays where it is for someone who has no working day at all", () => {
    expect(workingDayFrom("2026-12-05", nobody)).toBe("2026-12-05");
  });

  it.each([
    ["2026-11-02", 1, "2026-12-02"],
    ["2026-01-31", 1, "2026-02-28"],
    ["2027-12-31", 2, "2028-02-29"],
    ["2026-11-30", 3, "2027-02-28"],
    ["2026-10-15", 24, "2028-10-15"],
  ])("%s and %i months is %s", (date, months, expected) => {
    expect(monthsAfter(date, months)).toBe(expected);
  });

  it.each([
    ["never reviewed: once since it was met", null, null, "2027-02-18", null],
    ["the configuration's last one", "2026-09-14", null, "2026-12-14", "2026-09-14"],
    ["the recorded next date", null, "2026-11-10", "2027-03-01", "2026-11-10"],
    ["recorded later than configured", "2026-09-14", "2026-11-10", "2027-03-01", "2026-11-10"],
    ["configured later than recorded", "2026-11-16", "2026-11-10", "2027-02-16", "2026-11-16"],
    ["configured on the same day", "2026-11-10", "2026-11-10", "2027-03-01", "2026-11-10"],
  ])("follows from: %s", (_, configuredLastOn, recordedOn, dueOn, lastOn) => {
    // the recorded one names Saturday 27 February 2027
    const recorded = recordedOn === null ? null : { on: recordedOn, nextOn: "2027-02-27" };
    const history = { everyMonths: 3, configuredLastOn, recorded, metOn: "2026-11-18" };
    expect(reviewDue(history, vienna)).toEqual({ dueOn, lastOn });
  });

  it("counts days across the change of the clock", () => {
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
    expect(daysBetween("2027-03-29", "2027-03-27")).toBe(-2);
  });
});

describe("the monthly review", () => {
  it.each([
    ["2026-11-18", "first-working-day", "2026-12-01"],
    ["2026-12-01", "first-working-day", "2027-01-04"],
    ["2027-01-01", "first-working-day", "2027-01-04"],
    ["2027-01-31", "first-working-day", "2027-02-01"],
    ["2026-12-23", 24, "2026-12-28"],
    ["2026-12-24", 24, "2026-12-28"],
    ["2026-12-28", 24, "2027-01-25"],
    ["2027-02-28", 28, "2027-03-01"],
    ["2027-03-01", 28, "2027-03-29"],
  ] as const)("after %s, day %s, is on %s", (date, day, expected) => {
    expect(governanceDayAfter(date, day, vienna)).toBe(expected);
  });

  it.each([
    ["on time", "2026-12-01", "2027-01-04"],
    ["a few days early", "2026-11-27", "2027-01-04"],
    ["a week late", "2026-12-09", "2027-01-04"],
    ["shortly before the next", "2026-12-28", "2027-02-01"],
  ])("made %s it comes again a month on", (_, madeOn, expected) => {
    expect(nextGovernanceDay(madeOn, "first-working-day", vienna)).toBe(expected);
  });
});

describe("a reminder", () => {
  it.each([
    ["two weeks ahead, in winter", "2026-12-09", "before", "2026-11-25T08:00:00Z"],
    ["on the day", "2026-12-09", "due", "2026-12-09T08:00:00Z"],
    ["a week after", "2026-12-09", "after", "2026-12-16T08:00:00Z"],
    ["two weeks after", "2026-12-09", "passed-on", "2026-12-23T08:00:00Z"],
    ["ahead on a day off moves on", "2027-01-08", "before", "2026-12-28T08:00:00Z"],
    ["after on a holiday moves on", "2026-12-30", "after", "2027-01-07T08:00:00Z"],
    ["the day after the clock went forward", "2027-03-29", "due", "2027-03-29T07:00:00Z"],
    ["the day after the clock went back", "2026-10-26", "due", "2026-10-26T08:00:00Z"],
  ] as const)("comes as work begins: %s", (_, dueOn, stage, expected) => {
    const at = reminderAt({ dueOn, aheadDays: 14 }, stage, vienna);
    expect(new Date(at).toISOString()).toBe(expected.replace("Z", ".000Z"));
  });

  it("comes at the first instant after a gap that swallows the beginning of work", () => {
    const night = { fromMinute: 150, toMinute: 480 };
    const early = { ...vienna, workingHours: Array.from({ length: 7 }, () => night) };
    const at = reminderAt({ dueOn: "2027-03-28", aheadDays: 14 }, "due", early);
    expect(new Date(at).toISOString()).toBe("2027-03-28T01:00:00.000Z");
  });

  it.each([
    ["nothing before its time", "2026-11-18T12:00:00Z", "2026-11-25T07:59:59Z", []],
    ["ahead", "2026-11-18T12:00:00Z", "2026-11-25T08:00:00Z", ["before"]],
    ["everything after a long downtime", "2026-11-18T12:00:00Z", "2027-06-01T00:00:00Z", [...stages]],
    ["nothing that had passed when the date was set", "2027-05-01T00:00:00Z", "2027-06-01T00:00:00Z", []],
    ["what comes after it was set", "2026-12-10T00:00:00Z", "2026-12-20T00:00:00Z", ["after"]],
  ])("of what has come: %s", (_, setAt, now, expected) => {
    const reminded = { dueOn: "2026-12-09", aheadDays: 14, setAt: Date.parse(setAt) };
    expect(remindersReached(reminded, stages, vienna, Date.parse(now))).toEqual(expected);
  });
});
