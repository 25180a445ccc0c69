import { describe, expect, it } from "vitest";
import { createWindow, maintenanceSettings, occurrenceAt } from "../../src/incident/maintenance.js";

const windowOf = (weekly: string) =>
  createWindow(
    maintenanceSettings.parse({
      automations: ["invoices"],
      weekly,
      why: "new database",
      owner: "Marta Quill",
    }),
    "Europe/Vienna",
  );
const at = (text: string) => Date.parse(text);
const open = (weekly: string, now: string) => {
  const found = occurrenceAt(windowOf(weekly), at(now));
  return found && [found.startsAt, found.endsAt].map((each) => new Date(each).toISOString());
};

describe("a weekly window", () => {
  it.each([
    ["sun 02:00-04:00", "2026-11-29T00:59:59Z", null],
    ["sun 02:00-04:00", "2026-11-29T01:00:00Z", ["2026-11-29T01:00:00.000Z", "2026-11-29T03:00:00.000Z"]],
    ["sun 02:00-04:00", "2026-11-29T03:00:00Z", null],
    ["sun 02:00-04:00", "2026-11-30T01:30:00Z", null],
    ["sat 23:00-02:00", "2026-11-29T00:30:00Z", ["2026-11-28T22:00:00.000Z", "2026-11-29T01:00:00.000Z"]],
    ["sun 00:00-24:00", "2026-11-29T12:00:00Z", ["2026-11-28T23:00:00.000Z", "2026-11-29T23:00:00.000Z"]],
  ])("%s at %s", (weekly, now, expected) => {
    expect(open(weekly, now)).toEqual(expected);
  });

  it.each([
    [
      "the hour that comes twice",
      "2026-10-25T01:30:00Z",
      ["2026-10-25T00:00:00.000Z", "2026-10-25T03:00:00.000Z"],
    ],
    [
      "the hour that never comes",
      "2026-03-29T01:30:00Z",
      ["2026-03-29T01:00:00.000Z", "2026-03-29T02:00:00.000Z"],
    ],
  ])("lasts as the local clock shows it over %s", (_, now, expected) => {
    expect(open("sun 02:00-04:00", now)).toEqual(expected);
  });

  it.each(["sunday 02:00-04:00", "sun 2:00-4:00", "sun 02:00", "sun 25:00-26:00"])("is not %j", (weekly) => {
    expect(() => windowOf(weekly)).toThrow(
      'is no weekly window, expected day and from-to, such as \\"sun 02:00-04:00\\"',
    );
  });
});
