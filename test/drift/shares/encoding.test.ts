import { describe, expect, it } from "vitest";
import { decodeState } from "../../../src/drift/shares/encoding.js";
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
  stored,
} from "../streams.js";

const plans = [
  { kind: "pass-share", usual: passing(0.95), changed: passing(0.4), limit: 20_000 },
  { kind: "number", usual: logNormal(100), changed: logNormal(400), limit: 80_000 },
  { kind: "category", usual: categories([0.6, 0.4]), changed: categories([0, 1]), limit: 40_000 },
] as const;

function longStream(kind: (typeof plans)[number]["kind"], usual: Draw, n: number): Stream {
  const stream = startStream(metricSettings({ kind }), 9, n, 1e12);
  learnBaseline(stream, usual);
  for (let run = 0; run < 250; run += 1) {
    nextRun(stream, usual);
  }
  return stream;
}

describe.each(plans)("the state of a $kind", ({ kind, usual, changed, limit }) => {
  it("comes back exactly in every phase", () => {
    const stream = startStream(metricSettings({ kind }), 9);
    nextRun(stream, usual);
    expect(decodeState(stored(stream.settings, stream.metric).encode())).toEqual(
      decodeState(stream.metric.encode()),
    );
    learnBaseline(stream, usual);
    nextRun(stream, usual);
    expect(decodeState(stored(stream.settings, stream.metric).encode())).toEqual(
      decodeState(stream.metric.encode()),
    );
    runUntilAlarm(stream, changed, 50);
    expect(stream.metric.phase).toBe("alarmed");
    expect(decodeState(stored(stream.settings, stream.metric).encode())).toEqual(
      decodeState(stream.metric.encode()),
    );
    const accepted = stream.metric.accept();
    expect(decodeState(stored(stream.settings, accepted).encode())).toEqual(decodeState(accepted.encode()));
  });

  it("goes on from the stored bytes as if it had never been stored", () => {
    const kept = longStream(kind, usual, 20);
    const resumed = longStream(kind, usual, 20);
    resumed.metric = stored(resumed.settings, resumed.metric);
    const [one, other] = [nextRun(resumed, changed), nextRun(kept, changed)];
    expect({ ...one, metric: decodeState(one.metric.encode()) }).toEqual({
      ...other,
      metric: decodeState(other.metric.encode()),
    });
  });

  it("stays small after many runs, small ones and large ones", () => {
    expect(longStream(kind, usual, 20).metric.encode().length).toBeLessThan(limit);
    expect(longStream(kind, usual, 500).metric.encode().length).toBeLessThan(limit);
  });
});

describe("decodeState", () => {
  const bytes = longStream("pass-share", passing(0.9), 20).metric.encode();

  it.each([
    { what: "nothing", broken: new Uint8Array(0), message: /begins unlike version 2/ },
    {
      what: "another version",
      broken: bytes.map((byte, i) => (i === 0 ? 9 : byte)),
      message: /unlike version 2/,
    },
    {
      what: "a broken head",
      broken: bytes.map((byte, i) => (i === 9 ? 0 : byte)),
      message: /cannot be unpacked|JSON|token/,
    },
    { what: "missing weights", broken: bytes.slice(0, -8), message: /expected more weights/ },
  ])("refuses $what", ({ broken, message }) => {
    expect(() => decodeState(broken)).toThrow(message);
  });

  it("reads from the middle of a larger buffer", () => {
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeState(larger.subarray(3))).toEqual(decodeState(bytes));
  });
});
