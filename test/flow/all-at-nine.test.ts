import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Ground, Watched } from "../../src/flow/ground.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { createPulse } from "../../src/pulse.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { benchGround, hour, levels, monday } from "./bench-ground.js";

const automations = 400;
const hosts = 4;
const nine = monday + 9 * hour;

/** Counts who reads at the same time, in all and of each host. */
function counting() {
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  const enter = (name: string, by: number) => {
    now.set(name, (now.get(name) ?? 0) + by);
    most.set(name, Math.max(most.get(name) ?? 0, now.get(name) ?? 0));
  };
  const during = async (host: string) => {
    for (const name of [host, "all"]) enter(name, 1);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    for (const name of [host, "all"]) enter(name, -1);
  };
  return { during, most };
}

it("fault 15: hundreds of automations due at 09:00 begin spread over ten seconds, at most eight at once and two of one source", async () => {
  const { ground: base, watched, clock } = benchGround({ checks: [] });
  const { during, most } = counting();
  const reads: string[] = [];
  const all: Watched[] = Array.from({ length: automations }, (_, index) => {
    const id = `a${index}`;
    const sourceHost = `desk-${index % hosts}.example.com`;
    const read = async () => {
      reads.push(id);
      await during(sourceHost);
      return { outputs: [], asides: [], cursor: null, more: false };
    };
    const schedule = parseSchedule("0 9 * * *", "UTC");
    return {
      ...watched,
      entry: { ...watched.entry, id },
      sourceHost,
      source: { read },
      schedule,
      metrics: [],
    };
  });
  const ground: Ground = { ...base, register: { ...base.register, automations: all } };
  ground.store.transaction(() => {
    for (const { entry } of all) {
      ground.store.registry.see(entry.id, monday);
      ground.store.registry.markHistoryRead(entry.id, monday);
    }
  });
  keepSchedules(ground);
  const signal = new AbortController().signal;
  const pulse = createPulse(() => ({ ground, levels }), { signal, cut: signal, refresh: () => undefined });
  const begunIn: number[] = [];
  for (let second = -1; second <= 10; second += 1) {
    clock.set(nine + second * 1_000);
    const before = reads.length;
    pulse.beat();
    await pulse.settled(10_000);
    begunIn.push(reads.length - before);
  }
  expect(begunIn[0]).toBe(0);
  // forty are a fair share of a second
  expect(Math.max(...begunIn)).toBeLessThan(80);
  expect(reads).toHaveLength(automations);
  expect(new Set(reads).size).toBe(automations);
  expect(most.get("all")).toBeGreaterThan(4);
  expect(most.get("all")).toBeLessThanOrEqual(8);
  for (let host = 0; host < hosts; host += 1) expect(most.get(`desk-${host}.example.com`)).toBe(2);
});
