import { expect, it } from "vitest";
import { raise } from "../../src/flow/raise.js";
import { tellAlso } from "../../src/flow/tell.js";
import { monday } from "./bench-ground.js";
import { withIncident } from "./life-bench.js";

const hour = 3_600_000;

it.each(["drift", "floor", "budget", "golden", "overdue"] as const)(
  "a %s finding for the digest joins the open incident as also, and opens no other",
  async (rule) => {
    const { ground, watched, clock, id, told, kinds, events } = await withIncident();
    const now = monday + 17 * hour;
    clock.set(now);
    const finding = {
      rule,
      metric: "number:total",
      check: null,
      level: "digest" as const,
      baseline: null,
      current: null,
      evidence: null,
      changedAt: null,
      foundAt: now,
      chanceMonths: null,
      sentence: "totals moved from 100 to 130",
      improvement: false,
    };
    const again = { automation: "invoices", kind: "outputs" as const, at: now, endedKeys: [] };
    const found = [{ headline: "totals moved", finding }];
    const joined = ground.store.transaction(() => raise(ground, { ...again, found }));
    for (const each of joined) tellAlso(ground, watched, id, each.finding, now);
    expect(events().at(-1)).toBe("also");
    expect(kinds()).toEqual(["opened", "moved"]);
    expect(told()).toMatchObject({ news: { line: expect.stringMatching(/totals moved from 100 to 130/i) } });
    expect(ground.store.transaction(() => raise(ground, { ...again, found }))).toEqual([]);
    expect(ground.store.incidents.open()).toHaveLength(1);
  },
);
