import { describe, expect, it } from "vitest";
import { decodeState, encodeState } from "../../../src/drift/shares/encoding.js";
import {
  largestEvidence,
  type Outlook,
  storiesFromBaseline,
  tellRun,
} from "../../../src/drift/shares/share-detector.js";
import type { ShareState } from "../../../src/drift/shares/watch.js";
import { shapes, usualFields } from "../shapes.js";
import {
  categories,
  type Draw,
  learnBaseline,
  logNormal,
  metricSettings,
  nextRun,
  passing,
  seeded,
  startStream,
  stored,
} from "../streams.js";
import { writtenOut } from "./written-out.js";

const outlook: Outlook = { odds: [1.5, 2.5, 6, 0.5], weights: [0.15, 0.45, 0.3, 0.1] };

describe("weights cut where they cannot matter", () => {
  it.each([
    { what: "no change", rates: [0.95], n: 20 },
    { what: "a fall and a return", rates: [0.95, 0.7, 0.95], n: 20 },
    { what: "a slow slide", rates: [0.99, 0.97, 0.94, 0.9, 0.85, 0.8, 0.7, 0.6], n: 20 },
    { what: "a flip", rates: [1, 0, 1, 0], n: 20 },
    { what: "single outputs", rates: [0.9, 0.5, 0.9], n: 1 },
    { what: "large runs", rates: [0.95, 0.93, 0.6], n: 500 },
    { what: "a share that is never true", rates: [0, 0.02, 0], n: 20 },
  ])("leave the evidence within a millionth: $what", ({ rates, n }) => {
    const chance = seeded(5);
    const start = rates[0] ?? 0;
    const hits = Math.round(100 * start);
    let stories = storiesFromBaseline(hits, 100 - hits, 0.1, outlook);
    const exact = writtenOut(hits, 100 - hits, 0.1, outlook);
    for (let run = 0; run < 2_000; run += 1) {
      const rate = rates[Math.floor((run * rates.length) / 2_000)] ?? 0;
      const passes = Array.from({ length: n }, () => chance()).filter((drawn) => drawn < rate).length;
      const told = tellRun(stories, outlook, passes, n - passes);
      stories = told.stories;
      const expected = Math.min(exact(passes, n - passes), largestEvidence);
      expect(Math.abs(told.evidence / expected - 1)).toBeLessThan(1e-6);
    }
    expect(stories.changed[0]?.length).toBeLessThan(80);
  });
});

const usual = shapes(usualFields(20));
const kinds: readonly { kind: "pass-share" | "number" | "category" | "shape"; draw: Draw; changed: Draw }[] =
  [
    { kind: "pass-share", draw: passing(0.95), changed: passing(0.9) },
    { kind: "number", draw: logNormal(100), changed: logNormal(115) },
    { kind: "category", draw: categories([0.6, 0.3, 0.1]), changed: categories([0.5, 0.3, 0.2]) },
    { kind: "shape", draw: usual, changed: shapes(usualFields(18)) },
  ];

it.each(kinds)(
  "a $kind stored after every run has the evidence of one that never was",
  ({ kind, draw, changed }) => {
    const kept = startStream(metricSettings({ kind }), 3, 20, 1e14);
    const saved = startStream(metricSettings({ kind }), 3, 20, 1e14);
    learnBaseline(kept, draw);
    learnBaseline(saved, draw);
    for (let run = 0; run < 300; run += 1) {
      const values = run < 250 ? draw : changed;
      const expected = nextRun(kept, values).evidence ?? 0;
      const evidence = nextRun(saved, values).evidence ?? 0;
      saved.metric = stored(saved.settings, saved.metric);
      expect(Math.abs(evidence - expected)).toBeLessThanOrEqual(1e-6 * expected);
    }
  },
);

describe("the state of ten metrics, one of them a shape of 20 fields", () => {
  const ten: readonly (readonly [(typeof kinds)[number]["kind"], Draw])[] = [
    ["shape", usual],
    ...[0.99, 0.95, 0.8, 0.5].map((rate) => ["pass-share", passing(rate)] as const),
    ...[100, 2_000, 0.01].map((middle) => ["number", logNormal(middle)] as const),
    ["category", categories([0.4, 0.3, 0.2, 0.1])],
    ["category", categories(Array.from({ length: 12 }, () => 1 / 12))],
  ];

  it.each([0, 5, 50, 300])("takes at most 200 kB in all after %d runs", (runs) => {
    const bytes = ten.map(([kind, draw], at) => {
      const stream = startStream(metricSettings({ kind }), at, 20, 1e14);
      learnBaseline(stream, draw);
      for (let run = 0; run < runs; run += 1) nextRun(stream, draw);
      return stream.metric.encode().length;
    });
    const all = bytes.reduce((sum, each) => sum + each, 0);
    expect(all).toBeLessThanOrEqual(200_000);
  });
});

describe("values of a learning shape", () => {
  const learning = (values: readonly (readonly [string, number])[]): ShareState => ({
    phase: "learning",
    runs: [{ runId: 1, at: 0, tally: new Map(values) }],
    accepted: null,
  });

  it.each([
    { what: "one line", value: "$:text" },
    { what: "ascending lines", value: "$:object\na:number\nb:string" },
    { what: "lines in another order", value: "b\na" },
    { what: "a line twice", value: "a\na" },
    { what: "empty lines", value: "\n\n" },
  ])("come back as they were: $what", ({ value }) => {
    const state = learning([
      ["$:object\na:number", 2],
      [value, 3],
    ]);
    expect(decodeState(encodeState(state))).toEqual(state);
  });
});
