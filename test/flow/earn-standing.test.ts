import { describe, expect, it } from "vitest";
import type { Check } from "../../src/domain/check.js";
import { enableCheck } from "../../src/flow/enable-check.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { readHistory } from "../../src/flow/read-history.js";
import { runSlots } from "../../src/flow/run.js";
import { benchGround, entry, hour, hourOf, monday, okCheck, options } from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];
const swing = [10, 9, 10, 9, ...usual, ...usual];

/** A check that judges as the other one does and was not there when history was read. */
const added = (): Check => okCheck({ id: "ok-added", title: "Begins with ok, added" });

/** History as given is read; then a check is added, and ten ordinary hours fill its baseline. */
async function addCheckAfter(history: readonly number[]) {
  const bench = benchGround();
  const { ground, watched, clock, source } = bench;
  source.outputs.push(...history.flatMap((wrong, index) => hourOf(monday + (index + 1) * hour, wrong)));
  clock.set(monday + (history.length + 1) * hour);
  await readHistory(ground, watched, options);
  const checks = [okCheck(), added()];
  const edited = {
    ...watched,
    checks,
    metrics: planMetrics(
      entry,
      checks.map((check) => ({ check, settings: { type: check.type } })),
      { numbers: [], categories: [], baseline: { outputs: 100, runs: 5 }, golden: null },
    ),
  };
  const standings: (string | undefined)[] = [];
  for (const [index, wrong] of usual.entries()) {
    const slotAt = monday + (history.length + 2 + index) * hour;
    source.outputs.push(...hourOf(slotAt, wrong));
    clock.set(slotAt);
    await runSlots(ground, edited, [slotAt], options);
    standings.push(ground.store.metrics.get("invoices", "check:ok-added")?.standing);
  }
  return { ...bench, edited, standings };
}

describe("a check that was added after history was read", () => {
  it("may notify once its baseline is full and its own history has been replayed within the budget", async () => {
    const { ground, standings } = await addCheckAfter([...usual, ...usual]);
    expect(standings).toEqual([...Array(4).fill("probation"), ...Array(6).fill("active")]);
    const row = ground.store.metrics.get("invoices", "check:ok-added");
    expect(row?.standingWhy).toMatch(
      /^its usual level is known, and its history of 25 runs was replayed without an alarm that went by itself$/,
    );
  });

  it("stays on probation where its own history would have given more alarms than the budget", async () => {
    const { ground, standings } = await addCheckAfter([...usual, ...swing, ...swing]);
    expect(new Set(standings)).toEqual(new Set(["probation"]));
    const row = ground.store.metrics.get("invoices", "check:ok-added");
    expect(row).toMatchObject({ phase: "watching", endedAlarms: 0 });
    expect(row?.standingWhy).toBe("2 alarms came and went in its history; the budget allows 1.0");
  });

  it("notifies all the same once a named person says so, and that is on record", async () => {
    const { ground, edited, clock, source } = await addCheckAfter([...usual, ...swing, ...swing]);
    enableCheck(ground, edited, { subject: "ok-added", who: "Marta Quill", why: "the swings were real" });
    expect(ground.store.decisions.list("invoices", 10)).toMatchObject([
      { what: "enable", who: "Marta Quill", why: "the swings were real", subject: "check:ok-added" },
    ]);
    const slotAt = clock.now() + hour;
    source.outputs.push(...hourOf(slotAt, 1));
    clock.set(slotAt);
    await runSlots(ground, edited, [slotAt], options);
    expect(ground.store.metrics.get("invoices", "check:ok-added")).toMatchObject({
      standing: "active",
      standingWhy: "enabled by Marta Quill: the swings were real",
    });
  });
});
