import { describe, expect, it } from "vitest";
import { type DayCost, forecastMonth } from "../../src/value/forecast-month.js";

const unit = 1_000_000;

/** Days from a date on, each with ten outputs and what it cost; null: nobody said. */
function days(first: string, costs: readonly (number | null)[]): DayCost[] {
  return costs.map((cost, index) => ({
    date: new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
    outputs: 10,
    priced: cost === null ? 0 : 10,
    micros: (cost ?? 0) * unit,
  }));
}

const same = (cost: number | null, count: number) => Array.from({ length: count }, () => cost);

describe("the forecast of a month", () => {
  it.each<[string, DayCost[], string, number | null, string | null]>([
    // 17 whole days at 2 and nothing of today yet: 14 days to come
    ["goes on at the pace of its days", days("2026-03-01", same(2, 17)), "2026-03-18", 62, "2026-03-26"],
    [
      "counts what today has cost already",
      days("2026-03-01", [...same(2, 17), 1]),
      "2026-03-18",
      62,
      "2026-03-26",
    ],
    [
      "takes nothing back from a dear day",
      days("2026-03-01", [...same(2, 17), 9]),
      "2026-03-18",
      69,
      "2026-03-22",
    ],
    ["knows the length of February", days("2028-02-01", same(1, 10)), "2028-02-11", 29, null],
    ["begins with the automation", days("2026-03-11", same(3, 7)), "2026-03-18", 63, "2026-03-27"],
    ["says nothing of the month after one day", days("2026-03-17", [3]), "2026-03-18", null, null],
    [
      "leaves out days of unknown cost",
      days("2026-03-01", [...same(2, 10), ...same(null, 7)]),
      "2026-03-18",
      48,
      null,
    ],
  ])("%s", (_, given, today, middle, usedUp) => {
    const found = forecastMonth(given, today, 50 * unit);
    expect(found?.month === null ? null : (found?.month.middle ?? Number.NaN) / unit).toBe(middle);
    expect(found?.usedUpOn).toBe(usedUp);
  });

  it("follows the week: a Friday with only a weekend to come costs no more than a weekend", () => {
    // February 2026 begins on a Sunday and ends on a Saturday; weekdays cost 5, weekends nothing
    const given = days(
      "2026-01-30",
      [...Array(28).keys()].map((n) => ([1, 2].includes(n % 7) ? 0 : 5)),
    );
    const found = forecastMonth(given, "2026-02-27", 1000 * unit);
    expect(found?.spent).toBe(19 * 5 * unit);
    expect(found?.month).toEqual({ middle: 100 * unit, low: 100 * unit, high: 100 * unit });
  });

  it("states an interval that is worked out by hand", () => {
    // 1 and 3 in turn: s² = 10/9, 21 days to come, 10 seen: 1.2816 √(10/9 (21 + 44.1)) = 10.90
    const found = forecastMonth(days("2026-03-01", [1, 3, 1, 3, 1, 3, 1, 3, 1, 3]), "2026-03-11", 50 * unit);
    expect((found?.month?.middle ?? 0) / unit).toBe(62);
    expect((found?.month?.high ?? 0) / unit - 62).toBeCloseTo(10.9, 2);
    expect(62 - (found?.month?.low ?? 0) / unit).toBeCloseTo(10.9, 2);
  });

  it("reckons the pace with outputs of unknown cost as dear as the others, and the sum without", () => {
    const given = days("2026-03-01", same(2, 10)).map((each) => ({ ...each, priced: 5, micros: unit }));
    const found = forecastMonth(given, "2026-03-11", 50 * unit);
    expect(found?.spent).toBe(10 * unit);
    expect(found?.known).toEqual({ hits: 50, n: 100 });
    expect(found?.month?.middle).toBe((10 + 21 * 2) * unit);
  });

  it.each([
    ["nothing came", []],
    ["nothing says what it cost", days("2026-03-01", same(null, 10))],
    ["all of it was last month", days("2026-02-01", same(2, 28))],
  ])("is none where %s", (_, given) => {
    expect(forecastMonth(given, "2026-03-18", 50 * unit)).toBeNull();
  });
});
