import pLimit from "p-limit";
import { describe, expect, it, vi } from "vitest";
import type { WatchedGolden } from "../../src/flow/ground.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { runDue } from "../../src/flow/run-due.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { benchGround, draft, entry, hour, monday, okCheck, options, scriptedSource } from "./bench-ground.js";

function due(bench: ReturnType<typeof benchGround>) {
  const state = { resting: new Map<string, number>() };
  keepSchedules(bench.ground);
  return () =>
    runDue(bench.ground, { ...options, ...state, limit: (work) => work(), askingLimit: (work) => work() });
}

describe("what is due", () => {
  it("reads the history first, then each slot once, its outputs in the run of their time", async () => {
    const bench = benchGround();
    const beat = due(bench);
    bench.source.outputs.push(draft("old", monday - 3 * hour, "ok"));
    await beat();
    expect(bench.ground.store.registry.historyReadAt("invoices")).toBe(monday);
    bench.source.outputs.push(draft("new", monday + 1, "ok"));
    bench.clock.set(monday + hour + 10_000);
    await beat();
    await beat();
    expect(
      bench.ground.store.runs.list("invoices", 9).map(({ slotAt, outputs }) => [slotAt - monday, outputs]),
    ).toEqual([
      [hour, 1],
      [-2 * hour, 1],
    ]);
    expect(bench.ground.store.schedules.get("invoices", "sampled")?.nextDueAt).toBe(monday + 2 * hour);
  });

  it("catches up what was missed while it was down, and notes the slots the source has nothing of", async () => {
    const bench = benchGround();
    const beat = due(bench);
    await beat();
    bench.source.outputs.push(draft("a", monday + 2.5 * hour, "ok"), draft("b", monday + 5.5 * hour, "ok"));
    bench.clock.set(monday + 6 * hour + 30_000);
    await beat();
    const runs = bench.ground.store.runs
      .list("invoices", 9)
      .map(({ slotAt, state, outputs }) => [(slotAt - monday) / hour, state, outputs]);
    expect(runs).toEqual([
      [6, "done", 1],
      [5, "skipped", 0],
      [4, "skipped", 0],
      [3, "done", 1],
      [2, "skipped", 0],
      [1, "skipped", 0],
    ]);
  });

  it("begins nothing more once it is told to stop, however many histories wait", async () => {
    const bench = benchGround();
    const stop = new AbortController();
    let begun = 0;
    const ids = Array.from({ length: 500 }, (_, index) => `each-${index}`);
    const automations = ids.map((id) => ({ ...bench.watched, entry: { ...bench.watched.entry, id } }));
    for (const id of ids) bench.ground.store.registry.see(id, monday);
    const ground = { ...bench.ground, register: { ...bench.ground.register, automations } };
    const limit = pLimit(8);
    const counted = <T>(work: () => Promise<T>) =>
      limit(() => {
        begun += 1;
        if (begun === 20) setImmediate(() => stop.abort());
        return work();
      });
    const told = { ...options, resting: new Map<string, number>(), signal: stop.signal };
    await runDue(ground, { ...told, limit: counted, askingLimit: counted });
    const tried = ids.filter((id) => ground.store.sources.get(id).triedAt !== null);
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length).toBeLessThan(60);
  });

  it.each(["can be read", "cannot be read"])(
    "starves none of 2,500 that are due at once, though the history of the oldest 1,200 %s",
    async (readable) => {
      const bench = benchGround();
      const ids = Array.from({ length: 2_500 }, (_, index) => `each-${index}`);
      const automations = ids.map((id) => ({ ...bench.watched, entry: { ...bench.watched.entry, id } }));
      const { store } = bench.ground;
      store.transaction(() => {
        for (const [index, id] of ids.entries()) {
          store.registry.see(id, monday);
          if (readable === "can be read" || index >= 1_200) store.registry.markHistoryRead(id, monday);
          store.schedules.put({
            automation: id,
            kind: "sampled",
            expression: "0 * * * *",
            timeZone: "UTC",
            // the oldest stand in front at every beat
            nextDueAt: monday + (index < 1_200 ? 1 : 2) * hour,
            lastSlotAt: null,
          });
        }
      });
      if (readable === "cannot be read") bench.source.break("connection refused");
      bench.clock.set(monday + 3 * hour - 10_000);
      const begun = new Set<string>();
      const ground = { ...bench.ground, register: { ...bench.ground.register, automations } };
      const resting = new Map<string, number>();
      const limit = <T>(work: () => Promise<T>) => work();
      for (let beat = 0; beat < 3; beat += 1) {
        await runDue(ground, { ...options, resting, limit, askingLimit: limit });
        for (const { automation, nextDueAt } of store.schedules.list())
          if (nextDueAt >= monday + 3 * hour) begun.add(automation);
      }
      expect(begun.size).toBe(readable === "can be read" ? 2_500 : 1_300);
    },
    60_000,
  );

  it("lets an automation whose work breaks off rest for a minute, and the others go on", async () => {
    const bench = benchGround();
    const beat = due(bench);
    await beat();
    const read = bench.source.reads();
    const broken = {
      ...bench.watched,
      draw: () => {
        throw new Error("unforeseen");
      },
    };
    const ground = { ...bench.ground, register: { ...bench.ground.register, automations: [broken] } };
    const state = { resting: new Map<string, number>() };
    const again = () =>
      runDue(ground, { ...options, ...state, limit: (work) => work(), askingLimit: (work) => work() });
    bench.clock.set(monday + hour + 10_000);
    await again();
    bench.clock.set(monday + hour + 11_000);
    await again();
    expect(bench.source.reads() - read).toBe(1);
    bench.clock.set(monday + hour + 71_000);
    await beat();
    expect(bench.ground.store.runs.list("invoices", 9)).toMatchObject([{ state: "done" }]);
  });

  it("asks the golden set once after so long a stop that thousands of its slots were missed", async () => {
    const asked: string[] = [];
    const golden: WatchedGolden = {
      cases: [{ id: "a", input: "?", expected: "ok", tags: [], owner: null, reviewBy: null }],
      probe: {
        ask: async ({ id }) => {
          asked.push(id);
          return draft(`${id}-${asked.length}`, null, "ok");
        },
      },
      schedule: parseSchedule("every 15m", "UTC"),
      effects: "none",
      override: null,
      checks: ["ok"],
      repeat: 3,
      reviewBy: null,
    };
    const bench = benchGround({ change: { source: null, schedule: null, golden } });
    const beat = due(bench);
    const newest = monday + 6_000 * (hour / 4);
    bench.clock.set(newest + 10_000);
    await beat();
    await beat();
    expect(asked).toEqual(["a"]);
    expect(bench.ground.store.schedules.get("invoices", "golden")).toMatchObject({
      lastSlotAt: newest,
      nextDueAt: newest + hour / 4,
    });
  });

  it("goes on with the automations that ask nobody while a judge keeps every place of those that do", async () => {
    const bench = benchGround();
    const waiting: (() => void)[] = [];
    const asks = okCheck({
      asks: true,
      judge: async () => {
        await new Promise<void>((done) => waiting.push(done));
        return { status: "pass" };
      },
    });
    const source = scriptedSource();
    const asking = { ...bench.watched, entry: { ...entry, id: "asking" }, source, checks: [asks] };
    const automations = [asking, bench.watched];
    const ground = { ...bench.ground, register: { ...bench.ground.register, automations } };
    keepSchedules(ground);
    const limits = { limit: pLimit(1), askingLimit: pLimit(1), resting: new Map<string, number>() };
    await runDue(ground, { ...options, ...limits });
    for (const each of [source, bench.source]) each.outputs.push(draft("a", monday + 1, "ok"));
    bench.clock.set(monday + hour + 10_000);
    const reported: string[] = [];
    const beat = runDue(ground, {
      ...options,
      ...limits,
      onReport: ({ automation }) => void reported.push(automation),
    });
    await vi.waitFor(() => expect([waiting.length, reported]).toEqual([1, ["invoices"]]));
    for (const done of waiting) done();
    await beat;
    expect(reported).toEqual(["invoices", "asking"]);
  });

  it("puts aside what says it was produced in the future", async () => {
    const bench = benchGround();
    const beat = due(bench);
    bench.source.outputs.push(draft("late", monday + 48 * hour, "ok"), draft("fine", monday - hour, "ok"));
    await beat();
    expect(bench.ground.store.outputs.totals("invoices").outputs).toBe(1);
    expect(bench.ground.store.sources.asides("invoices", 5)).toMatchObject([
      {
        where: "output late",
        reason:
          'its time 2026-03-04T00:00:00.000Z is more than a day ahead; see whether "at" is mapped to the right field',
      },
    ]);
  });

  it("forgets the schedule of an automation that left the register, and starts an edited one anew", () => {
    const bench = benchGround();
    due(bench);
    const edited = {
      ...bench.watched,
      schedule: { source: "every 15m", slotAfter: (at: number) => at + hour / 4 },
    };
    keepSchedules({ ...bench.ground, register: { ...bench.ground.register, automations: [edited] } });
    expect(bench.ground.store.schedules.get("invoices", "sampled")).toMatchObject({
      expression: "every 15m",
      nextDueAt: monday + hour / 4,
    });
    keepSchedules({ ...bench.ground, register: { ...bench.ground.register, automations: [] } });
    expect(bench.ground.store.schedules.list()).toEqual([]);
  });
});
