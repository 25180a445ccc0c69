import { describe, expect, it } from "vitest";
import { decodeState } from "../../../src/drift/shares/encoding.js";
import {
  categories,
  change,
  type Draw,
  learnBaseline,
  logNormal,
  metricSettings,
  nextRun,
  passing,
  runUntilAlarm,
  type Stream,
  startStream,
} from "../streams.js";

const changes = [
  { kind: "pass-share", before: passing(0.95), since: passing(0.6) },
  { kind: "number", before: logNormal(100), since: logNormal(200) },
  { kind: "category", before: categories([0.6, 0.3, 0.1]), since: categories([0.1, 0.3, 0.6]) },
] as const;

/** A stream that has just alarmed. */
function alarmed(kind: (typeof changes)[number]["kind"], before: Draw, since: Draw): Stream {
  const stream = startStream(metricSettings({ kind }), 21);
  learnBaseline(stream, before);
  runUntilAlarm(stream, before, 20);
  expect(runUntilAlarm(stream, since, 50).alarm).not.toBeNull();
  return stream;
}

describe("after an alarm", () => {
  it.each(changes)("a $kind stands still while the change goes on", ({ kind, before, since }) => {
    const stream = alarmed(kind, before, since);
    const first = change(stream.metric);
    for (let run = 0; run < 10; run += 1) {
      const observed = nextRun(stream, since);
      expect(observed).toMatchObject({ phase: "alarmed", evidence: first?.evidence, alarm: null });
    }
    const now = change(stream.metric);
    expect(now?.since.n).toBe((first?.since.n ?? 0) + 200);
    expect(now?.before).toEqual(first?.before);
    expect(now?.startRunId).toBe(first?.startRunId);
  });

  it.each(changes)(
    "a $kind recovers when the runs are as before, and watches again",
    ({ kind, before, since }) => {
      const stream = alarmed(kind, before, since);
      const seen = Array.from({ length: 8 }, () => nextRun(stream, before).recovered);
      expect(seen.slice(0, 2)).toEqual([false, false]);
      expect(seen.filter(Boolean)).toHaveLength(1);
      expect(stream.metric.phase).toBe("watching");
      expect(runUntilAlarm(stream, since, 50).alarm).not.toBeNull();
    },
  );
});

describe("acceptChange", () => {
  it.each(changes)("makes what a $kind is since the change its baseline", ({ kind, before, since }) => {
    const stream = alarmed(kind, before, since);
    const told = change(stream.metric);
    stream.metric = stream.metric.accept();
    expect(stream.metric.phase).toBe("learning");
    expect(change(stream.metric)).toEqual(told);
    learnBaseline(stream, since);
    expect(runUntilAlarm(stream, since, 100).alarm).toBeNull();
    expect(runUntilAlarm(stream, before, 100).alarm).not.toBeNull();
  });

  it("needs no more runs when there are enough since the change", () => {
    const stream = alarmed("pass-share", passing(0.95), passing(0.6));
    for (let run = 0; run < 5; run += 1) {
      nextRun(stream, passing(0.6));
    }
    const since = change(stream.metric)?.since;
    const accepted = stream.metric.accept();
    expect(decodeState(accepted.encode())).toMatchObject({
      phase: "watching",
      watch: { baseline: { outputs: since?.n } },
    });
  });

  it("accepts nothing where nothing has alarmed", () => {
    const stream = startStream(metricSettings(), 1);
    const learning = stream.metric;
    expect(learning.accept()).toBe(learning);
    learnBaseline(stream, passing(0.9));
    const watching = stream.metric;
    expect(watching.accept()).toBe(watching);
  });

  it("leaves a stated floor where it is", () => {
    const settings = metricSettings({ floor: 0.9 });
    const stream = startStream(settings, 1);
    runUntilAlarm(stream, passing(0.5), 20);
    stream.metric = stream.metric.accept();
    expect(stream.metric.phase).toBe("watching");
    expect(runUntilAlarm(stream, passing(0.5), 20).alarm).not.toBeNull();
  });
});

describe("resetAfterFix", () => {
  it.each(changes)("lets a $kind begin again from its old baseline", ({ kind, before, since }) => {
    const stream = startStream(metricSettings({ kind }), 33);
    learnBaseline(stream, before);
    const fresh = stream.metric;
    runUntilAlarm(stream, before, 20);
    runUntilAlarm(stream, since, 50);
    expect(stream.metric.fix().encode()).toEqual(fresh.encode());
  });

  it("leaves a baseline that is being learned alone", () => {
    const { metric } = startStream(metricSettings(), 1);
    expect(metric.fix()).toBe(metric);
  });
});

it("never changes a metric in place", () => {
  const { metric } = alarmed("category", categories([0.6, 0.4]), categories([0.1, 0.9]));
  const before = metric.encode();
  metric.observe({ runId: 999, at: 0, values: ["c0", "new"] }, 1_000);
  metric.accept();
  metric.fix();
  expect(metric.encode()).toEqual(before);
});
