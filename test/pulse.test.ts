import { expect, it } from "vitest";
import type { Ground } from "../src/flow/ground.js";
import { keepSchedules } from "../src/flow/keep-schedules.js";
import { sendTest } from "../src/flow/send-test.js";
import { createPulse } from "../src/pulse.js";
import { benchGround, draft, hour, levels, monday, okCheck, recordingChannel } from "./flow/bench-ground.js";
import { digestBench } from "./flow/digest-bench.js";

/** A heart over a bench whose next run waits, in the middle of its reading, for the test to let it go on. */
async function withRunUnderWay() {
  const channel = recordingChannel("ops");
  const checks = [okCheck({ rule: { kind: "zero-tolerance" } })];
  const bench = benchGround({ checks, channels: [channel.ready] });
  let letGo = (): void => undefined;
  let gate: Promise<void> = Promise.resolve();
  const source: typeof bench.source = {
    ...bench.source,
    read: async (page) => {
      await gate;
      return bench.source.read(page);
    },
  };
  const watched = { ...bench.watched, source };
  let ground: Ground = {
    ...bench.ground,
    register: { ...bench.ground.register, automations: [watched] },
  };
  const signal = new AbortController().signal;
  const pulse = createPulse(() => ({ ground, levels }), { signal, cut: signal, refresh: () => undefined });
  const beat = async (): Promise<void> => {
    pulse.beat();
    await pulse.settled(1_000);
    await pulse.settled(1_000);
  };
  keepSchedules(ground);
  await beat();
  gate = new Promise((resolve) => {
    letGo = resolve;
  });
  bench.source.outputs.push(draft("a", monday + 1, "bad"));
  bench.clock.set(monday + hour + 10_000);
  pulse.beat();
  const reload = (register: Partial<Ground["register"]>): void => {
    ground = { ...ground, register: { ...ground.register, ...register } };
    keepSchedules(ground);
  };
  const end = async (): Promise<void> => {
    letGo();
    await pulse.settled(1_000);
    await beat();
  };
  return { store: bench.ground.store, channel, reload, end };
}

it("delivers what a run owed to a channel that was renamed while it was under way", async () => {
  const { store, channel, reload, end } = await withRunUnderWay();
  const renamed = recordingChannel("ops-new");
  reload({ channels: [renamed.ready] });
  await end();
  expect(store.incidents.open()).toHaveLength(1);
  expect([channel.sent.length, renamed.sent.length]).toEqual([0, 1]);
  expect(store.outbox.counts()).toEqual({ superseded: 1, sent: 1 });
});

it("ends what a run opened for an automation that left the register while it was under way", async () => {
  const { store, reload, end } = await withRunUnderWay();
  reload({ automations: [] });
  await end();
  expect(store.incidents.list(9)).toMatchObject([{ status: "resolved" }]);
  expect(store.findings.active("invoices")).toEqual([]);
});

it("does not wait for the future that a message was written in, once the clock is set back", async () => {
  const channel = recordingChannel("ops");
  channel.answers.push({ status: "retry", reason: "429", afterMs: hour });
  const { ground, clock } = benchGround({ channels: [channel.ready] });
  const signal = new AbortController().signal;
  const pulse = createPulse(() => ({ ground, levels }), { signal, cut: signal, refresh: () => undefined });
  const beatAt = async (at: number): Promise<void> => {
    clock.set(at);
    pulse.beat();
    await pulse.settled(1_000);
  };
  clock.set(monday + 9_000 * hour);
  sendTest(ground, null);
  await beatAt(monday + 9_000 * hour);
  await beatAt(monday);
  expect(channel.sent).toHaveLength(1);
  await beatAt(monday + hour);
  expect(channel.sent).toHaveLength(2);
});

it.each([
  ["a day passed", 24 * hour, 1],
  ["an hour passed", hour, 0],
  ["the clock was set back by a week", -7 * 24 * hour, 1],
])("works out alarm levels again once %s", async (_name, byMs, times) => {
  const { ground, clock } = benchGround();
  const signal = new AbortController().signal;
  let refreshed = 0;
  const refresh = () => {
    refreshed += 1;
  };
  clock.set(monday + 1_000 * hour);
  const pulse = createPulse(() => ({ ground, levels }), { signal, cut: signal, refresh });
  clock.set(monday + 1_000 * hour + byMs);
  for (let beat = 0; beat < 3; beat += 1) pulse.beat();
  await pulse.settled(1_000);
  expect(refreshed).toBe(times);
});

it("sends the digests that are due, also after a week in which it did not beat", async () => {
  const { ground, clock, mail } = digestBench();
  const signal = new AbortController().signal;
  const pulse = createPulse(() => ({ ground, levels }), { signal, cut: signal, refresh: () => undefined });
  const beatAt = async (at: number): Promise<void> => {
    clock.set(at);
    pulse.beat();
    await pulse.settled(1_000);
    pulse.beat();
    await pulse.settled(1_000);
  };
  const sent = () => mail.messages.filter(({ kind }) => kind === "digest").length;
  await beatAt(monday + 7 * hour);
  expect(sent()).toBe(0);
  await beatAt(monday + 8 * hour);
  expect(sent()).toBe(1);
  await beatAt(monday + 20 * 24 * hour);
  expect(sent()).toBe(2);
  expect(ground.store.outbox.counts().sent).toBeGreaterThanOrEqual(2);
});
