import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/domain/finding.js";
import { runSlots } from "../../src/flow/run.js";
import { trendOf } from "../../src/flow/trend.js";
import { benchGround, hour, hourOf, monday, options } from "./bench-ground.js";

const day = 24 * hour;

function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: "drift",
    metric: "check:ok",
    check: "ok",
    level: "page",
    baseline: null,
    current: null,
    evidence: null,
    changedAt: null,
    foundAt: monday,
    chanceMonths: null,
    sentence: "fewer begin with ok",
    improvement: false,
    ...change,
  };
}

/** So many wrong of the twenty outputs in the hour before each of these instants. */
async function ran(wrongAt: ReadonlyMap<number, number>) {
  const bench = benchGround({ size: "all" });
  for (const [slotAt, wrong] of wrongAt) {
    bench.source.outputs.push(...hourOf(slotAt, wrong));
    bench.clock.set(slotAt);
    await runSlots(bench.ground, bench.watched, [slotAt], options);
  }
  const trend = (change: Partial<Finding> = {}, timeZone = "UTC", now = bench.clock.now()) =>
    trendOf(bench.ground, bench.watched, finding(change), { now, timeZone });
  return { ...bench, trend };
}

/** At noon of each day from Monday on. */
const noons = (...wrong: readonly number[]) =>
  new Map(wrong.map((count, index) => [monday + index * day + 12 * hour, count] as const));

describe("the trend of a check", () => {
  it("counts by day what was judged and what passed, and marks the days from the change on", async () => {
    const { trend } = await ran(noons(1, 0, 2, 10));
    const found = trend({ changedAt: monday + 3 * day + 11 * hour });
    expect(found).toMatchObject({ title: "Begins with ok", by: "day" });
    expect(found?.points).toEqual([
      { at: monday, judged: 20, pass: 19, changed: false },
      { at: monday + day, judged: 20, pass: 20, changed: false },
      { at: monday + 2 * day, judged: 20, pass: 18, changed: false },
      { at: monday + 3 * day, judged: 20, pass: 10, changed: true },
    ]);
  });

  it("parts the day of the change, so that its good hours do not stand as bad ones nor hide them", async () => {
    const morning = [monday + 2 * day + 9 * hour, 0] as const;
    const evening = [monday + 2 * day + 18 * hour, 12] as const;
    const { trend } = await ran(new Map([...noons(1, 1), morning, evening]));
    const splitAt = evening[0] - hour;
    expect(trend({ changedAt: monday + 2 * day + 15 * hour })?.points).toEqual([
      { at: monday, judged: 20, pass: 19, changed: false },
      { at: monday + day, judged: 20, pass: 19, changed: false },
      { at: monday + 2 * day, judged: 20, pass: 20, changed: false, splitAt },
      { at: monday + 2 * day, judged: 20, pass: 8, changed: true, splitAt },
    ]);
  });

  it("adds up the hours of a day, as the days are where the owner is", async () => {
    // 22:00 UTC is the evening of that day in Vienna in winter, 23:00 its last hour, midnight UTC the next day
    const late = [22, 23, 24, 48, 72].map((hours) => [monday + hours * hour + hour, 1] as const);
    const { trend } = await ran(new Map(late));
    const utc = trend()?.points.map(({ judged }) => judged);
    const vienna = trend({}, "Europe/Vienna")?.points;
    expect(utc).toEqual([40, 20, 20, 20]);
    expect(vienna?.map(({ judged }) => judged)).toEqual([20, 40, 20, 20]);
    expect(vienna?.[0]?.at).toBe(monday - hour);
  });

  it("goes by the hour while there are fewer than three days", async () => {
    const hours = new Map([1, 2, 3, 26].map((each) => [monday + each * hour, each] as const));
    const { trend } = await ran(hours);
    const found = trend({ foundAt: monday + 3 * hour });
    expect(found?.by).toBe("hour");
    expect(found?.points.map(({ at, pass, changed }) => [(at - monday) / hour, pass, changed])).toEqual([
      [0, 19, false],
      [1, 18, false],
      // the run at three read this hour and was the first to see it
      [2, 17, true],
      [25, 0, true],
    ]);
  });

  it("leaves out days without outputs instead of calling them nought", async () => {
    const { trend } = await ran(new Map([...noons(1, 1), [monday + 6 * day + 12 * hour, 5]]));
    expect(trend()?.points.map(({ at }) => (at - monday) / day)).toEqual([0, 1, 6]);
  });

  it("shows the last fourteen days and no older ones", async () => {
    const { trend } = await ran(noons(...Array.from({ length: 17 }, () => 1)));
    const points = trend()?.points ?? [];
    expect(points).toHaveLength(14);
    expect(points[0]?.at).toBe(monday + 3 * day);
    expect(points.at(-1)?.at).toBe(monday + 16 * day);
  });

  it("is none where hardly anything was judged, or where no check stands behind the finding", async () => {
    const { trend } = await ran(noons(1, 1));
    expect(trend()).toBeNull();
    const more = await ran(noons(1, 1, 1));
    expect(more.trend()).not.toBeNull();
    expect(more.trend({ check: null })).toBeNull();
    expect(more.trend({ check: "one that is gone" })).toBeNull();
  });

  it("is none once all it could show is older than fourteen days", async () => {
    const { trend } = await ran(noons(1, 1, 1));
    expect(trend({}, "UTC", monday + 20 * day)).toBeNull();
  });
});
