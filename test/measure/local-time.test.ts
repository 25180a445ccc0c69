import { describe, expect, it } from "vitest";
import { dateOf, instantOf, startOfDay, wallTime, weekdayOf } from "../../src/measure/local-time.js";

const at = (text: string): number => Date.parse(`${text}:00Z`);

describe("instantOf", () => {
  it.each([
    ["an ordinary time", "Europe/Vienna", "2026-06-01T09:00", "2026-06-01T07:00"],
    ["the earlier of two autumn times", "Europe/Vienna", "2026-10-25T02:30", "2026-10-25T00:30"],
    ["the end of a spring gap", "Europe/Vienna", "2026-03-29T02:30", "2026-03-29T01:00"],
    ["the end of a gap at midnight", "America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00"],
    ["the end of a gap up to midnight", "America/Nuuk", "2026-03-28T23:59", "2026-03-29T01:00"],
    [
      "the earlier of two in a half-hour overlap",
      "Australia/Lord_Howe",
      "2026-04-05T01:45",
      "2026-04-04T14:45",
    ],
    ["a zone of three quarters", "Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15"],
  ])("finds %s", (_name, timeZone, wall, expected) =>
    expect(new Date(instantOf(at(wall), timeZone)).toISOString()).toBe(`${expected}:00.000Z`),
  );

  it("undoes wallTime outside an overlap", () => {
    for (let instant = at("2026-01-01T00:00"); instant < at("2026-10-24T00:00"); instant += 7_777_000)
      expect(instantOf(wallTime(instant, "America/New_York"), "America/New_York")).toBe(instant);
  });
});

it("reads date and weekday from a wall time", () => {
  expect(dateOf(at("2026-11-18T23:59"))).toBe("2026-11-18");
  expect(startOfDay(at("2026-11-18T23:59"))).toBe(at("2026-11-18T00:00"));
  expect(weekdayOf(at("2026-11-18T23:59"))).toBe(2);
  expect(weekdayOf(at("2026-11-22T12:00"))).toBe(6);
});
