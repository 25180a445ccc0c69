import { describe, expect, it } from "vitest";
import type { Observation } from "../../../src/drift/metric.js";
import {
  begin,
  categories,
  learnBaseline,
  logNormal,
  metricSettings,
  nextRun,
  passing,
  runUntilAlarm,
  startStream,
} from "../streams.js";

const at = Date.UTC(2026, 8, 1, 12);

function passes(hits: number, n: number): boolean[] {
  return Array.from({ length: n }, (_, i) => i < hits);
}

describe("learning", () => {
  it("takes the first 100 outputs over at least 5 runs", () => {
    const settings = metricSettings();
    let metric = begin(settings);
    const phases = [30, 30, 30, 30, 30].map((n, runId) => {
      const observed = metric.observe({ runId, at, values: passes(n - 1, n) }, 1_000);
      metric = observed.metric;
      return `${observed.phase} ${observed.learned.outputs}/${observed.learned.runs} ${observed.evidence}`;
    });
    expect(phases).toEqual([
      "learning 30/1 null",
      "learning 60/2 null",
      "learning 90/3 null",
      "learning 120/4 null",
      "watching 150/5 0",
    ]);
  });

  it("has nothing to explain", () => {
    expect(begin(metricSettings()).explain()).toBeNull();
  });
});

describe("a run without a value for the metric", () => {
  it.each([
    { kind: "pass-share", draw: passing(0.95), values: [] },
    { kind: "pass-share", draw: passing(0.95), values: [1, "x"] },
    { kind: "number", draw: logNormal(10), values: [Number.NaN, Number.POSITIVE_INFINITY, -Infinity, true] },
    { kind: "category", draw: categories([0.5, 0.5]), values: [3] },
  ] as const)("is no run for a $kind", ({ kind, draw, values }) => {
    const stream = startStream(metricSettings({ kind }), 1);
    learnBaseline(stream, draw);
    const before = nextRun(stream, draw);
    for (let run = 0; run < 50; run += 1) {
      const observed = stream.metric.observe({ runId: 900 + run, at, values }, 1_000);
      expect(observed).toEqual({ ...before, warning: false });
      expect(observed.metric).toBe(stream.metric);
    }
  });
});

describe("watching", () => {
  it.each([
    { kind: "pass-share", before: passing(0.95), since: passing(0.7), run: 2 },
    { kind: "pass-share", before: passing(0.84), since: passing(0.51), run: 1 },
    { kind: "number", before: logNormal(100), since: logNormal(160), run: 2 },
    { kind: "category", before: categories([0.6, 0.3, 0.1]), since: categories([0.1, 0.3, 0.6]), run: 1 },
  ] as const)("alarms at run $run of a seeded change of a $kind", ({ kind, before, since, run }) => {
    const stream = startStream(metricSettings({ kind }), 7);
    learnBaseline(stream, before);
    expect(runUntilAlarm(stream, before, 20).alarm).toBeNull();
    expect(runUntilAlarm(stream, since, 50).runs).toBe(run);
    expect(stream.metric.phase).toBe("alarmed");
  });

  it.each([
    { kind: "pass-share", draw: passing(0.95) },
    { kind: "pass-share", draw: passing(1) },
    { kind: "pass-share", draw: passing(0) },
    { kind: "number", draw: logNormal(100) },
    { kind: "category", draw: categories([0.6, 0.3, 0.1]) },
  ] as const)("stays silent on a steady seeded $kind", ({ kind, draw }) => {
    const stream = startStream(metricSettings({ kind }), 11, 20, 10_000);
    learnBaseline(stream, draw);
    expect(runUntilAlarm(stream, draw, kind === "pass-share" ? 2_000 : 300).alarm).toBeNull();
  });

  it("warns from a thirtieth of the alarm level on, until it alarms", () => {
    const stream = startStream(metricSettings(), 3);
    learnBaseline(stream, passing(0.95));
    const seen = Array.from({ length: 20 }, () => nextRun(stream, passing(0.8)));
    const found = seen.findIndex(({ alarm }) => alarm !== null);
    const evidences = seen
      .slice(0, found)
      .map(({ evidence, warning }) => [(evidence ?? 0) >= 1_000 / 30, warning]);
    expect(evidences).toContainEqual([true, true]);
    expect(evidences).toContainEqual([false, false]);
    expect(evidences.every(([enough, warning]) => enough === warning)).toBe(true);
    expect(seen[found]?.warning).toBe(true);
  });

  it("holds a change back that is smaller than the owner wants to hear of", () => {
    const stream = startStream(metricSettings({ minimumEffect: 0.6 }), 7);
    learnBaseline(stream, passing(0.95));
    expect(runUntilAlarm(stream, passing(0.6), 30).alarm).toBeNull();
    expect(runUntilAlarm(stream, passing(0), 30).alarm).not.toBeNull();
  });

  it("does not alarm when a share that never failed goes on never failing, whatever the evidence", () => {
    const stream = startStream(metricSettings(), 3, 20, 1e-9);
    learnBaseline(stream, passing(1));
    expect(runUntilAlarm(stream, passing(1), 100).alarm).toBeNull();
  });
});

describe("the explanation", () => {
  it("says which share, how much before and since, and since when", () => {
    const settings = metricSettings();
    let metric = begin(settings);
    const hits = [19, 19, 19, 19, 19, 19, 19, 18, 20, 15, 11];
    const alarms = hits.map((hit, runId) => {
      const observed = metric.observe({ runId, at: at + runId, values: passes(hit, 20) }, 1_000);
      metric = observed.metric;
      return observed.alarm;
    });
    expect(alarms.slice(0, -1).every((alarm) => alarm === null)).toBe(true);
    expect(alarms.at(-1)).toMatchObject({
      share: { kind: "pass" },
      before: { hits: 171, n: 180 },
      since: { hits: 26, n: 40 },
      startRunId: 9,
      startAt: at + 9,
      improvement: false,
      moved: [],
      medians: null,
    });
    expect(metric.explain()).toEqual(alarms.at(-1));
  });

  it("knows a change to the better", () => {
    const stream = startStream(metricSettings(), 5);
    learnBaseline(stream, passing(0.5));
    expect(runUntilAlarm(stream, passing(0.95), 50).alarm).toMatchObject({ improvement: true });
  });

  it("tells the other categories that moved, largest first", () => {
    const stream = startStream(metricSettings({ kind: "category" }), 5);
    learnBaseline(stream, categories([0.4, 0.3, 0.3, 0]));
    const alarm = runUntilAlarm(stream, categories([0, 0.1, 0.3, 0.6]), 50).alarm;
    expect(alarm?.share).toEqual({ kind: "never-seen" });
    expect(alarm?.moved.map(({ share }) => share)).toContainEqual({ kind: "category", category: "c0" });
  });

  it("gives the middle before and since of numbers", () => {
    const stream = startStream(metricSettings({ kind: "number" }), 5);
    learnBaseline(stream, logNormal(100, 0.1));
    const medians = runUntilAlarm(stream, logNormal(200, 0.1), 50).alarm?.medians;
    expect(medians?.before).toBeGreaterThan(95);
    expect(medians?.before).toBeLessThan(105);
    expect(medians?.since).toBeGreaterThan(180);
    expect(medians?.since).toBeLessThan(220);
  });
});

describe("a stated floor", () => {
  const settings = metricSettings({ floor: 0.9 });

  it("watches from the first run", () => {
    const values: Observation[] = passes(8, 20);
    const observed = begin(settings).observe({ runId: 1, at, values }, 1_000);
    expect(observed).toMatchObject({ phase: "alarmed", learned: { outputs: 0, runs: 0 } });
    expect(observed.alarm).toMatchObject({ before: { hits: 0, n: 0 }, since: { hits: 8, n: 20 } });
  });

  it("is content with everything above it", () => {
    const stream = startStream(settings, 2);
    expect(runUntilAlarm(stream, passing(0.95), 1_000).alarm).toBeNull();
  });

  it("finds a rate a little under it, which a gate of 3 points would hide", () => {
    const stream = startStream(settings, 2);
    const found = runUntilAlarm(stream, passing(0.88), 1_000);
    expect(found.alarm?.improvement).toBe(false);
  });
});
