import { describe, expect, it } from "vitest";
import { type CatchUp, dueSlots } from "../../src/schedule/due-slots.js";
import { runsPerMonth } from "../../src/schedule/runs-per-month.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { SPREAD_WINDOW_MS, spreadMs } from "../../src/schedule/spread.js";

const HOUR_MS = 3_600_000;
const hourly = parseSchedule("0 * * * *", "Europe/Vienna");
const noon = Date.UTC(2026, 10, 18, 12);

function ask(nowAt: number, changes: Partial<Parameters<typeof dueSlots>[1]> = {}) {
  const catchUp: CatchUp = "replay";
  return dueSlots(hourly, {
    now: nowAt,
    nextDueAt: noon,
    spreadMs: 0,
    catchUp,
    limit: 1000,
    ...changes,
  });
}

describe("dueSlots", () => {
  it("has nothing to do before the slot", () =>
    expect(ask(noon - 1)).toEqual({ run: [], skipped: [], nextDueAt: noon, more: false }));

  it("runs the slot at its instant and moves on to the next, counted from the slot", () =>
    expect(ask(noon + 17_000)).toEqual({
      run: [{ slotAt: noon, missed: false }],
      skipped: [],
      nextDueAt: noon + HOUR_MS,
      more: false,
    }));

  it("waits for its place in the spread", () => {
    expect(ask(noon + 41_999, { spreadMs: 42_000 }).run).toEqual([]);
    expect(ask(noon + 42_000, { spreadMs: 42_000 }).run).toEqual([{ slotAt: noon, missed: false }]);
  });

  it("replays 72 missed slots in order and marks all but the newest as missed", () => {
    const plan = ask(noon + 72 * HOUR_MS + 5_000);
    expect(plan.run).toHaveLength(73);
    expect(plan.run[0]).toEqual({ slotAt: noon, missed: true });
    expect(plan.run.filter((slot) => !slot.missed)).toEqual([{ slotAt: noon + 72 * HOUR_MS, missed: false }]);
    expect(plan.nextDueAt).toBe(noon + 73 * HOUR_MS);
  });

  it("stops at its limit, says that there is more, and calls nothing current until the last part", () => {
    const first = ask(noon + 5 * HOUR_MS, { limit: 4 });
    expect(first.run.map((slot) => slot.missed)).toEqual([true, true, true, true]);
    expect(first.more).toBe(true);
    const second = ask(noon + 5 * HOUR_MS, { limit: 4, nextDueAt: first.nextDueAt });
    expect(second.run.map((slot) => slot.missed)).toEqual([true, false]);
    expect(second.more).toBe(false);
  });

  it("with latest, runs the newest missed slot once and accounts for the others", () => {
    const plan = ask(noon + 3 * HOUR_MS + 1, { catchUp: "latest" });
    expect(plan.run).toEqual([{ slotAt: noon + 3 * HOUR_MS, missed: false }]);
    expect(plan.skipped).toHaveLength(3);
    expect(plan.skipped[0]).toEqual({ slotAt: noon, reason: "missed, a newer slot took its place" });
  });

  it.each([
    ["0 * * * *", "Europe/Vienna", noon + 3 * 365 * 24 * HOUR_MS + 1, noon + 3 * 365 * 24 * HOUR_MS],
    ["every 1m", "UTC", noon + 3 * 365 * 24 * HOUR_MS + 1, noon + 3 * 365 * 24 * HOUR_MS],
    // the last slot before is weeks away
    ["* 12 * 11 *", "UTC", Date.UTC(2028, 1, 1), Date.UTC(2027, 10, 30, 12, 59)],
  ])(
    "with latest, runs the newest of more slots than its limit once: %s",
    (expression, zone, now, newest) => {
      const schedule = parseSchedule(expression, zone);
      const question = { now, nextDueAt: noon, spreadMs: 0, catchUp: "latest", limit: 50 } as const;
      const plan = dueSlots(schedule, question);
      expect(plan).toMatchObject({ run: [{ slotAt: newest, missed: false }], more: false });
      expect(plan.skipped).toHaveLength(50);
      expect(plan.nextDueAt).toBe(schedule.slotAfter(newest));
      expect(dueSlots(schedule, { ...question, nextDueAt: plan.nextDueAt }).run).toEqual([]);
    },
  );

  it("finds nothing due after the wall clock went back", () =>
    expect(ask(noon - HOUR_MS, { nextDueAt: noon + HOUR_MS }).run).toEqual([]));
});

describe("runsPerMonth", () => {
  it.each([
    ["every 15m", 2922],
    ["0 * * * *", 730.5],
    ["0 9 * * *", 30.4375],
    ["0 9 * * 1-5", 21.741],
    ["0 9 1 * *", 1],
    ["0 9 1 1,7 *", 0.167],
    ["* * * * *", 43_830],
  ])("%s gives about %d", (expression, expected) => {
    const found = runsPerMonth(parseSchedule(expression, "UTC"), Date.UTC(2026, 0, 5, 0, 30));
    expect(Math.abs(found - expected) / expected).toBeLessThan(0.02);
  });
});

describe("spreadMs", () => {
  it("is the same for the same id and stays in its window", () => {
    expect(spreadMs("support-triage", 60_000)).toBe(spreadMs("support-triage", 60_000));
    expect(spreadMs("support-triage", 0)).toBe(0);
    expect(spreadMs("support-triage", 9e9)).toBeLessThan(SPREAD_WINDOW_MS);
  });

  it("fault 15: puts no more than a fair part of 5,000 schedules into any second", () => {
    const seconds = new Map<number, number>();
    for (let index = 0; index < 5000; index += 1) {
      const second = Math.floor(spreadMs(`automation-${index}`, 300_000) / 1000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(Math.max(...seconds.values())).toBeLessThan(40);
    expect(seconds.size).toBeGreaterThan(295);
  });
});
