import { describe, expect, it } from "vitest";
import { dayMs } from "../../../src/domain/time.js";
import type { Watched } from "../../../src/flow/ground.js";
import { poolAgreements } from "../../../src/flow/learning/pooled-agreement.js";
import { qualityTrend } from "../../../src/flow/learning/quality-trend.js";
import { runSlots } from "../../../src/flow/run.js";
import { takeJudgement } from "../../../src/flow/take-judgement.js";
import { benchGround, draft, hour, monday, okCheck, options } from "../bench-ground.js";

const weekMs = 7 * dayMs;

/** Outputs of an automation, each picked by chance from the week that ended so many weeks ago, and judged. */
async function judged(
  said: readonly { readonly weeksAgo: number; readonly fails?: boolean; readonly right: boolean }[],
  change: Partial<Watched> = {},
  bench = benchGround({ size: "all", checks: [okCheck()], change }),
) {
  const { ground, watched, source, clock } = bench;
  said.forEach(({ fails = false }, index) => {
    source.outputs.push(draft(`o-${index}`, monday - hour + index * 1000, fails ? "bad" : `ok ${index}`));
  });
  clock.set(monday + hour);
  await runSlots(ground, watched, [monday + hour], options);
  const { id } = watched.entry;
  const rows = ground.store.outputs.pageAfter(id, { at: 0, key: 0 }, Number.MAX_SAFE_INTEGER, 1000);
  said.forEach(({ weeksAgo, right }, index) => {
    const untilAt = monday - weeksAgo * weekMs;
    const span = { fromAt: untilAt - weekMs, untilAt };
    const pick = {
      output: rows[index]?.key ?? 0,
      reason: "random" as const,
      why: "by chance",
      inclusion: 0.1,
    };
    ground.store.transaction(() => ground.store.spotChecks.add(id, span, pick, untilAt));
    const row = ground.store.spotChecks.ofSpan(id, untilAt).at(-1);
    takeJudgement(ground, {
      spotCheck: row?.id ?? 0,
      answer: right ? "right" : "wrong",
      who: "Tom Ashby",
      note: null,
      correction: null,
    });
  });
  return bench;
}

describe("the trend of true quality", () => {
  it("has one span of thirteen weeks for each that was judged, no pick in two, each with interval and n", async () => {
    const { ground } = await judged([
      { weeksAgo: 0, right: false },
      { weeksAgo: 12, right: true },
      { weeksAgo: 13, right: true },
      { weeksAgo: 25, right: true },
      { weeksAgo: 40, right: false },
    ]);
    const trend = qualityTrend(ground, "invoices", monday);
    expect(trend.map(({ untilAt }) => (monday - untilAt) / weekMs)).toEqual([0, 13, 39]);
    expect(trend.map(({ quality }) => [quality.share, quality.judged])).toEqual([
      [0.5, 2],
      [1, 2],
      [0, 1],
    ]);
    for (const { quality } of trend)
      expect(quality.interval.high - quality.interval.low).toBeGreaterThan(0.5);
  });

  it("is nothing where nobody judged", async () => {
    const { ground } = benchGround();
    expect(qualityTrend(ground, "invoices", monday)).toEqual([]);
  });
});

describe("a check that several automations share", () => {
  const declared = new Map([["check ok", "same"]]);
  const said = [
    { weeksAgo: 0, fails: true, right: false },
    { weeksAgo: 1, fails: true, right: true },
    { weeksAgo: 2, right: true },
  ];

  /** A register of two, the other with the same judged outputs under its own id. */
  async function two(otherDeclared: Watched["declared"]) {
    const first = await judged(said, { declared });
    const entry = { ...first.watched.entry, id: "orders" };
    const other: Watched = { ...first.watched, entry, declared: otherDeclared };
    const source = { ...first.source, outputs: [] };
    const register = { ...first.ground.register, automations: [first.watched, other] };
    const ground = { ...first.ground, register };
    await judged(
      said.slice(0, 2),
      {},
      { ...first, ground, watched: { ...other, source: first.source }, source },
    );
    return { ground, first: first.watched, other };
  }

  it("is held against people over all of them, each judged output once", async () => {
    const { ground, first, other } = await two(declared);
    const pooled = poolAgreements(ground, monday + 2 * hour);
    for (const watched of [first, other])
      expect(pooled(watched, "ok")).toMatchObject({
        automations: 2,
        agreement: { judged: 5, precision: { hits: 2, n: 4 }, recall: { hits: 2, n: 2 } },
      });
  });

  it("is not pooled where it is declared otherwise, or is of one automation alone", async () => {
    const { ground, first, other } = await two(new Map([["check ok", "edited"]]));
    const pooled = poolAgreements(ground, monday + 2 * hour);
    expect([pooled(first, "ok"), pooled(other, "ok"), pooled(first, "none")]).toEqual([null, null, null]);
  });
});
