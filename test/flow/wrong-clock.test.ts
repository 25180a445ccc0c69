import { describe, expect, it } from "vitest";
import { examineClock } from "../../src/cli/doctor-clock.js";
import { StoreError } from "../../src/domain/errors.js";
import type { Logger } from "../../src/domain/ports.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { createTimekeeper, isClockDoubtful } from "../../src/flow/keep-time.js";
import { noteStart } from "../../src/flow/note-start.js";
import { clockInDoubt } from "../../src/flow/retain.js";
import { createPulse } from "../../src/pulse.js";
import { benchGround, draft, hour, levels, monday, okCheck, recordingChannel } from "./bench-ground.js";

const day = 24 * hour;

/** A watch that has run for a while, with an incident that nobody has acknowledged. */
async function running() {
  const channel = recordingChannel("ops");
  const checks = [okCheck({ rule: { kind: "zero-tolerance" } })];
  const bench = benchGround({ checks, channels: [channel.ready] });
  const warnings: string[] = [];
  const logger: Logger = { ...bench.ground.logger, warn: (message) => void warnings.push(message) };
  const ground = { ...bench.ground, logger };
  const signal = new AbortController().signal;
  const start = () => {
    keepSchedules(ground);
    const noted = noteStart(ground);
    const pulse = createPulse(() => ({ ground, levels }), { signal, cut: signal, refresh: () => undefined });
    const beat = async () => {
      pulse.beat();
      await pulse.settled(1_000);
      await pulse.settled(1_000);
    };
    return { beat, noted, lag: pulse.lag };
  };
  const first = start();
  await first.beat();
  bench.source.outputs.push(draft("a", monday + 1, "bad"));
  bench.clock.set(monday + hour + 10_000);
  await first.beat();
  await first.beat();
  const said = () => channel.messages.map(({ kind }) => kind);
  const runs = () => ground.store.runs.list("invoices", 200).map(({ slotAt }) => (slotAt - monday) / hour);
  return { ...bench, ground, channel, warnings, said, runs, start, beat: first.beat, lag: first.lag };
}

describe("fault 10: the wall clock jumps while it runs", () => {
  it.each([
    ["an hour ahead", hour],
    ["an hour back", -hour],
  ])(
    "%s: no deadline is missed or lost by it, no slot runs twice, the jump is on record",
    async (_name, byMs) => {
      const { ground, clock, beat, said, runs, warnings } = await running();
      const [before] = ground.store.incidents.open();
      clock.jump(byMs);
      await beat();
      await beat();
      expect(said()).toEqual(["opened"]);
      expect(ground.store.incidentClocks.jumps(9)).toMatchObject([{ byMs, found: "running" }]);
      expect(warnings.join("\n")).toContain("clock_jump");
      const [after] = ground.store.incidents.open();
      expect(after?.acknowledgeBy).toBe((before?.acknowledgeBy ?? 0) + byMs);
      // what was to happen in an hour happens in an hour
      clock.set(clock.now() + hour - 60_000);
      await beat();
      expect(said()).toEqual(["opened"]);
      clock.set(clock.now() + 61_000);
      await beat();
      expect(said()).toEqual(["opened", "escalated"]);
      expect(new Set(runs()).size).toBe(runs().length);
    },
  );
});

describe("a jump that the database does not take", () => {
  it("is put on record at the next beat, and the clocks of incidents still move with it", async () => {
    const { ground, clock } = await running();
    const [before] = ground.store.incidents.open();
    const { keep: keepTime } = createTimekeeper();
    keepTime(ground);
    clock.jump(hour);
    const full = new StoreError("store-full", "the disk is full", { retryable: true });
    const { transaction } = ground.store;
    Object.assign(ground.store, {
      transaction: () => {
        throw full;
      },
    });
    expect(() => keepTime(ground)).toThrow(full);
    Object.assign(ground.store, { transaction });
    keepTime(ground);
    expect(ground.store.incidentClocks.jumps(9)).toMatchObject([{ byMs: hour, found: "running" }]);
    expect(ground.store.incidents.open()[0]?.acknowledgeBy).toBe((before?.acknowledgeBy ?? 0) + hour);
    keepTime(ground);
    expect(ground.store.incidentClocks.jumps(9)).toHaveLength(1);
  });
});

describe("fault 11: the clock is two years off at the start", () => {
  it.each([
    ["ahead", 730 * day],
    ["behind", -730 * day],
  ])("%s: no deadline counts as missed, the date is doubted until it is mended", async (_name, byMs) => {
    const { ground, clock, start, said, warnings } = await running();
    clock.jump(byMs);
    const again = start();
    await again.beat();
    await again.beat();
    expect(said()).not.toContain("escalated");
    expect(isClockDoubtful(ground)).toBe(true);
    expect(clockInDoubt(ground)).toBe(true);
    expect(warnings.join("\n")).toMatch(/Check the date of this computer/);
    clock.jump(-byMs);
    await again.beat();
    expect(isClockDoubtful(ground)).toBe(false);
    clock.set(monday + 2 * hour + 20_000);
    await again.beat();
    expect(said().filter((kind) => kind === "escalated")).toHaveLength(1);
  });
});

describe("fault 11: the clock is 35 days ahead at the start", () => {
  it("lets nothing go for its age, as the warning says, until it has run for a day", async () => {
    const { ground, clock, start, warnings } = await running();
    clock.jump(35 * day);
    const { beat } = start();
    await beat();
    expect(warnings.join("\n")).toContain("nothing is deleted");
    expect(clockInDoubt(ground)).toBe(true);
    clock.set(clock.now() + 25 * hour);
    await beat();
    expect(clockInDoubt(ground)).toBe(false);
  });

  it("keeps the newest hundred jumps, and the doctor says when the last one was", () => {
    const { ground } = benchGround();
    expect(examineClock(ground)).toEqual([]);
    for (let count = 1; count <= 150; count += 1)
      ground.store.incidentClocks.recordJump({
        at: monday - count * hour,
        byMs: -count * hour,
        found: "running",
      });
    const kept = ground.store.incidentClocks.jumps(1000).map(({ byMs }) => -byMs / hour);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([100, 150, 51]);
    expect(examineClock(ground)).toEqual([
      { level: "fine", about: "clock", text: "last set back by 6 days 6 h, 23 Feb 18:00", fix: null },
    ]);
  });
});

describe("fault 12: the computer was suspended for ten minutes", () => {
  it("makes one late run of each schedule, no burst, and calls no source down", async () => {
    const { ground, clock, beat, runs, warnings } = await running();
    clock.set(monday + 2 * hour - 60_000);
    await beat();
    clock.set(monday + 2 * hour + 9 * 60_000);
    await beat();
    await beat();
    expect(runs().filter((slot) => slot === 2)).toHaveLength(1);
    expect(ground.store.incidents.open().map(({ kind }) => kind)).toEqual(["outputs"]);
    expect(warnings.join("\n")).toContain("held up");
  });
});

describe("fault 13: the event loop is blocked for ten seconds", () => {
  it("warns of the lag, shows it for an hour and runs nothing twice", async () => {
    const { clock, beat, runs, warnings, lag } = await running();
    clock.set(monday + 2 * hour + 10_000);
    await beat();
    const told = warnings.length;
    clock.set(clock.now() + 1_000);
    await beat();
    expect(warnings).toHaveLength(told);
    clock.set(clock.now() + 11_000);
    await beat();
    expect(warnings.slice(told)).toEqual([expect.stringContaining("held up")]);
    expect(lag().lateMs).toBe(10_000);
    for (let second = 1; second <= 60; second += 1) {
      clock.set(clock.now() + 1_000);
      await beat();
    }
    expect(lag().lateMs).toBe(0);
    expect(lag().longestLateMs).toBeGreaterThanOrEqual(10_000);
    expect(runs()).toEqual([2, 1]);
  });
});

describe("fault 7: down for three days over 72 hourly slots", () => {
  it("makes up every slot in order, tells what is still wrong once, and says once that it was away", async () => {
    const { ground, clock, channel, start, runs, source } = await running();
    const sent = channel.messages.length;
    clock.set(monday + hour + 20_000 + 3 * day);
    source.outputs.push(draft("b", monday + 30 * hour, "bad"), draft("c", monday + 40 * hour, "ok"));
    const again = start();
    expect(again.noted).toBe(true);
    await again.beat();
    await again.beat();
    expect(runs()).toEqual(Array.from({ length: 73 }, (_slot, index) => 73 - index));
    const states = ground.store.runs
      .list("invoices", 200)
      .map(({ state, reason }) => `${state} ${reason ?? ""}`);
    expect(states.filter((state) => state.startsWith("skipped"))).toHaveLength(69);
    const after = channel.messages.slice(sent);
    expect(after.map(({ kind }) => kind)).toEqual(["notice", "escalated"]);
    expect(after[0]?.alert).toBe(
      "Evenkeel at Harbour & Lane was not running from Mon 01:00 to 01:00 (3 days). It is running again.",
    );
    expect(after[0]?.news?.details).toEqual([
      "Runs of 1 schedule were due meanwhile: they are made up now, in order, and only what is still wrong is told.",
      "1 incident stayed open; a deadline that passed meanwhile is told once.",
    ]);
  });
});

describe("fault 5: a crash loop", () => {
  it("after an absence says so once in twenty starts, and runs the missed slot once", async () => {
    const { ground, clock, start, runs } = await running();
    clock.set(monday + 2 * hour - 20 * 60_000);
    const away = monday + 2 * hour + 10_000;
    for (let count = 0; count < 20; count += 1) {
      clock.set(away + count * 2_000);
      const { beat } = start();
      // every other one ends before its first beat
      if (count % 2 === 1) await beat();
    }
    const sent = ground.store.outbox.inState("sent", 99);
    expect(sent.filter(({ kind }) => kind === "notice")).toHaveLength(1);
    expect(runs()).toEqual([2, 1]);
  });
});
