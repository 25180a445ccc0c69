import { describe, expect, it } from "vitest";
import { acceptChange, decodeState, encodeState } from "../../../src/drift/shares/share-metric.js";
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
    expect(decodeState(encodeState(stream.state))).toEqual(stream.state);
    learnBaseline(stream, usual);
    nextRun(stream, usual);
    expect(decodeState(encodeState(stream.state))).toEqual(stream.state);
    runUntilAlarm(stream, changed, 50);
    expect(stream.state.phase).toBe("alarmed");
    expect(decodeState(encodeState(stream.state))).toEqual(stream.state);
    const accepted = acceptChange(stream.settings, stream.state);
    expect(decodeState(encodeState(accepted))).toEqual(accepted);
  });

  it("goes on from the stored bytes as if it had never been stored", () => {
    const kept = longStream(kind, usual, 20);
    const stored = longStream(kind, usual, 20);
    stored.state = decodeState(encodeState(stored.state));
    expect(nextRun(stored, changed)).toEqual(nextRun(kept, changed));
  });

  it("stays small after many runs, small ones and large ones", () => {
    expect(encodeState(longStream(kind, usual, 20).state).length).toBeLessThan(limit);
    expect(encodeState(longStream(kind, usual, 500).state).length).toBeLessThan(limit);
  });
});

describe("decodeState", () => {
  const bytes = encodeState(longStream("pass-share", passing(0.9), 20).state);

  it.each([
    { what: "nothing", broken: new Uint8Array(0), message: /begins unlike version 1/ },
    {
      what: "another version",
      broken: bytes.map((byte, i) => (i === 0 ? 9 : byte)),
      message: /unlike version 1/,
    },
    { what: "a broken head", broken: bytes.map((byte, i) => (i === 9 ? 0 : byte)), message: /JSON|token/ },
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
