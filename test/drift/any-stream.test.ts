import { describe, expect, it } from "vitest";
import type { Explanation } from "../../src/drift/explanation.js";
import * as kinds from "../../src/drift/kinds/all.js";
import type { Observation } from "../../src/drift/metric.js";
import type { MetricSettings } from "../../src/drift/settings.js";
import { largestEvidence } from "../../src/drift/shares/share-detector.js";
import { begin, type Chance, categories, logNormal, metricSettings, seeded, stored } from "./streams.js";

const hour = 3_600_000;
/** Monday 5 January 2026, 00:00 UTC. */
const firstAt = Date.UTC(2026, 0, 5);

type Name = MetricSettings["kind"];
/** One output, or the whole of a run where a kind takes a single number of it; before a change or since. */
type Make = (chance: Chance, since: boolean, at: number) => Observation;

const oneOf = (chance: Chance, values: readonly Observation[]): Observation =>
  values[Math.floor(chance() * values.length)] ?? 0;

const shapeWith = (...lines: readonly string[]) => ["$:object", ...lines].sort().join("\n");

/** What each kind usually gets, and the same after a change half way. */
const usual: Readonly<Record<Name, Make>> = {
  "pass-share": (chance, since) => chance() < (since ? 0.6 : 0.95),
  number: (chance, since) => logNormal(since ? 200 : 100)(chance, 1)[0] ?? 0,
  "number-per-run": (chance, since) => logNormal(since ? 300 : 100, 0.1)(chance, 1)[0] ?? 0,
  category: (chance, since) => categories(since ? [0.2, 0.2, 0.6] : [0.6, 0.3, 0.1])(chance, 1)[0] ?? "",
  shape: (chance, since) =>
    shapeWith(since ? "b:number" : "a:number", ...(chance() < 0.5 ? ["c:string"] : [])),
  volume: (chance, since) => (since ? 5 : 20) + Math.floor(chance() * 5),
  "golden-cases": (chance, since, at) => ({
    case: `c${at}`,
    fingerprint: "f",
    pass: chance() < 0.1 ? null : chance() < (since && at < 3 ? 0.1 : 0.98),
  }),
};

const constant: Readonly<Record<Name, Observation>> = {
  "pass-share": true,
  number: 7,
  "number-per-run": 7,
  category: "one",
  shape: "$:text",
  volume: 7,
  "golden-cases": { case: "only", fingerprint: "f", pass: true },
};

const many = 5_000;
/** The n-th of 5,000 distinct values. */
const distinct: Readonly<Record<Name, (n: number) => Observation>> = {
  "pass-share": (n) => n % 2 === 0,
  number: (n) => n * 1.5,
  "number-per-run": (n) => 1 + n * 1.5,
  category: (n) => `label ${n}`,
  shape: (n) => shapeWith(`field_${n}:string`),
  volume: (n) => n,
  "golden-cases": (n) => ({
    case: `case ${n % 500}`,
    fingerprint: `${Math.floor(n / 500)}`,
    pass: n % 3 > 0,
  }),
};

const foreign: readonly Observation[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  -0,
  "12.5",
  "NaN",
  "Infinity",
  "",
  "__proto__",
  true,
  false,
  { case: "__proto__", fingerprint: "", pass: false },
];

const perRun: ReadonlySet<Name> = new Set<Name>(["number-per-run", "volume"]);
/** Outputs in a run of a kind. */
const sizeOf = (kind: Name) => (perRun.has(kind) ? 1 : 20);
/** Those with a week or a day of their own learn for two weeks first. */
const runsOf = (kind: Name) => (perRun.has(kind) ? 336 + 300 : 300);

function usualRun(kind: Name, chance: Chance, run: number): readonly Observation[] {
  const since = run >= runsOf(kind) - 100;
  return Array.from({ length: sizeOf(kind) }, (_, at) => usual[kind](chance, since, at));
}

const changing = "a change after 200 runs";

const streams: Readonly<Record<string, (kind: Name, chance: Chance, run: number) => readonly Observation[]>> =
  {
    [changing]: usualRun,
    "empty runs now and then": (kind, chance, run) => (chance() < 0.3 ? [] : usualRun(kind, chance, run)),
    "nothing but empty runs": () => [],
    "runs of 1": (kind, chance, run) => usualRun(kind, chance, run).slice(0, 1),
    "one constant": (kind) => Array.from({ length: sizeOf(kind) }, () => constant[kind]),
    "NaN, Infinity and strings among the values": (kind, chance, run) =>
      usualRun(kind, chance, run).map((value) => (chance() < 0.3 ? oneOf(chance, foreign) : value)),
    "NaN, Infinity and strings alone": (kind, chance) =>
      Array.from({ length: sizeOf(kind) }, () => oneOf(chance, foreign)),
    "5,000 distinct values": (kind, _chance, run) =>
      Array.from({ length: sizeOf(kind) }, (_, at) => distinct[kind]((run * sizeOf(kind) + at) % many)),
  };

/** Both say the same, figures within a millionth. */
function expectSame(saved: Explanation | null, kept: Explanation | null): void {
  expect(saved === null).toBe(kept === null);
  if (kept === null || saved === null) return;
  const { evidence, ...rest } = saved;
  expect(rest).toEqual({ ...kept, evidence: undefined });
  expectWithinMillionth(evidence, kept.evidence);
}

function expectWithinMillionth(saved: number | null, kept: number | null): void {
  expect(saved === null).toBe(kept === null);
  if (kept === null || saved === null) return;
  expect(Number.isFinite(saved)).toBe(true);
  expect(saved).toBeLessThanOrEqual(largestEvidence);
  expect(Math.abs(saved - kept)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(kept)));
}

describe.each(Object.values(kinds).map(({ kind }) => kind))("any stream of %s", (kind) => {
  const settings = metricSettings({ kind, baselineOutputs: kind === "golden-cases" ? 0 : 100 });

  it.each(Object.entries(streams))(
    "leaves evidence, phase and explanation as if it had never been stored: %s",
    (what, draw) => {
      const chance = seeded(41);
      let kept = begin(settings);
      let saved = begin(settings);
      let alarms = 0;
      for (let run = 0; run < runsOf(kind); run += 1) {
        const observed = { runId: run, at: firstAt + (1 + run) * hour, values: draw(kind, chance, run) };
        const [seen, after] = [kept.observe(observed, 1_000), saved.observe(observed, 1_000)];
        expect({ ...after, metric: null, evidence: null, alarm: after.alarm !== null }).toEqual({
          ...seen,
          metric: null,
          evidence: null,
          alarm: seen.alarm !== null,
        });
        expectWithinMillionth(after.evidence, seen.evidence);
        if (seen.alarm !== null) alarms += 1;
        kept = seen.metric;
        saved = stored(settings, after.metric);
        expect(saved.phase).toBe(kept.phase);
        if (run % 10 === 0 || seen.alarm !== null) expectSame(saved.explain(), kept.explain());
      }
      if (what === changing) expect(alarms).toBe(1);
    },
  );

  it("is no run where nothing of it can be read", () => {
    const metric = begin(settings);
    const unread: Readonly<Record<Name, readonly Observation[]>> = {
      "pass-share": [Number.NaN, "true", 1],
      number: [Number.NaN, Number.POSITIVE_INFINITY, "12.5", true],
      "number-per-run": [Number.NaN],
      category: [Number.NaN, 1, true],
      shape: [Number.NaN, 1, ""],
      volume: ["12"],
      "golden-cases": [Number.NaN, "12", true],
    };
    expect(metric.observe({ runId: 1, at: firstAt, values: unread[kind] }, 1_000).metric).toBe(metric);
  });
});
