import { expect, it } from "vitest";
import { openTime } from "../../src/review/open-time.js";
import { sensitiveAmong } from "../../src/review/sensitive-data.js";

const open = (openedAt: number, endedAt: number | null) => ({ openedAt, endedAt });

it.each([
  ["nothing", [], 0],
  ["one inside", [open(20, 30)], 10],
  ["one that still is open", [open(80, null)], 20],
  ["one that began before and one that ended after", [open(0, 20), open(90, 200)], 20],
  ["two that overlap count once", [open(20, 50), open(40, 60)], 40],
  ["one within another", [open(20, 80), open(30, 40)], 60],
  ["in any order", [open(70, 80), open(20, 30)], 20],
  ["one that had ended before", [open(0, 5)], 0],
])("counts the time in which at least one was open: %s", (_, stretches, expected) => {
  expect(openTime(stretches, 10, 100)).toBe(expected);
});

it("knows kinds of data that touch people, money or secrets", () => {
  const kinds = ["Customer names", "stock levels", "IBANs", "Gehaltslisten", "weather"];
  expect(sensitiveAmong(kinds)).toEqual(["Customer names", "IBANs", "Gehaltslisten"]);
});
