import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { volume } from "../../../src/drift/kinds/volume.js";
import type { Metric } from "../../../src/drift/metric.js";
import { largestEvidence } from "../../../src/drift/shares/share-detector.js";
import { decodeVolume } from "../../../src/drift/volume/encoding.js";
import { metricSettings } from "../streams.js";
import {
  busyDays,
  firstHourAt,
  hourMs,
  hoursUntilAlarm,
  learnWeeks,
  nextHour,
  officeHours,
  startVolume,
  type VolumeStream,
} from "../volumes.js";

const steady = () => 4;
const never = Number.MAX_VALUE;

/** So many weeks of exactly four outputs an hour. */
function flat(weeks: number, timeZone = "UTC"): VolumeStream {
  const stream = startVolume(1, 0, timeZone);
  for (let hour = 0; hour < weeks * 168; hour += 1) nextHour(stream, 4, never);
  return stream;
}

const known = (metric: Metric) => decodeVolume(metric.encode());

describe("the outputs of an hour", () => {
  it("are learned for two full weeks, improved up to four, and then stand still", () => {
    const stream = flat(0);
    const weeks = Array.from({ length: 6 * 168 }, () => {
      nextHour(stream, 4, never);
      const state = known(stream.metric);
      return state.phase === "learning" ? 0 : state.watch.profile.weeks;
    });
    expect([335, 336, 503, 504, 671, 672, 1007].map((hour) => weeks[hour - 1])).toEqual([
      0, 2, 2, 3, 3, 4, 4,
    ]);
  });

  it("expect what the week brought, hour by hour", () => {
    const stream = startVolume(1);
    // four weeks from the first output on, on Monday at nine
    for (let hour = 0; hour < 681; hour += 1) nextHour(stream, officeHours(8)(hour % 168), never);
    const state = known(stream.metric);
    const expected = state.phase === "watching" ? state.watch.profile.expected : [];
    // nine on Monday: X = 32, pooled = 256.5 x 160.5 / 1292 = 31.86, e = 31.86 x 52 / 51.86 / 4 = 7.99
    // Monday 3:00, Monday 9:00, Friday 16:00, Saturday 12:00
    expect([3, 9, 112, 132].map((hour) => expected[hour]?.toFixed(2))).toEqual([
      "0.02",
      "7.99",
      "7.99",
      "0.01",
    ]);
  });

  it("alarm at a known hour when they stop, and say since when and how many are missing", () => {
    const stream = flat(4);
    const { hours, alarm } = hoursUntilAlarm(stream, () => 0, 20);
    expect(hours).toBe(3);
    expect(alarm).toMatchObject({
      what: "volume",
      startAt: firstHourAt + 672 * hourMs,
      startRunId: 672,
      hours: 3,
      seen: 0,
      improvement: false,
    });
    expect(alarm?.what === "volume" ? alarm.expected : 0).toBeCloseTo(12, 1);
  });

  it("recover from silence with the first hour that brings something", () => {
    const stream = flat(4);
    hoursUntilAlarm(stream, () => 0, 20);
    expect(nextHour(stream, 0, 1_000)).toMatchObject({ phase: "alarmed", recovered: false });
    expect(nextHour(stream, 1, 1_000)).toMatchObject({ phase: "watching", recovered: true });
  });

  it("recover from a halved volume only when as much is back as led to the alarm", () => {
    const stream = flat(4);
    let hours = 0;
    while (stream.metric.phase === "watching") {
      nextHour(stream, 1, 1_000);
      hours += 1;
    }
    const after = Array.from({ length: 40 }, () => nextHour(stream, 4, 1_000).recovered);
    const recovered = after.indexOf(true) + 1;
    expect(recovered).toBeGreaterThanOrEqual(hours);
    expect(recovered).toBeLessThan(20);
  });

  it("become silent after a change that nobody has decided about", () => {
    const stream = startVolume(7);
    learnWeeks(stream, steady, 4);
    expect(hoursUntilAlarm(stream, () => 1.2, 100).alarm).toMatchObject({ what: "volume" });
    for (let hour = 0; hour < 24; hour += 1) nextHour(stream, 1, 1_000);
    const { hours, alarm } = hoursUntilAlarm(stream, () => 0, 60);
    expect(alarm).toMatchObject({ seen: 0 });
    expect(hours).toBeGreaterThan(5);
    expect(hours).toBeLessThan(25);
  });

  it("keep the shape of the week and take the new level when a change is accepted", () => {
    const stream = startVolume(3);
    learnWeeks(stream, busyDays(8), 4);
    expect(hoursUntilAlarm(stream, (hour) => busyDays(16)(hour), 200).alarm).toMatchObject({
      what: "volume",
    });
    stream.metric = stream.metric.accept();
    expect(stream.metric.phase).toBe("watching");
    expect(hoursUntilAlarm(stream, (hour) => busyDays(16)(hour), 500).alarm).toBeNull();
    const state = known(stream.metric);
    expect(state.phase === "watching" ? state.watch.profile.weeks : 0).toBeGreaterThanOrEqual(2);
  });

  it("learn anew when silence is accepted, and watch from the old week when it was fixed", () => {
    const stream = flat(4);
    hoursUntilAlarm(stream, () => 0, 20);
    expect(stream.metric.accept().phase).toBe("learning");
    stream.metric = stream.metric.fix();
    expect(stream.metric.phase).toBe("watching");
    expect(hoursUntilAlarm(stream, () => 0, 20).hours).toBe(3);
  });

  it("never learn from the hours of a change", () => {
    const stream = flat(2);
    hoursUntilAlarm(stream, () => 0, 20);
    nextHour(stream, 4, 1_000);
    const state = known(stream.metric);
    expect(state.phase === "watching" ? state.watch.collected?.some(({ seen }) => seen === 0) : true).toBe(
      false,
    );
  });

  it("are nothing while no output has ever come, and begin with the first", () => {
    const stream = startVolume(1);
    for (let hour = 0; hour < 1_000; hour += 1) nextHour(stream, 0, 1);
    expect(stream.metric.phase).toBe("learning");
    expect(stream.metric.encode().length).toBeLessThan(100);
    expect(nextHour(stream, 1, 1).learned).toEqual({ outputs: 1, runs: 1 });
  });

  it.each([
    ["an hour before the latest", firstHourAt, [9]],
    ["the latest hour again, as after a clock was set back", firstHourAt + 671 * hourMs, [9]],
    ["no count", firstHourAt + 672 * hourMs, []],
    ["a count that is no number", firstHourAt + 672 * hourMs, ["9"]],
    ["NaN", firstHourAt + 672 * hourMs, [Number.NaN]],
    ["a negative count", firstHourAt + 672 * hourMs, [-1]],
  ])("ignore %s", (_, at, values) => {
    const { metric } = flat(4);
    expect(metric.observe({ runId: 9_999, at, values }, 1_000).metric).toBe(metric);
  });

  it("know a day of 23 and of 25 hours", () => {
    // Berlin sets its clocks on 29 March and 25 October 2026, both at 1:00 UTC
    for (const changeAt of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]) {
      const settings = metricSettings({ id: "volume", kind: "volume", timeZone: "Europe/Berlin" });
      let metric: Metric = volume.begin(settings);
      const clock = new Intl.DateTimeFormat("en-GB", {
        timeZone: "Europe/Berlin",
        hour: "2-digit",
        hourCycle: "h23",
      });
      // ten outputs between nine and five local time, two weeks before the change and two after it
      for (let hour = -500; hour < 336; hour += 1) {
        const at = changeAt + hour * hourMs;
        const local = Number(clock.format(at));
        const seen = local >= 9 && local < 17 ? 10 : 0;
        const observed = metric.observe({ runId: hour, at, values: [seen] }, 300);
        expect(observed.alarm).toBeNull();
        metric = observed.metric;
      }
      expect(metric.phase).toBe("watching");
    }
  });

  it("take under 20 kB and come back from their bytes exactly", () => {
    const stream = startVolume(5);
    learnWeeks(stream, busyDays(20), 6);
    const bytes = stream.metric.encode();
    expect(bytes.length).toBeLessThan(20_000);
    expect(known(volume.decode(stream.settings, bytes))).toEqual(known(stream.metric));
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["another version", Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0)],
    ["cut off", flat(2).metric.encode().subarray(0, 2_000)],
  ])("refuse stored bytes that are %s", (_, bytes) => {
    expect(() => volume.decode(metricSettings({ kind: "volume" }), bytes)).toThrow(
      /stored state of a volume/,
    );
  });

  it("keep their evidence finite and their state exact for any stream", () => {
    const counts = fc.array(fc.oneof(fc.nat({ max: 5 }), fc.constantFrom(0, 1e6, 1e15, 0.5)), {
      maxLength: 60,
    });
    const learned = flat(2);
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 6 }), (values, level) => {
        let { metric } = learned;
        for (const [hour, value] of values.entries()) {
          const run = { runId: hour, at: firstHourAt + (336 + hour) * hourMs, values: [value] };
          const observed = metric.observe(run, 10 ** level);
          metric = volume.decode(learned.settings, observed.metric.encode());
          expect(known(metric)).toEqual(known(observed.metric));
          expect(observed.evidence ?? 0).toBeGreaterThanOrEqual(0);
          expect(observed.evidence ?? 0).toBeLessThanOrEqual(largestEvidence);
          const explanation = metric.explain();
          expect(explanation?.what === "volume" ? Number.isFinite(explanation.expected) : true).toBe(true);
        }
      }),
      { seed: 20_261_127, numRuns: 60 },
    );
  });
});
