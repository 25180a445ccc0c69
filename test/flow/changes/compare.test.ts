import { describe, expect, it } from "vitest";
import { compareDue } from "../../../src/flow/changes/compare.js";
import { markChange } from "../../../src/flow/changes/mark.js";
import { nearestChange, sayCompared } from "../../../src/flow/changes/nearest-change.js";
import { retest, retestsDue } from "../../../src/flow/changes/retest.js";
import type { WatchedGolden } from "../../../src/flow/ground.js";
import { runSlots } from "../../../src/flow/run.js";
import { benchGround, draft, hour, hourOf, monday, options } from "../bench-ground.js";

const day = 24 * hour;
const told = { automation: "invoices", note: "a new prompt", who: "Marta Quill" };

async function watchedFor(hours: number, suffix: (slotAt: number) => string) {
  const bench = benchGround();
  const { ground, watched, source, clock } = bench;
  ground.store.registry.see("invoices", monday);
  ground.store.registry.markHistoryRead("invoices", monday);
  for (let index = 1; index <= hours; index += 1) {
    const slotAt = monday + index * hour;
    source.outputs.push(
      ...hourOf(slotAt, 0).map((each) => ({ ...each, text: `${each.text}${suffix(slotAt)}` })),
    );
    clock.set(slotAt);
    await runSlots(ground, watched, [slotAt], options);
  }
  return bench;
}

describe("before and since a change", () => {
  it("says that nothing moved where nothing did", async () => {
    const { ground, watched, clock } = await watchedFor(50, () => "");
    const { marker } = markChange(ground, watched, {
      ...told,
      at: new Date(monday + 20 * hour).toISOString(),
    });
    compareDue(ground, clock.now());
    const metrics = ground.store.changes.comparison(marker);
    expect(metrics.map((each) => [each.metric, each.result])).toContainEqual(["check:ok", "same"]);
    expect(metrics.filter((each) => each.result === "moved")).toEqual([]);
    expect(sayCompared(ground, "invoices", monday + 21 * hour)).toEqual([
      "Before and since “a new prompt” (Marta Quill): nothing moved",
    ]);
  });

  it("says what moved, in its unit, and only once a day has passed", async () => {
    const changedAt = monday + 20 * hour;
    const suffix = (slotAt: number) =>
      slotAt > changedAt ? " and so much more that it is told at length" : "";
    const { ground, watched, clock } = await watchedFor(43, suffix);
    const { marker } = markChange(ground, watched, { ...told, at: new Date(changedAt).toISOString() });
    compareDue(ground, clock.now());
    expect(ground.store.changes.list("invoices", 1)[0]?.comparedAt).toBeNull();
    compareDue(ground, clock.now() + hour);
    expect(ground.store.changes.comparison(marker)[0]).toMatchObject({
      metric: "number:length",
      result: "moved",
      sentence: "usual length rose from 21.5 characters to 64.5 characters",
    });
    expect(nearestChange(ground, "invoices", changedAt + 2 * hour)).toEqual({
      what: "“a new prompt” (Marta Quill)",
      beforeMs: 2 * hour,
    });
  });

  it("waits for outputs, and after 30 days says that there were too few", async () => {
    const { ground, watched, clock } = await watchedFor(5, () => "");
    const { marker } = markChange(ground, watched, told);
    compareDue(ground, clock.now() + 4 * day);
    expect(ground.store.changes.comparison(marker)).toEqual([]);
    compareDue(ground, clock.now() + 31 * day);
    expect(ground.store.changes.comparison(marker).map((each) => each.result)).toContain("too-few");
  });
});

describe("a golden run after changes", () => {
  const golden = (effects: WatchedGolden["effects"]): WatchedGolden => ({
    cases: [{ id: "a", input: "q", expected: "ok", tags: [], owner: null, reviewBy: null }],
    probe: { ask: async () => draft("x", null, "ok") },
    schedule: null,
    effects,
    override: null,
    checks: ["ok"],
    repeat: 1,
    reviewBy: null,
  });

  it("is one for a whole burst, a minute after its last marker", async () => {
    const { ground, watched, clock } = benchGround({ change: { golden: golden("none") } });
    for (let index = 0; index < 10; index += 1) {
      markChange(ground, watched, told);
      clock.set(clock.now() + 1_000);
    }
    expect(retestsDue(ground, clock.now())).toEqual([]);
    clock.set(clock.now() + 60_000);
    expect(retestsDue(ground, clock.now())).toEqual([watched]);
    await retest(ground, watched, options);
    expect(retestsDue(ground, clock.now())).toEqual([]);
    const runs = new Set(ground.store.changes.list("invoices", 20).map((each) => each.retestRun));
    expect([...runs]).toEqual([ground.store.runs.latestDone("invoices", "golden")?.id]);
    expect(ground.store.runs.list("invoices", 9)).toHaveLength(1);
  });

  it("is not made where the set acts for real", () => {
    const { ground, watched, clock } = benchGround({ change: { golden: golden("real") } });
    expect(markChange(ground, watched, told).goldenRun).toBe(false);
    expect(retestsDue(ground, clock.now() + day)).toEqual([]);
  });
});
