import { validateDetailed } from "node-cron";
import { describe, expect, it } from "vitest";
import { KnownError } from "../../src/domain/errors.js";
import { guardSlot } from "../../src/schedule/guard-slot.js";
import { parseSchedule } from "../../src/schedule/schedule.js";

const newYear = Date.UTC(2026, 0, 1);

function slots(expression: string, timeZone: string, from: string, count: number): string[] {
  const schedule = parseSchedule(expression, timeZone);
  const found: string[] = [];
  for (let at = Date.parse(from); found.length < count; found.push(new Date(at).toISOString().slice(0, 16)))
    at = schedule.slotAfter(at);
  return found;
}

/** One table for both libraries: node-cron accepts, croner computes. */
const accepted: [string, string[]][] = [
  ["0 * * * *", ["2026-01-01T01:00", "2026-01-01T02:00"]],
  ["*/15 * * * *", ["2026-01-01T00:15", "2026-01-01T00:30"]],
  ["5,35 9-17 * * *", ["2026-01-01T09:05", "2026-01-01T09:35"]],
  ["0-30/10 6 * * *", ["2026-01-01T06:00", "2026-01-01T06:10"]],
  ["30 2 * * *", ["2026-01-01T02:30", "2026-01-02T02:30"]],
  ["0 9 * * 1-5", ["2026-01-01T09:00", "2026-01-02T09:00", "2026-01-05T09:00"]],
  ["0 9 * * mon,wed", ["2026-01-05T09:00", "2026-01-07T09:00"]],
  ["0 9 * * 7", ["2026-01-04T09:00", "2026-01-11T09:00"]],
  ["0 9 * * 1#1", ["2026-01-05T09:00", "2026-02-02T09:00"]],
  ["0 9 * * 5L", ["2026-01-30T09:00", "2026-02-27T09:00"]],
  ["0 9 1 */3 *", ["2026-01-01T09:00", "2026-04-01T09:00"]],
  ["0 9 1 jan,jul *", ["2026-01-01T09:00", "2026-07-01T09:00"]],
  ["0 9 31 * *", ["2026-01-31T09:00", "2026-03-31T09:00"]],
  ["0 9 L * *", ["2026-01-31T09:00", "2026-02-28T09:00"]],
  ["0  9 1  * *", ["2026-01-01T09:00", "2026-02-01T09:00"]],
  ["@daily", ["2026-01-02T00:00", "2026-01-03T00:00"]],
];

describe("expressions that both libraries take", () => {
  it.each(accepted)("%s: node-cron accepts it and croner computes its slots", (expression, expected) => {
    expect(validateDetailed(expression).valid).toBe(true);
    expect(slots(expression, "UTC", "2026-01-01T00:00Z", expected.length)).toEqual(expected);
  });

  it.each(accepted)("%s: each of croner's slots lies in the fields node-cron read", (expression) => {
    const fields = validateDetailed(expression).fields;
    for (const slot of slots(expression, "UTC", "2026-01-01T00:00Z", 40)) {
      const date = new Date(`${slot}Z`);
      expect(fields?.minute).toContain(date.getUTCMinutes());
      expect(fields?.hour).toContain(date.getUTCHours());
      expect(fields?.month).toContain(date.getUTCMonth() + 1);
    }
  });
});

describe("fault 14: expressions that are refused", () => {
  it.each([
    ["61 * * * *", 'minute 61 is above 59; for "every hour" write "0 * * * *"'],
    ["5,61 * * * *", "minute 61 is above 59"],
    ["0 24 * * *", 'hour 24 is above 23; for "every day at 9" write "0 9 * * *"'],
    ["0 9 0 * *", "day of the month 0 is below 1"],
    ["0 9 * 13 *", "month 13 is above 12"],
    ["0 9 * * 8", "weekday 8 is above 7"],
    ["*/0 * * * *", 'minute "*/0" is not a number from 0 to 59'],
    ["1/5 * * * *", 'minute "1/5" is not a number from 0 to 59'],
    ["0 9 30 2 *", '30 February does not exist; for "the first of every month at 9" write "0 9 1 * *"'],
    ["0 9 31 4 *", "31 April does not exist"],
    ["0 9 31 4,6 *", "day 31 does not exist in month 4,6"],
    ["0 9 29 2 *", "comes less than once a year"],
    ["5-1 * * * *", "from value is larger than to value: '5-1'"],
    ["*/90 * * * *", "steps cannot be greater than maximum value of part (60)"],
    ["0 9 13 * 5", "limits both the day of the month and the weekday"],
    ["0 9 ? * *", 'has a "?", expected "*"'],
    ["* * * *", "has 4 fields, expected 5: minute hour day month weekday"],
    ["0 0 9 * * *", "has 6 fields, expected 5"],
    ["hourly", "has 1 field, expected 5"],
    ["", "is empty, expected 5"],
    ["@reboot", "is not a cron expression"],
    ["every", 'is "every" without a duration'],
    ["every day", 'is "every" without a duration'],
    ["every 15", 'write "every 15m"'],
    ["every 30s", "is shorter than a minute"],
    ["every 32d", "is longer than 31 days"],
  ])("%j: %s", (expression, reason) => {
    expect(() => parseSchedule(expression, "UTC")).toThrow(KnownError);
    expect(() => parseSchedule(expression, "UTC")).toThrow(reason);
  });

  it("names an unknown time zone", () =>
    expect(() => parseSchedule("0 9 * * *", "Europe/Wien")).toThrow("Europe/Wien"));
});

describe("faults 8 and 9: daylight saving", () => {
  it.each([
    [
      "in the gap at its end",
      "30 2 * * *",
      "Europe/Vienna",
      "2026-03-28T12:00Z",
      ["2026-03-29T01:00", "2026-03-30T00:30"],
    ],
    [
      "in the overlap at the first pass",
      "30 2 * * *",
      "Europe/Vienna",
      "2026-10-24T12:00Z",
      ["2026-10-25T00:30", "2026-10-26T01:30"],
    ],
    [
      "once each for a list of times",
      "30 2,14 * * *",
      "Europe/Vienna",
      "2026-10-24T13:00Z",
      ["2026-10-25T00:30", "2026-10-25T13:30"],
    ],
    [
      "in a half-hour overlap",
      "45 1 * * *",
      "Australia/Lord_Howe",
      "2026-04-04T00:00Z",
      ["2026-04-04T14:45", "2026-04-05T15:15"],
    ],
    [
      "in a midnight gap",
      "0 0 * * *",
      "America/Santiago",
      "2026-09-05T12:00Z",
      ["2026-09-06T04:00", "2026-09-07T03:00"],
    ],
  ])("puts a fixed time %s", (_name, expression, timeZone, from, expected) =>
    expect(slots(expression, timeZone, from, expected.length)).toEqual(expected),
  );

  it("keeps every 15m evenly spaced in UTC through both changes", () => {
    for (const from of ["2026-03-28T23:00Z", "2026-10-24T23:00Z"]) {
      const found = slots("every 15m", "Europe/Vienna", from, 20).map((slot) => Date.parse(`${slot}Z`));
      for (const [index, slotAt] of found.entries())
        expect(slotAt).toBe(Date.parse(from) + (index + 1) * 900_000);
    }
  });
});

describe("guardSlot", () => {
  it.each([
    ["goes backwards", (at: number) => at - 1, "came out as 2025-12-31"],
    ["stands still", (at: number) => at, "expected a later one"],
    ["finds none", () => null, "came out as none"],
    ["jumps 400 days", (at: number) => at + 400 * 86_400_000, "within 400 days"],
    [
      "throws",
      () => {
        throw new Error("loop limit exceeded");
      },
      "loop limit exceeded",
    ],
  ])("refuses a calculation that %s", (_name, compute, reason) => {
    expect(() => guardSlot("0 3 * * *", compute)(newYear)).toThrow(KnownError);
    expect(() => guardSlot("0 3 * * *", compute)(newYear)).toThrow(reason);
  });
});
