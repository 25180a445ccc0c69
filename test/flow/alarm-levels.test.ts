import { describe, expect, it } from "vitest";
import { alarmLevelOf, alarmLevels, chanceMonths } from "../../src/flow/alarm-levels.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { benchGround } from "./bench-ground.js";

const weekly = parseSchedule("0 6 * * 1", "UTC");

describe("the level at which metrics alarm", () => {
  it("counts a volume in hours, and leaves the checks of a weekly automation as they are", () => {
    const { ground, watched } = benchGround({ change: { schedule: weekly } });
    const automations = [{ ...watched, schedule: weekly }];
    const levels = alarmLevels({ ...ground, register: { ...ground.register, automations } });
    const check = watched.metrics.find(({ id }) => id === "check:ok");
    const volume = watched.metrics.find(({ id }) => id === "volume");
    if (check === undefined || volume === undefined) throw new Error("neither is followed");
    // one check, the shape and the volume page, one false alarm a month between them: each once in three months
    expect(alarmLevelOf(levels, check)).toBeCloseTo((3 * 365.25) / 12 / 7, 1);
    expect(alarmLevelOf(levels, volume)).toBe(3 * 730);
    expect(chanceMonths(levels, "invoices", check)).toBeCloseTo(3, 5);
    expect(chanceMonths(levels, "invoices", volume)).toBe(3);
  });

  it("is never reached by what is only recorded", () => {
    const { ground, watched } = benchGround({ entryChange: { driftLevel: "record" } });
    const levels = alarmLevels(ground);
    const volume = watched.metrics.find(({ id }) => id === "volume");
    expect(volume === undefined ? 0 : alarmLevelOf(levels, volume)).toBe(Number.MAX_VALUE);
  });
});
