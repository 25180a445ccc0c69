import { describe, expect, it } from "vitest";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { historySettled } from "../../src/flow/run-due.js";
import { benchGround, draft, hour, hourOf, monday, options, recordingChannel } from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];
const hours = (wrong: readonly number[], first = 1) =>
  wrong.flatMap((count, index) => hourOf(monday + (first + index) * hour, count));

describe("reading history", () => {
  it("makes the runs the history would have had, silently, and announces once what is still open at the end", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    bench.source.outputs.push(...hours([...usual, 10, 9, 10, 9]));
    bench.clock.set(monday + 20 * hour);
    const report = await readHistory(bench.ground, bench.watched, options);
    expect(report).toMatchObject({ slots: 14, outputs: 280, unreadable: null });
    const [open] = bench.ground.store.incidents.open();
    expect(open?.openedAt).toBeLessThan(monday + 15 * hour);
    expect(open).toMatchObject({ announcedAt: monday + 20 * hour, acknowledgeBy: monday + 21 * hour });
    expect(channel.messages.map((message) => message.kind)).toEqual(["opened"]);
  });

  it("tells nobody of what was over before its end", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    bench.source.outputs.push(...hours([...usual, 10, 9, 10, 9, ...usual]));
    bench.clock.set(monday + 30 * hour);
    await readHistory(bench.ground, bench.watched, options);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    expect(bench.ground.store.incidents.list(10)).toHaveLength(1);
    expect(channel.messages).toEqual([]);
    expect(bench.ground.store.metrics.get("invoices", "check:ok")).toMatchObject({
      endedAlarms: 1,
      standing: "active",
    });
  });

  it("keeps a check on probation whose alarms came and went more often than the budget allows", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    const swing = [10, 9, 10, 9, ...usual, ...usual];
    bench.source.outputs.push(...hours([...usual, ...swing, ...swing, 10, 9, 10, 9]));
    bench.clock.set(monday + 100 * hour);
    await readHistory(bench.ground, bench.watched, options);
    const row = bench.ground.store.metrics.get("invoices", "check:ok");
    expect(row).toMatchObject({ standing: "probation", endedAlarms: 2 });
    expect(row?.standingWhy).toMatch(/2 alarms came and went in its history; the budget allows 1.0/);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    expect(channel.messages).toEqual([]);
  });

  it("goes on after an interruption without counting anything twice", async () => {
    const whole = benchGround();
    const broken = benchGround();
    for (const bench of [whole, broken]) {
      bench.source.outputs.push(...hours([...usual, 10, 9, 10, 9]));
      bench.clock.set(monday + 20 * hour);
    }
    await readHistory(whole.ground, whole.watched, options);
    const stop = new AbortController();
    const real = broken.watched.schedule;
    let asked = 0;
    const schedule = {
      source: "0 * * * *",
      slotAfter: (at: number) => {
        asked += 1;
        if (asked === 14) stop.abort();
        return real?.slotAfter(at) ?? at + hour;
      },
    };
    await readHistory(broken.ground, { ...broken.watched, schedule }, { ...options, signal: stop.signal });
    expect(broken.ground.store.registry.historyReadAt("invoices")).toBeNull();
    await readHistory(broken.ground, broken.watched, options);
    const shape = (bench: typeof whole) => {
      const { store } = bench.ground;
      const metric = store.metrics.get("invoices", "check:ok");
      return {
        runs: store.runs
          .list("invoices", 100)
          .map(({ slotAt, outputs, drawn }) => ({ slotAt, outputs, drawn })),
        evidence: metric?.evidence,
        runsSeen: metric?.runs,
      };
    };
    expect(shape(broken)).toEqual(shape(whole));
  });

  it("cuts a history without times into runs of the sample size, in the listed order", async () => {
    const bench = benchGround({ change: { schedule: null } });
    bench.source.outputs.push(
      ...hours(usual).map((each) => ({ ...each, at: null })),
      ...hours([10, 10, 10], 20).map((each) => ({ ...each, at: null })),
    );
    await readHistory(bench.ground, bench.watched, options);
    const runs = bench.ground.store.runs.list("invoices", 50);
    expect(runs.map((run) => [run.part, run.outputs])).toEqual(
      Array.from({ length: 13 }, (_, index) => [12 - index, 20]),
    );
    expect(bench.ground.store.findings.active("invoices")[0]?.finding.sentence).toMatch(
      /of outputs since run 11$/,
    );
    expect(bench.ground.store.incidents.open()).toHaveLength(1);
  });

  it("becomes blind when every record has to be put aside, and reads them once the mapping is mended", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    bench.source.outputs.push(...hours(usual));
    const asides = Array.from({ length: 5 }, (_, index) => ({
      where: `line ${index + 1}`,
      reason: "no output",
      excerpt: "",
    }));
    const unmapped = {
      ...bench.watched,
      source: { read: async () => ({ outputs: [], asides, cursor: 5, more: false }) },
    };
    bench.clock.set(monday + 11 * hour);
    const report = await readHistory(bench.ground, unmapped, options);
    expect(report.unreadable).toBe("5 records came and none is an output; the first, line 1: no output");
    expect(channel.messages.map((message) => message.headline)).toEqual([
      "Invoice extraction cannot be checked",
    ]);
    expect(bench.ground.store.sources.get("invoices")).toMatchObject({ cursor: null, asides: 5 });
    expect(await readHistory(bench.ground, bench.watched, options)).toMatchObject({
      outputs: 200,
      unreadable: null,
    });
  });

  it("becomes blind when the history cannot be read, and reads it when it can", async () => {
    const channel = recordingChannel("ops");
    const bench = benchGround({ channels: [channel.ready] });
    bench.source.break("no such file");
    await readHistory(bench.ground, bench.watched, options);
    await readHistory(bench.ground, bench.watched, options);
    expect(channel.messages).toHaveLength(1);
    // people know: the start does not wait for it
    expect(historySettled(bench.ground, bench.watched)).toBe(true);
    expect(bench.ground.store.registry.historyReadAt("invoices")).toBeNull();
    bench.source.break(null);
    bench.source.outputs.push(draft("a", monday - 5 * hour, "ok"));
    await readHistory(bench.ground, bench.watched, options);
    expect(bench.ground.store.incidents.open()).toEqual([]);
    expect(bench.ground.store.registry.historyReadAt("invoices")).not.toBeNull();
    await runSlots(bench.ground, bench.watched, [monday], options);
    expect(bench.ground.store.outputs.totals("invoices").outputs).toBe(1);
  });
});
