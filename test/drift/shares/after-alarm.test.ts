import { describe, expect, it } from "vitest";
import {
  acceptChange,
  explain,
  type MetricState,
  observeRun,
  resetAfterFix,
} from "../../../src/drift/shares/share-metric.js";
import {
  categories,
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
    const first = explain(stream.settings, stream.state);
    for (let run = 0; run < 10; run += 1) {
      const observed = nextRun(stream, since);
      expect(observed).toMatchObject({ phase: "alarmed", evidence: first?.evidence, alarm: null });
    }
    const now = explain(stream.settings, stream.state);
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
      expect(stream.state.phase).toBe("watching");
      expect(runUntilAlarm(stream, since, 50).alarm).not.toBeNull();
    },
  );
});

describe("acceptChange", () => {
  it.each(changes)("makes what a $kind is since the change its baseline", ({ kind, before, since }) => {
    const stream = alarmed(kind, before, since);
    const told = explain(stream.settings, stream.state);
    stream.state = acceptChange(stream.settings, stream.state);
    expect(stream.state.phase).toBe("learning");
    expect(explain(stream.settings, stream.state)).toEqual(told);
    learnBaseline(stream, since);
    expect(runUntilAlarm(stream, since, 100).alarm).toBeNull();
    expect(runUntilAlarm(stream, before, 100).alarm).not.toBeNull();
  });

  it("needs no more runs when there are enough since the change", () => {
    const stream = alarmed("pass-share", passing(0.95), passing(0.6));
    for (let run = 0; run < 5; run += 1) {
      nextRun(stream, passing(0.6));
    }
    const since = explain(stream.settings, stream.state)?.since;
    const accepted = acceptChange(stream.settings, stream.state);
    expect(accepted).toMatchObject({ phase: "watching", watch: { baseline: { outputs: since?.n } } });
  });

  it("accepts nothing where nothing has alarmed", () => {
    const stream = startStream(metricSettings(), 1);
    const learning = stream.state;
    expect(acceptChange(stream.settings, learning)).toBe(learning);
    learnBaseline(stream, passing(0.9));
    const watching = stream.state;
    expect(acceptChange(stream.settings, watching)).toBe(watching);
  });

  it("leaves a stated floor where it is", () => {
    const settings = metricSettings({ floor: 0.9 });
    const stream = startStream(settings, 1);
    runUntilAlarm(stream, passing(0.5), 20);
    stream.state = acceptChange(settings, stream.state);
    expect(stream.state.phase).toBe("watching");
    expect(runUntilAlarm(stream, passing(0.5), 20).alarm).not.toBeNull();
  });
});

describe("resetAfterFix", () => {
  it.each(changes)("lets a $kind begin again from its old baseline", ({ kind, before, since }) => {
    const stream = startStream(metricSettings({ kind }), 33);
    learnBaseline(stream, before);
    const fresh = stream.state;
    runUntilAlarm(stream, before, 20);
    runUntilAlarm(stream, since, 50);
    expect(resetAfterFix(stream.settings, stream.state)).toEqual(fresh);
  });

  it("leaves a baseline that is being learned alone", () => {
    const { settings, state } = startStream(metricSettings(), 1);
    expect(resetAfterFix(settings, state)).toBe(state);
  });
});

it("never changes a state that it was given", () => {
  const stream = alarmed("category", categories([0.6, 0.4]), categories([0.1, 0.9]));
  const frozen: MetricState = structuredClone(stream.state);
  observeRun(stream.settings, stream.state, { runId: 999, at: 0, values: ["c0", "new"] }, 1_000);
  acceptChange(stream.settings, stream.state);
  resetAfterFix(stream.settings, stream.state);
  expect(stream.state).toEqual(frozen);
});
