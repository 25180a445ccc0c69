import fc from "fast-check";
import { expect, it } from "vitest";
import type { Metric, Observation } from "../../../src/drift/metric.js";
import { decodeState } from "../../../src/drift/shares/encoding.js";
import { largestEvidence } from "../../../src/drift/shares/share-detector.js";
import type { ShareState } from "../../../src/drift/shares/watch.js";
import { begin, learnBaseline, metricSettings, nextRun, passing, startStream, stored } from "../streams.js";

const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Infinity),
);
const anyValue = {
  "pass-share": fc.boolean(),
  number: numbers,
  category: fc.oneof(fc.constantFrom("a", "b", "__proto__", ""), fc.string()),
} as const;

/** All that a metric knows. */
function known(metric: Metric): ShareState {
  return decodeState(metric.encode());
}

const kinds = ["pass-share", "number", "category"] as const;

it.each(kinds)("keeps the evidence of a %s finite and its state exact for any stream", (kind) => {
  const runs = fc.array(fc.array<Observation>(anyValue[kind], { maxLength: 40 }), {
    minLength: 1,
    maxLength: 25,
  });
  fc.assert(
    fc.property(
      runs,
      fc.constantFrom(null, 0, 0.9, 1),
      fc.integer({ min: 0, max: 6 }),
      (values, floor, decisions) => {
        const settings = metricSettings({
          kind,
          floor: kind === "pass-share" ? floor : null,
          baselineOutputs: 10,
          baselineRuns: 2,
        });
        let metric = begin(settings);
        for (const [runId, run] of values.entries()) {
          const observed = metric.observe({ runId, at: runId, values: run }, 10 ** decisions);
          metric = stored(settings, observed.metric);
          expect(known(metric)).toEqual(known(observed.metric));
          expect(observed.evidence ?? 0).toBeGreaterThanOrEqual(0);
          expect(observed.evidence ?? 0).toBeLessThanOrEqual(largestEvidence);
          expect(Number.isFinite(metric.explain()?.evidence ?? 0)).toBe(true);
        }
      },
    ),
    { seed: 20_260_903, numRuns: kind === "pass-share" ? 200 : 60 },
  );
});

it("still alarms after 5,000 runs without a change", () => {
  const stream = startStream(metricSettings(), 17, 20, 1e6);
  learnBaseline(stream, passing(0.95));
  for (let run = 0; run < 5_000; run += 1) {
    const { evidence, alarm } = nextRun(stream, passing(0.95));
    expect(evidence).toBeLessThan(1e6);
    expect(alarm).toBeNull();
  }
  const alarms = Array.from({ length: 5 }, () => nextRun(stream, passing(0.5)).alarm);
  expect(alarms.some((alarm) => alarm !== null)).toBe(true);
});

it("alarms at once when runs of 1,000 all flip after 10,000 clean outputs", () => {
  const stream = startStream(metricSettings(), 17, 1_000);
  learnBaseline(stream, passing(1));
  for (let run = 0; run < 10; run += 1) {
    nextRun(stream, passing(1));
  }
  const observed = nextRun(stream, passing(0));
  expect(observed.evidence).toBe(largestEvidence);
  expect(observed.alarm).toMatchObject({ before: { hits: 15_000, n: 15_000 }, since: { hits: 0, n: 1_000 } });
});
