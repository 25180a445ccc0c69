import { describe, expect, it } from "vitest";
import { isDay } from "../../src/text/calendar.js";

describe("isDay", () => {
  it.each([
    [2024, 2, 29],
    [2000, 2, 29],
    [2026, 1, 1],
    [2026, 12, 31],
    [2026, 4, 30],
    // the leap years of the proleptic calendar, not of 1904 and 1996
    [4, 2, 29],
    [96, 2, 29],
    [0, 2, 29],
    [9999, 12, 31],
  ])("knows %d-%d-%d", (year, month, day) => {
    expect(isDay(year, month, day)).toBe(true);
  });

  it.each([
    [2023, 2, 29],
    [1900, 2, 29],
    [2100, 2, 29],
    [100, 2, 29],
    [2026, 4, 31],
    [2026, 2, 30],
    [2026, 0, 1],
    [2026, 13, 1],
    [2026, 1, 0],
    [2026, 12, 32],
    // a month that is a year later: only the year tells
    [2026, 13, 13],
    [2026, -11, 1],
    [2026, 1, 1.5],
    [2026, 1, Number.NaN],
  ])("knows no %d-%d-%d", (year, month, day) => {
    expect(isDay(year, month, day)).toBe(false);
  });
});
