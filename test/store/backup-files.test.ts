import { describe, expect, it } from "vitest";
import { type BackupFile, backupsToDrop } from "../../src/store/backup-files.js";

const day = 24 * 3_600_000;
const now = Date.UTC(2026, 2, 30, 2, 30);
const nightly = (daysAgo: number): BackupFile => ({
  path: `${daysAgo}`,
  at: now - daysAgo * day,
  bytes: 1,
  before: null,
});

describe("what stays of the backups", () => {
  it("is one of each of the last seven days and of each of the last four weeks, and the copies before a new schema", () => {
    const all = Array.from({ length: 60 }, (_, index) => nightly(index));
    const before = { path: "pre-6", at: now - 50 * day, bytes: 1, before: 6 };
    const keep = { daily: 7, weekly: 4, timeZone: "Europe/Vienna" };
    const dropped = new Set(backupsToDrop([...all, before], keep));
    // Monday 30 March: its week has one day, the weeks before end on the 29th, 22nd and 15th
    expect([...all, before].filter((each) => !dropped.has(each)).map(({ path }) => path)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "8",
      "15",
      "pre-6",
    ]);
  });

  it("is never nothing", () => {
    expect(backupsToDrop([nightly(90)], { daily: 1, weekly: 0, timeZone: "UTC" })).toEqual([]);
  });
});
