import { describe, expect, it } from "vitest";
import { examineSight } from "../../src/cli/doctor-sight.js";
import { registerOne } from "../../src/cli/register-one.js";
import { alarmLevelOf, alarmLevels, alarmPrices, chanceMonths } from "../../src/flow/alarm-levels.js";
import { goldenMetric } from "../../src/flow/golden-metric.js";
import type { WatchedGolden } from "../../src/flow/ground.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { automationPage } from "../../src/http/dashboard/automation-page.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { fakeTerminal } from "../cli/fake-terminal.js";
import { benchGround, entry, hour, monday, okCheck } from "./bench-ground.js";

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

  it("works the levels out once for whoever shows both them and what cannot be seen", () => {
    const { ground, watched } = benchGround({});
    let counted = 0;
    const schedule = {
      source: weekly.source,
      slotAfter: (at: number) => {
        counted += 1;
        return weekly.slotAfter(at);
      },
    };
    const automations = [{ ...watched, schedule }];
    const counting = { ...ground, register: { ...ground.register, automations } };
    alarmLevels(counting);
    const once = counted;
    // a year of slots
    expect(once).toBeGreaterThan(50);
    for (const look of [
      () => examineSight(counting),
      () => registerOne(fakeTerminal(["register"]).terminal, counting, "invoices"),
      () => automationPage(counting, "invoices"),
    ]) {
      counted = 0;
      look();
      expect(counted).toBeGreaterThanOrEqual(once);
      expect(counted).toBeLessThan(1.5 * once);
    }
  });

  it("counts the slots of a schedule once, however many automations share it", () => {
    const { ground, watched } = benchGround({});
    const countedFor = (many: number): number => {
      let asked = 0;
      const schedule = {
        source: weekly.source,
        slotAfter: (at: number) => {
          asked += 1;
          return weekly.slotAfter(at);
        },
      };
      const automations = Array.from({ length: many }, (_, index) => ({
        ...watched,
        schedule,
        entry: { ...watched.entry, id: `invoices-${index}` },
      }));
      alarmLevels({ ...ground, register: { ...ground.register, automations } });
      return asked;
    };
    expect(countedFor(1)).toBeGreaterThan(50);
    expect(countedFor(100)).toBe(countedFor(1));
  });

  it("are told as they are in force, not worked out again for every page", () => {
    const { ground } = benchGround({});
    const levels = { ...alarmLevels(ground), page: 12_345 };
    const [page] = alarmPrices({ ...ground, levels });
    expect(page?.byRun).toBe(12_345);
  });

  /** An hourly automation with a golden set that is asked on this schedule. */
  function withGolden(schedule: WatchedGolden["schedule"]) {
    const check = okCheck();
    const metrics = planMetrics(entry, [{ check, settings: {} }], {
      numbers: [],
      categories: [],
      baseline: { outputs: 100, runs: 5 },
      golden: { checks: [check.id], baselineRuns: 10, inputs: [] },
      volume: true,
    });
    const probe = { ask: () => Promise.reject(new Error("nobody is asked here")) };
    const golden: WatchedGolden = {
      cases: [],
      probe,
      schedule,
      effects: "none",
      override: null,
      checks: [check.id],
      repeat: 1,
      reviewBy: null,
    };
    const bench = benchGround({ checks: [check], change: { golden, metrics } });
    const [ok, agreement] = ["check:ok", goldenMetric].map((id) => metrics.find((each) => each.id === id));
    if (ok === undefined || agreement === undefined) throw new Error("neither is followed");
    return { ...bench, ok, agreement };
  }

  const month = 365.25 / 12;

  it.each([
    { what: "once a day", schedule: parseSchedule("0 5 * * *", "UTC"), runs: month },
    { what: "as if weekly where nothing is scheduled", schedule: null, runs: month / 7 },
  ])("counts golden runs by themselves, whatever the outputs' schedule: $what", ({ schedule, runs }) => {
    const { ground, ok, agreement } = withGolden(schedule);
    const levels = alarmLevels(ground);
    // one check, the shape, the volume and the known answers page: each once in four months
    expect(alarmLevelOf(levels, agreement)).toBeCloseTo(4 * runs, 1);
    expect(alarmLevelOf(levels, ok)).toBeCloseTo(4 * 24 * month, 1);
    for (const plan of [ok, agreement]) expect(chanceMonths(levels, "invoices", plan)).toBeCloseTo(4, 5);
  });

  it("counts the golden runs there were, once they are known for four weeks", () => {
    const { ground, agreement, clock } = withGolden(null);
    const { runs } = ground.store;
    for (let day = 0; day < 28; day += 1) {
      const slotAt = monday + day * 24 * hour;
      const run = runs.begin({ automation: "invoices", kind: "golden", slotAt, part: 0 }, slotAt);
      runs.finish(run ?? 0, { state: "done", at: slotAt, reason: null, outputs: 4, drawn: 4 });
    }
    clock.set(monday + 28 * 24 * hour);
    expect(alarmLevelOf(alarmLevels(ground), agreement)).toBeCloseTo(4 * month, 1);
  });

  it("is never reached by what is only recorded", () => {
    const { ground, watched } = benchGround({ entryChange: { driftLevel: "record" } });
    const levels = alarmLevels(ground);
    const volume = watched.metrics.find(({ id }) => id === "volume");
    expect(volume === undefined ? 0 : alarmLevelOf(levels, volume)).toBe(Number.MAX_VALUE);
  });
});
