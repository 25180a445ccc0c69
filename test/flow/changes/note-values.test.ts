import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../../src/domain/output.js";
import { noteEdits } from "../../../src/flow/changes/note-edits.js";
import { planValues } from "../../../src/flow/changes/plan-values.js";
import { sampleTimes } from "../../../src/flow/changes/sample-times.js";
import { readHistory } from "../../../src/flow/read-history.js";
import { runSlots } from "../../../src/flow/run.js";
import type { SeenValue } from "../../../src/store/seen-value.js";
import { benchGround, hour, hourOf, monday, options } from "../bench-ground.js";

const day = 24 * hour;
const seen = (value: string, firstSeenAt: number, lastSeenAt: number): SeenValue => ({
  value,
  firstSeenAt,
  lastSeenAt,
});
const named = (values: string, from: number) =>
  [...values].map((value, index) => ({ value, at: from + index * 1000 }));

describe("what outputs say they were made with", () => {
  it("changes when a value is named that was never seen", () => {
    const plan = planValues([seen("a", 0, day)], named("aab", 2 * day));
    expect(plan.change).toEqual({ at: 2 * day + 2000, from: "a", to: "b" });
  });

  it("does not change while two values take turns, however often", () => {
    expect(planValues([], named("abababab", 0)).change).toBeNull();
    const known = [seen("a", 0, day), seen("b", 0, day)];
    expect(planValues(known, named("abbaabba", 2 * day)).change).toBeNull();
  });

  it("changes when a value comes back after 14 days of another one, not after 13", () => {
    const known = [seen("b", day, 20 * day), seen("a", 0, 6 * day)];
    expect(planValues(known, named("a", 20 * day)).change).toEqual({ at: 20 * day, from: "b", to: "a" });
    expect(planValues(known, named("a", 19 * day)).change).toBeNull();
    expect(planValues([seen("a", 0, 0)], named("a", 30 * day)).change).toBeNull();
  });

  it("takes the older value for what it changed from where history is read newest first", () => {
    const plan = planValues([seen("b", 10 * day, 12 * day)], named("aaa", 5 * day));
    expect(plan.change).toEqual({ at: 10 * day, from: "a", to: "b" });
  });
});

describe("markers", () => {
  const of = (slotAt: number, change: Partial<OutputDraft>) =>
    hourOf(slotAt, 0).map((each) => ({ ...each, ...change }));

  it("are made once for a new model, prompt and workflow, and double the sample for the time set", async () => {
    const { ground, watched, source, clock } = benchGround({ size: 5 });
    const slots = [1, 2, 3, 4].map((each) => monday + each * hour);
    const versions = (prompt: string) => ({ fingerprint: null, prompt, workflow: "w1" });
    for (const [index, slotAt] of slots.entries()) {
      const later = index >= 2;
      source.outputs.push(
        ...of(slotAt, { model: later ? "m-2" : "m-1", versions: versions(later ? "2" : "1") }),
      );
      clock.set(slotAt);
      await runSlots(ground, watched, [slotAt], options);
    }
    const markers = ground.store.changes.list("invoices", 10);
    expect(markers.map(({ kind, from, to, at }) => ({ kind, from, to, at }))).toEqual([
      { kind: "prompt", from: "1", to: "2", at: monday + 2 * hour },
      { kind: "model", from: "m-1", to: "m-2", at: monday + 2 * hour },
    ]);
    expect(ground.store.runs.list("invoices", 9).map((each) => each.drawn)).toEqual([10, 10, 5, 5]);
    expect(sampleTimes(ground, watched, monday + 2 * hour + 3 * day)).toBe(2);
    expect(sampleTimes(ground, watched, monday + 2 * hour + 3 * day + 1)).toBe(1);
    expect(sampleTimes(ground, { ...watched, doubledAfterChangeMs: 0 }, monday + 3 * hour)).toBe(1);
  });

  it("found in history double no sample of it: the replay of the past is the same whatever changed", async () => {
    const { ground, watched, source, clock } = benchGround({ size: 5 });
    for (const [index, each] of [1, 2, 3, 4].entries())
      source.outputs.push(...of(monday + each * hour, { model: index >= 1 ? "m-2" : "m-1" }));
    clock.set(monday + 5 * hour);
    await readHistory(ground, watched, options);
    expect(ground.store.changes.list("invoices", 9).map((each) => each.kind)).toEqual(["model"]);
    expect(ground.store.runs.list("invoices", 9).map((each) => each.drawn)).toEqual([5, 5, 5, 5]);
    source.outputs.push(...of(monday + 6 * hour, { model: "m-2" }));
    clock.set(monday + 6 * hour);
    await runSlots(ground, watched, [monday + 6 * hour], options);
    expect(ground.store.runs.list("invoices", 1)[0]?.drawn).toBe(10);
  });

  it("stop for a field that is different in every output", async () => {
    const { ground, watched, source, clock } = benchGround();
    for (let index = 1; index <= 40; index += 1) {
      const slotAt = monday + index * hour;
      source.outputs.push(...of(slotAt, { model: `run-${index}` }));
      clock.set(slotAt);
      await runSlots(ground, watched, [slotAt], options);
    }
    expect(ground.store.changes.list("invoices", 100)).toHaveLength(20);
  });

  it("name the parts of an edited configuration, and nothing at the first start", () => {
    const { ground, watched } = benchGround();
    const at = (parts: Readonly<Record<string, string>>) => {
      const declared = new Map(Object.entries(parts));
      noteEdits({ ...ground, register: { ...ground.register, automations: [{ ...watched, declared }] } });
      return ground.store.changes
        .list("invoices", 10)
        .map(({ kind, from, to, note }) => [kind, from, to, note]);
    };
    expect(at({ model: "a", "check ok": "1", "golden cases": "1" })).toEqual([]);
    expect(at({ model: "a", "check ok": "1", "golden cases": "1" })).toEqual([]);
    expect(at({ model: "b", "check ok": "2", "golden cases": "1" })).toEqual([
      ["config", "a", "b", "check ok and model"],
    ]);
    expect(at({ model: "b", "check ok": "2", "golden cases": "2" })[0]).toEqual([
      "golden-set",
      null,
      null,
      null,
    ]);
  });
});
