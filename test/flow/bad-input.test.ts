import { describe, expect, it } from "vitest";
import { examineStore } from "../../src/cli/doctor-store.js";
import type { OutputDraft } from "../../src/domain/output.js";
import { closeOrphans } from "../../src/flow/close-orphans.js";
import { perform } from "../../src/flow/command.js";
import type { Watched } from "../../src/flow/ground.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { relearn } from "../../src/flow/relearn.js";
import { runSlots } from "../../src/flow/run.js";
import type { MetricRow } from "../../src/store/metric.js";
import { benchGround, entry, hour, hourOf, monday, okCheck, options } from "./bench-ground.js";

type Bench = ReturnType<typeof benchGround>;

/** Puts the outputs of a slot into the source and closes it. */
async function close(
  { ground, watched, source, clock }: Bench,
  slotAt: number,
  outputs: readonly OutputDraft[],
) {
  source.outputs.push(...outputs);
  clock.set(slotAt);
  return runSlots(ground, watched, [slotAt], options);
}

function following(categories: readonly string[], numbers: readonly string[] = []) {
  const check = okCheck();
  const metrics = planMetrics(entry, [{ check, settings: {} }], {
    categories,
    numbers,
    baseline: { outputs: 100, runs: 5 },
    golden: null,
    volume: true,
  });
  return benchGround({ checks: [check], change: { metrics } });
}

function rowOf({ ground }: Bench, metric: string): MetricRow {
  const row = ground.store.metrics.get("invoices", metric);
  if (row === null) throw new Error(`nothing is known of ${metric}`);
  return row;
}

const found = ({ ground }: Bench) => ground.store.findings.list("invoices", 100);

describe("runs of hardly anything", () => {
  it("of no output leave every metric of outputs as it was, and are on record", async () => {
    const bench = benchGround();
    for (let at = 1; at <= 6; at += 1) await close(bench, monday + at * hour, hourOf(monday + at * hour, 0));
    const before = rowOf(bench, "check:ok");
    await close(bench, monday + 7 * hour, []);
    expect(rowOf(bench, "check:ok")).toEqual(before);
    expect(bench.ground.store.runs.list("invoices", 1)).toMatchObject([
      { state: "done", outputs: 0, drawn: 0 },
    ]);
  });

  it("of one output learn, stay silent, and find a fall", async () => {
    const bench = benchGround();
    for (let at = 1; at <= 120; at += 1)
      await close(bench, monday + at * hour, hourOf(monday + at * hour, 0).slice(0, 1));
    expect(rowOf(bench, "check:ok")).toMatchObject({
      phase: "watching",
      learnedOutputs: 100,
      learnedRuns: 100,
    });
    expect(found(bench)).toEqual([]);
    for (let at = 121; at <= 135; at += 1)
      await close(bench, monday + at * hour, hourOf(monday + at * hour, 20).slice(0, 1));
    expect(found(bench).map((each) => each.finding.metric)).toContain("check:ok");
  });
});

describe("values that are all the same", () => {
  it("alarm about nothing, and about the first thing that differs", async () => {
    const bench = following(["$.kind"], ["$.total"]);
    const constant = (slotAt: number, change: { kind?: string; total?: number } = {}) =>
      hourOf(slotAt, 0).map((each) => {
        const fields = { kind: "order", total: 12.5, ...change };
        return { ...each, text: "ok the same", fields, latencyMs: 100, costMicros: 7 };
      });
    for (let at = 1; at <= 40; at += 1) await close(bench, monday + at * hour, constant(monday + at * hour));
    expect(found(bench)).toEqual([]);
    for (let at = 41; at <= 44; at += 1)
      await close(bench, monday + at * hour, constant(monday + at * hour, { total: 13, kind: "offer" }));
    const moved = found(bench).map((each) => each.finding.metric);
    expect(moved).toContain("number:$.total");
    expect(moved).toContain("category:$.kind");
  });
});

describe("figures that are none", () => {
  it.each([
    ["a text", "12.5"],
    ["nothing", null],
    ["a list", [12.5]],
    ["true", true],
  ])("are left out of a number, and named as a change of its type: %s", async (_, other) => {
    const bench = following([], ["$.total"]);
    const of = (slotAt: number, total: unknown) =>
      hourOf(slotAt, 0).map((each, at) => ({
        ...each,
        fields: JSON.parse(
          JSON.stringify({ supplier: "Mill", total: total === undefined ? 10 + at : total }),
        ),
      }));
    for (let at = 1; at <= 10; at += 1)
      await close(bench, monday + at * hour, of(monday + at * hour, undefined));
    const before = rowOf(bench, "number:$.total");
    for (let at = 11; at <= 12; at += 1)
      await close(bench, monday + at * hour, of(monday + at * hour, other));
    expect(rowOf(bench, "number:$.total")).toEqual(before);
    const shape = found(bench).find((each) => each.finding.metric === "shape");
    expect(shape?.finding.sentence).toMatch(
      /^`total` is a number in 0% of outputs instead of 100%; it is now .* in 100%/,
    );
  });

  it("of a source that hands over NaN and Infinity reach no metric", async () => {
    const bench = benchGround();
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 1; at <= 12; at += 1) {
      const outputs = hourOf(monday + at * hour, 0).map((each, index) => {
        const latencyMs = index < 3 ? (odd[index] ?? 0) : 100 + index;
        return { ...each, latencyMs };
      });
      await close(bench, monday + at * hour, outputs);
    }
    expect(rowOf(bench, "number:latency")).toMatchObject({
      phase: "watching",
      learnedOutputs: 102,
      learnedRuns: 6,
    });
    expect(rowOf(bench, "run:latency")).toMatchObject({ phase: "learning", learnedRuns: 12 });
    expect(found(bench)).toEqual([]);
  });
});

describe("outputs that come late or out of order", () => {
  it("change nothing where they come in another order within a slot", async () => {
    const [inOrder, shuffled] = [benchGround(), benchGround()];
    for (let at = 1; at <= 12; at += 1) {
      const outputs = hourOf(monday + at * hour, at > 10 ? 8 : 1);
      await close(inOrder, monday + at * hour, outputs);
      await close(shuffled, monday + at * hour, [...outputs].reverse());
    }
    for (const id of ["check:ok", "shape", "number:length"])
      expect(rowOf(shuffled, id).evidence).toBeCloseTo(rowOf(inOrder, id).evidence ?? -1, 9);
  });

  it("move no run that is closed: its outputs, its draw and its place stay", async () => {
    const bench = benchGround();
    for (let at = 1; at <= 8; at += 1) await close(bench, monday + at * hour, hourOf(monday + at * hour, 0));
    const closed = bench.ground.store.runs.list("invoices", 20);
    await close(bench, monday + 9 * hour, [
      ...hourOf(monday + 3 * hour, 20, "late-"),
      ...hourOf(monday + 9 * hour, 0),
    ]);
    expect(bench.ground.store.runs.list("invoices", 20).slice(1)).toEqual(closed);
    expect(bench.ground.store.runs.list("invoices", 1)).toMatchObject([{ outputs: 40, drawn: 20 }]);
    expect(bench.ground.store.outputs.totals("invoices").outputs).toBe(200);
  });
});

describe("an automation that is renamed", () => {
  it("begins anew under its new id; what the old one knew stays, and goes on when the name comes back", async () => {
    const bench = benchGround();
    const { ground, watched, source, clock } = bench;
    for (let at = 1; at <= 14; at += 1)
      await close(bench, monday + at * hour, hourOf(monday + at * hour, at > 10 ? 12 : 0));
    expect(ground.store.incidents.open()).toHaveLength(1);
    const old = rowOf(bench, "check:ok");
    const renamed: Watched = { ...watched, entry: { ...watched.entry, id: "invoice-reading" } };
    const after = { ...ground, register: { ...ground.register, automations: [renamed] } };
    closeOrphans(after);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.incidents.moves(1).at(-1)?.why).toBe("the automation is no longer in the register");
    source.outputs.push(...hourOf(monday + 15 * hour, 0));
    clock.set(monday + 15 * hour);
    await runSlots(after, renamed, [monday + 15 * hour], options);
    expect(ground.store.metrics.get("invoice-reading", "check:ok")).toMatchObject({ phase: "learning" });
    expect(rowOf(bench, "check:ok")).toEqual(old);
    expect(ground.store.outputs.totals("invoices").outputs).toBe(280);
    await close(bench, monday + 16 * hour, hourOf(monday + 16 * hour, 0));
    expect(rowOf(bench, "check:ok")).toMatchObject({
      runs: old.runs + 1,
      learnedOutputs: old.learnedOutputs,
    });
  });
});

describe("a clock that jumps", () => {
  it.each([
    ["a day back", -24 * hour],
    ["a year ahead", 365 * 24 * hour],
  ])("%s and back again loses no output and counts none twice", async (_, jump) => {
    const bench = benchGround();
    const { ground, clock, watched } = bench;
    const timed = (slotAt: number) => hourOf(slotAt, 0).map((each) => ({ ...each, latencyMs: 100 }));
    for (let at = 1; at <= 12; at += 1) await close(bench, monday + at * hour, timed(monday + at * hour));
    bench.source.outputs.push(...timed(monday + 13 * hour));
    clock.set(monday + 13 * hour + jump);
    await runSlots(ground, watched, [monday + 13 * hour + jump], options);
    for (let at = 14; at <= 50; at += 1) await close(bench, monday + at * hour, timed(monday + at * hour));
    const runs = ground.store.runs.list("invoices", 100);
    expect(runs.reduce((sum, each) => sum + each.outputs, 0)).toBe(50 * 20);
    expect(ground.store.outputs.totals("invoices").outputs).toBe(50 * 20);
    expect(rowOf(bench, "check:ok")).toMatchObject({ phase: "watching" });
    const standing = found(bench).filter((each) => each.endedAt === null);
    expect(standing).toEqual([]);
    expect(ground.store.incidents.open()).toEqual([]);
    // both know which hour was the last, and go on with the present ones
    expect(rowOf(bench, "volume")).toMatchObject({ phase: "learning", updatedAt: monday + 50 * hour });
    expect(rowOf(bench, "volume").learnedRuns).toBeGreaterThanOrEqual(49);
    expect(rowOf(bench, "run:latency").learnedRuns).toBeGreaterThanOrEqual(26);
  });
});

describe("what is usual, learned anew", () => {
  it("after a check was edited: the old level stays on record, and other metrics keep theirs", async () => {
    const bench = benchGround();
    for (let at = 1; at <= 8; at += 1) await close(bench, monday + at * hour, hourOf(monday + at * hour, 1));
    const shape = rowOf(bench, "shape");
    const metrics = planMetrics(entry, [{ check: okCheck(), settings: "edited" }], {
      categories: [],
      numbers: [],
      baseline: { outputs: 100, runs: 5 },
      golden: null,
      volume: true,
    });
    const edited = { ...bench, watched: { ...bench.watched, metrics } };
    await close(edited, monday + 9 * hour, hourOf(monday + 9 * hour, 1));
    expect(rowOf(bench, "check:ok")).toMatchObject({ phase: "learning", runs: 1, standing: "probation" });
    expect(rowOf(bench, "shape")).toMatchObject({ phase: "watching", runs: shape.runs + 1 });
    expect(bench.ground.store.earlierBaselines.list("invoices", 9)).toEqual([
      {
        automation: "invoices",
        metric: "check:ok",
        title: "Begins with ok",
        endedAt: monday + 9 * hour,
        why: "what is measured was edited",
        runs: 8,
        outputs: 100,
        hits: 95,
        n: 100,
      },
    ]);
  });

  it("where it was taken while broken: someone says so, it learns again, and finds what it would have missed", async () => {
    const bench = benchGround();
    const { ground, watched } = bench;
    for (let at = 1; at <= 8; at += 1) await close(bench, monday + at * hour, hourOf(monday + at * hour, 12));
    for (let at = 9; at <= 14; at += 1) await close(bench, monday + at * hour, hourOf(monday + at * hour, 0));
    const better = ground.store.findings.active("invoices").find((each) => each.finding.check === "ok");
    expect(better?.finding).toMatchObject({ improvement: true, level: "digest" });
    const fix = examineStore(ground).find((each) => each.fix?.includes("relearn"));
    expect(fix?.fix).toBe('evenkeel relearn invoices ok --why "..."');
    const order = {
      do: "relearn",
      automation: "invoices",
      subject: "ok",
      who: "Marta Quill",
      why: "was broken",
    } as const;
    expect(await perform(ground, options.levels, order, options.signal)).toEqual({
      relearned: [{ id: "check:ok", title: "Begins with ok", outputs: 100, runs: 5 }],
    });
    expect(ground.store.findings.active("invoices").map((each) => each.finding.check)).not.toContain("ok");
    expect(rowOf(bench, "check:ok")).toMatchObject({ phase: "learning", runs: 0, standing: "probation" });
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      { what: "relearn", who: "Marta Quill", why: "was broken", subject: "check:ok" },
    ]);
    for (let at = 15; at <= 20; at += 1)
      await close(bench, monday + at * hour, hourOf(monday + at * hour, 0));
    for (let at = 21; at <= 24; at += 1)
      await close(bench, monday + at * hour, hourOf(monday + at * hour, 8));
    const fall = ground.store.findings.active("invoices").find((each) => each.finding.check === "ok");
    expect(fall?.headline).toBe("“Begins with ok” fell from 100% to about 60% of outputs");
    const unknown = { ...order, subject: "okk" };
    await expect(perform(ground, options.levels, unknown, options.signal)).rejects.toThrow(
      /has no check or metric "okk"/,
    );
    expect(watched.metrics.some((each) => each.id === "check:ok")).toBe(true);
  });

  it("ends an incident that rested on it alone", async () => {
    const bench = benchGround();
    for (let at = 1; at <= 14; at += 1)
      await close(bench, monday + at * hour, hourOf(monday + at * hour, at > 10 ? 12 : 0));
    expect(bench.ground.store.incidents.open()).toHaveLength(1);
    relearn(bench.ground, bench.watched, {
      subject: "check:ok",
      who: "Marta Quill",
      why: "the check was wrong",
    });
    expect(bench.ground.store.incidents.open()).toEqual([]);
  });
});

describe("5,000 distinct categories", () => {
  // where no category was ever seen twice, one that takes over is as unseen as the ones before: nothing can be said
  it("are followed in little space and alarm about nothing", async () => {
    const bench = following(["$.kind"]);
    let next = 0;
    const of = (slotAt: number, taken: number) =>
      hourOf(slotAt, 0).map((each, at) => {
        next += 1;
        return { ...each, fields: { kind: at < taken ? "billing" : `label ${next}` } };
      });
    for (let at = 1; at <= 250; at += 1) await close(bench, monday + at * hour, of(monday + at * hour, 0));
    expect(next).toBe(5_000);
    const category = () => found(bench).filter((each) => each.finding.metric === "category:$.kind");
    expect(category()).toEqual([]);
    expect(rowOf(bench, "category:$.kind").state.length).toBeLessThan(60_000);
    for (let at = 251; at <= 256; at += 1) await close(bench, monday + at * hour, of(monday + at * hour, 18));
    expect(rowOf(bench, "category:$.kind").phase).toBe("watching");
  });
});

describe("the states of ten metrics and more, 20 field paths among them", () => {
  it("are at most 200 kB for each run, as written", async () => {
    const check = okCheck();
    const metrics = planMetrics(
      entry,
      ["ok", "b", "c", "d"].map((id) => ({ check: okCheck({ id }), settings: {} })),
      {
        categories: ["$.f1"],
        numbers: ["$.f2"],
        baseline: { outputs: 100, runs: 5 },
        golden: null,
        volume: true,
      },
    );
    const bench = benchGround({ checks: [check], change: { metrics } });
    const kinds = ["order", "offer", "invoice", "reminder"];
    let most = 0;
    for (let at = 1; at <= 120; at += 1) {
      const outputs = hourOf(monday + at * hour, 1).map((each, index) => {
        const fields = Object.fromEntries(
          Array.from(
            { length: 20 },
            (_, field) => [`f${field}`, field === 2 ? at + index : `v${field}`] as const,
          ).filter(([name]) => name !== "f7" || index % 3 > 0),
        );
        const f1 = kinds[(index + at) % kinds.length] ?? "order";
        return {
          ...each,
          text: `ok ${"x".repeat((index * 37 + at * 11) % 200)}`,
          fields: { ...fields, f1 },
          input: `please read ${"y".repeat((index * 31 + at * 7) % 300)}`,
          latencyMs: 500 + ((index * 97 + at * 53) % 900),
          costMicros: 200 + ((index * 13 + at * 29) % 100),
          tokens: 300 + ((index * 17 + at * 41) % 120),
        };
      });
      const slotAt = monday + at * hour;
      await close(bench, slotAt, outputs);
      const written = bench.ground.store.metrics.list("invoices").filter((each) => each.updatedAt === slotAt);
      expect(written.length).toBeGreaterThanOrEqual(10);
      most = Math.max(
        most,
        written.reduce((sum, each) => sum + each.state.length, 0),
      );
    }
    expect(rowOf(bench, "shape").phase).toBe("watching");
    expect(most).toBeLessThanOrEqual(200_000);
  });
});
