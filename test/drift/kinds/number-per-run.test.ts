import { describe, expect, it } from "vitest";
import { baselineResiduals, dailyPattern } from "../../../src/drift/daily/daily-pattern.js";
import { serialPhi } from "../../../src/drift/daily/dependence.js";
import { numberPerRun } from "../../../src/drift/kinds/number-per-run.js";
import { learnLatencies, nextLatency, runsUntilLatencyAlarm, startLatency } from "../latencies.js";
import { metricSettings } from "../streams.js";
import { firstHourAt, hourMs } from "../volumes.js";

const runAt = (hour: number, value: number) => ({
  runId: hour,
  at: firstHourAt + hour * hourMs,
  ln: Math.log(value),
});

describe("the daily pattern", () => {
  it("is the median of the same hour, working days and weekends apart", () => {
    const runs = Array.from({ length: 336 }, (_, hour) =>
      runAt(hour, hour % 168 >= 120 ? 1 : hour % 24 === 9 ? 8 : 2),
    );
    const { usual } = dailyPattern(runs, "UTC");
    expect([usual[8], usual[9], usual[24 + 9]].map((ln) => Math.exp(ln ?? 9))).toEqual(
      [2, 8, 1].map((x) => expect.closeTo(x, 9)),
    );
    expect(baselineResiduals(runs, "UTC").every((left) => left === 0)).toBe(true);
  });

  it("is none for weekly runs: only their common median", () => {
    const runs = [1, 2, 4, 8, 16].map((value, week) => runAt(week * 168, value));
    const { usual, centre } = dailyPattern(runs, "UTC");
    expect(usual.every((each) => each === null)).toBe(true);
    expect(Math.exp(centre)).toBeCloseTo(4);
  });
});

describe("the dependence of runs", () => {
  const tallies = (values: readonly number[]) =>
    values.map((value, runId) => ({ runId, at: runId, tally: new Map([[value, 1]]) }));

  it.each<[string, readonly number[], number]>([
    // above the median: 0 0 0 0 1 1 1 1; lag-1 correlation 5 x 0.25 / 2 = 0.625, r = 0.75
    ["runs that resemble each other", [1, 2, 3, 4, 5, 6, 7, 8], 7],
    ["runs that alternate", [1, 8, 2, 7, 3, 6, 4, 5], 1],
    ["a constant", [3, 3, 3, 3], 1],
    ["too few", [1, 2], 1],
  ])("of %s", (_, values, phi) => {
    expect(serialPhi(tallies(values))).toBeCloseTo(phi, 9);
  });
});

describe("a number per run", () => {
  it("is learned for two weeks, again at three and four, and then stands still", () => {
    const stream = startLatency(1);
    learnLatencies(stream, 2);
    expect(stream.metric.phase).toBe("watching");
    learnLatencies(stream, 3);
    const size = stream.metric.encode().length;
    expect(size).toBeLessThan(120_000);
  });

  it("says in its own unit how it changed, at a known run", () => {
    const stream = startLatency(3);
    learnLatencies(stream, 4);
    expect(runsUntilLatencyAlarm(stream, 1, 100).alarm).toBeNull();
    const { runs, alarm } = runsUntilLatencyAlarm(stream, 1.6, 100);
    expect(runs).toBeLessThan(20);
    const medians = alarm?.what === "shares" ? alarm.medians : null;
    expect((medians?.since ?? 0) / (medians?.before ?? 1)).toBeCloseTo(1.6, 0);
    expect(medians?.before).toBeGreaterThan(6_000);
    expect(medians?.before).toBeLessThan(9_000);
  });

  it("goes on from the stored bytes as if it had never been stored", () => {
    const stream = startLatency(4, 0.2);
    const twin = startLatency(4, 0.2);
    for (let run = 0; run < 500; run += 1) {
      const seen = nextLatency(stream, 1, 1_000);
      twin.metric = numberPerRun.decode(twin.settings, twin.metric.encode());
      expect(nextLatency(twin, 1, 1_000).evidence).toBe(seen.evidence);
    }
  });

  it("accepts a change and keeps its pattern", () => {
    const stream = startLatency(3);
    learnLatencies(stream, 4);
    runsUntilLatencyAlarm(stream, 1.6, 100);
    expect(stream.metric.phase).toBe("alarmed");
    stream.metric = stream.metric.accept();
    expect(runsUntilLatencyAlarm(stream, 1.6, 300).alarm).toBeNull();
    expect(stream.metric.phase).toBe("watching");
  });

  it.each([[[]], [[0]], [[-3]], [["7"]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])(
    "ignores %j",
    (values) => {
      const metric = numberPerRun.begin(metricSettings({ kind: "number-per-run" }));
      const seen = metric.observe({ runId: 1, at: firstHourAt, values }, 1_000);
      expect(seen.metric).toBe(metric);
      expect(seen.learned).toEqual({ outputs: 0, runs: 0 });
    },
  );

  it("ignores a run before the latest, as when a clock was set back", () => {
    const stream = startLatency(1);
    learnLatencies(stream, 3);
    const seen = stream.metric.observe({ runId: 1, at: firstHourAt, values: [5] }, 1_000);
    expect(seen.metric).toBe(stream.metric);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["another version", Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0)],
  ])("refuses stored bytes that are %s", (_, bytes) => {
    const settings = metricSettings({ kind: "number-per-run" });
    expect(() => numberPerRun.decode(settings, bytes)).toThrow(/stored state of a number per run/);
  });
});
