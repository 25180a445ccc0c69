import { describe, expect, it } from "vitest";
import { shape } from "../../../src/drift/kinds/shape.js";
import { shapes, usualFields, withShare } from "../shapes.js";
import { learnBaseline, metricSettings, runUntilAlarm, startStream } from "../streams.js";

const baseline = new Map([
  ["$:object\na:number\nb:string", 70],
  ["$:object\na:number", 28],
  ["$:object\na:number\nonce:string", 1],
  ["$:object\na:string", 1],
]);

describe("the shares of a shape", () => {
  it("are one for each field seen twice, and one for outputs with another field", () => {
    const plans = shape.plan(baseline, null);
    expect(plans.map(({ share }) => share)).toEqual([
      { kind: "present", path: "$", type: "object" },
      { kind: "present", path: "a", type: "number" },
      { kind: "present", path: "b", type: "string" },
      { kind: "new-field" },
    ]);
    expect(plans.map(({ weight }) => weight)).toEqual([0.5 / 3, 0.5 / 3, 0.5 / 3, 0.5]);
    expect(plans.map((plan) => plan.baseline.hits)).toEqual([100, 99, 70, 2]);
  });

  it("count an output once, however many new fields it has", () => {
    const shares = shape.plan(baseline, null).map(({ share }) => share);
    const run = new Map([
      ["$:object\na:number\nx:string\ny:string", 3],
      ["$:object\nb:string", 4],
    ]);
    expect(shape.count(shares, run)).toEqual([7, 3, 4, 3]);
    expect(shape.newcomers(shares, run)).toEqual([
      ["x:string", 3],
      ["y:string", 3],
    ]);
  });

  it("are 200 fields at most", () => {
    const wide = Array.from({ length: 300 }, (_, at) => `f${String(at).padStart(3, "0")}:string`).join("\n");
    expect(shape.plan(new Map([[wide, 100]]), null)).toHaveLength(201);
  });
});

describe("a stream of shapes", () => {
  const fields = usualFields(20);
  const first = "field_000:string";

  it.each([
    { what: "a field gone", since: withShare(fields, first, 0), runs: 1 },
    { what: "a field renamed", since: withShare(withShare(fields, first, 0), "renamed:string", 1), runs: 1 },
    {
      what: "a field of another type",
      since: withShare(withShare(fields, first, 0), "field_000:number", 1),
      runs: 1,
    },
    { what: "a new field in a tenth", since: withShare(fields, "new:string", 0.1), runs: 4 },
    { what: "a field in 80%", since: withShare(fields, first, 0.8), runs: 3 },
  ])("alarms within $runs runs of $what", ({ since, runs }) => {
    const stream = startStream(metricSettings({ kind: "shape" }), 7);
    learnBaseline(stream, shapes(fields));
    expect(runUntilAlarm(stream, shapes(fields), 20).alarm).toBeNull();
    expect(runUntilAlarm(stream, shapes(since), 50).runs).toBeLessThanOrEqual(runs);
  });

  it("names what is new, commonest first", () => {
    const stream = startStream(metricSettings({ kind: "shape" }), 7);
    learnBaseline(stream, shapes(fields));
    const since = withShare(withShare(fields, "new:string", 0.6), "rare:string", 0.2);
    const newcomers = runUntilAlarm(stream, shapes(since), 50).alarm?.newcomers ?? [];
    expect(newcomers.map(({ value }) => value)).toEqual(["new:string", "rare:string"]);
  });

  it("stays silent and small when every output brings new names, and still finds a missing field", () => {
    let next = 0;
    const draw = (has: boolean) => (_chance: () => number, n: number) =>
      Array.from({ length: n }, () => {
        next += 1;
        return ["$:object", `map.n${next}:number`, "map:object", ...(has ? ["total:number"] : [])].join("\n");
      });
    const stream = startStream(metricSettings({ kind: "shape" }), 7);
    learnBaseline(stream, draw(true));
    expect(runUntilAlarm(stream, draw(true), 300).alarm).toBeNull();
    expect(stream.metric.encode().length).toBeLessThan(60_000);
    expect(runUntilAlarm(stream, draw(false), 3).alarm?.share).toEqual({
      kind: "present",
      path: "total",
      type: "number",
    });
  });
});
