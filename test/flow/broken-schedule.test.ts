import { describe, expect, it } from "vitest";
import { alarmLevels } from "../../src/flow/alarm-levels.js";
import type { Ground, Watched } from "../../src/flow/ground.js";
import { itselfId } from "../../src/flow/itself.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { createPulse } from "../../src/pulse.js";
import { guardSlot } from "../../src/schedule/guard-slot.js";
import type { Schedule } from "../../src/schedule/schedule.js";
import {
  benchGround,
  draft,
  hour,
  levels,
  monday,
  recordingChannel,
  scriptedSource,
} from "./bench-ground.js";

/** Hourly, until its library throws, as cron-parser does for hourly slots in Australia/Lord_Howe. */
function frail() {
  const state = { broken: false };
  const schedule: Schedule = {
    source: "0 * * * * (frail)",
    slotAfter: guardSlot("0 * * * *", (at) => {
      if (state.broken) throw new Error("loop limit exceeded");
      return (Math.floor(at / hour) + 1) * hour;
    }),
  };
  return { state, schedule };
}

/** Two automations by the hour, of which the first has a frail schedule. */
function two() {
  const channel = recordingChannel("ops");
  const bench = benchGround({ channels: [channel.ready] });
  const { state, schedule } = frail();
  const other = scriptedSource();
  const first: Watched = { ...bench.watched, schedule };
  const second: Watched = {
    ...bench.watched,
    source: other,
    entry: { ...bench.watched.entry, id: "orders", title: "Order intake" },
  };
  const register = { ...bench.ground.register, automations: [first, second] };
  const ground: Ground = { ...bench.ground, register };
  const signal = new AbortController().signal;
  const start = (on: Ground = ground) => {
    keepSchedules(on);
    const pulse = createPulse(() => ({ ground: on, levels }), {
      signal,
      cut: signal,
      refresh: () => undefined,
    });
    return async () => {
      pulse.beat();
      await pulse.settled(1_000);
      await pulse.settled(1_000);
    };
  };
  const ran = (id: string) => ground.store.runs.list(id, 99).filter((run) => run.slotAt > monday).length;
  const own = () => ground.store.incidents.open().filter((row) => row.automation === itselfId);
  return { ...bench, ground, channel, state, other, start, ran, own };
}

describe("fault 16: a schedule whose next slot cannot be computed", () => {
  it("stands still by itself while running, is told of once, and the others go on", async () => {
    const { clock, start, ran, own, state, other, channel } = two();
    const beat = start();
    await beat();
    state.broken = true;
    for (let slot = 1; slot <= 3; slot += 1) {
      other.outputs.push(draft(`o${slot}`, monday + slot * hour - 60_000, "ok"));
      clock.set(monday + slot * hour + 11_000);
      await beat();
      await beat();
    }
    expect([ran("invoices"), ran("orders")]).toEqual([0, 3]);
    expect(own().map(({ title }) => title)).toEqual([
      "the runs of Invoice extraction stand still: their schedule cannot be computed",
    ]);
    const told = channel.messages.filter(({ kind }) => kind === "opened");
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).toContain("loop limit exceeded");
    expect(JSON.stringify(told)).toContain("evenkeel run invoices");
  });

  it("runs what it missed once it can be computed again, and the incident ends by itself", async () => {
    const { clock, start, ran, own, state } = two();
    const beat = start();
    await beat();
    state.broken = true;
    clock.set(monday + hour + 11_000);
    await beat();
    expect(own()).toHaveLength(1);
    state.broken = false;
    clock.set(monday + 3 * hour + 11_000);
    await beat();
    await beat();
    expect(ran("invoices")).toBe(3);
    clock.set(monday + 5 * hour);
    await beat();
    await beat();
    expect(own()).toEqual([]);
  });

  it("keeps neither the start nor the alarm levels of the others from coming", async () => {
    const { ground, clock, start, ran, own, state } = two();
    state.broken = true;
    const beat = start();
    expect(own()).toHaveLength(1);
    expect(alarmLevels(ground).runsPerMonth.get("orders")).toBeCloseTo(730.5, 0);
    await beat();
    clock.set(monday + hour + 11_000);
    await beat();
    expect(ran("orders")).toBe(1);
  });

  it("is no longer spoken of once it was taken out of the register", () => {
    const { ground, start, state } = two();
    start();
    state.broken = true;
    start();
    expect(ground.store.findings.active(itselfId)).toHaveLength(1);
    start({ ...ground, register: { ...ground.register, automations: ground.register.automations.slice(1) } });
    expect(ground.store.findings.active(itselfId)).toEqual([]);
  });
});
