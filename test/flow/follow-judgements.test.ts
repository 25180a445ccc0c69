import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SpotReason } from "../../src/domain/judgement.js";
import { dayMs } from "../../src/domain/time.js";
import { alarmLevelOf, alarmLevels, alarmPrices, chanceMonths } from "../../src/flow/alarm-levels.js";
import { blindSpots } from "../../src/flow/blind-spots.js";
import { lookDaily } from "../../src/flow/daily-look.js";
import { followJudgements } from "../../src/flow/follow-judgements.js";
import type { Ground } from "../../src/flow/ground.js";
import { humanQuality } from "../../src/flow/human-quality.js";
import { humanPassShare, peopleMetrics } from "../../src/flow/people-metrics.js";
import { relearn } from "../../src/flow/relearn.js";
import { runSlots } from "../../src/flow/run.js";
import { sayAlarmPrice } from "../../src/flow/say-alarm-price.js";
import { takeJudgement } from "../../src/flow/take-judgement.js";
import { openStore } from "../../src/store/open.js";
import { seeded } from "../drift/streams.js";
import { benchGround, draft, entry, hour, levels, monday, okCheck, options } from "./bench-ground.js";

const weekMs = 7 * dayMs;
/** As in a register of some ten automations. */
const inForce = { ...levels, judged: { page: 1_000, digest: 1_000 } };
type Answer = "right" | "wrong" | "cannot-tell";

/** An automation with so many outputs, a pick of each under the test's hand. */
async function picked(
  outputs: number,
  change: Parameters<typeof benchGround>[0] = {},
  store?: Ground["store"],
) {
  const bench = benchGround({ size: "all", checks: [okCheck()], ...change });
  const ground = store === undefined ? bench.ground : { ...bench.ground, store };
  const { watched, clock } = bench;
  for (let index = 0; index < outputs; index += 1)
    bench.source.outputs.push(draft(`o-${index}`, monday - dayMs + index * 1000, `ok ${index}`));
  clock.set(monday + hour);
  await runSlots(ground, watched, [monday + hour], options);
  const keys = ground.store.outputs
    .pageAfter("invoices", { at: 0, key: 0 }, Number.MAX_SAFE_INTEGER, 5_000)
    .map(({ key }) => key);
  /** Picks an output; returns the number of its spot check. */
  const pick = (index: number, reason: SpotReason = "random"): number => {
    // a week of the year for every seven of them, as they are judged day by day
    const untilAt = monday + Math.floor(index / 7) * weekMs;
    const span = { fromAt: untilAt - weekMs, untilAt };
    const inclusion = reason === "random" ? 0.1 : null;
    const of = { output: keys[index] ?? 0, reason, why: "by chance", inclusion };
    ground.store.transaction(() => ground.store.spotChecks.add("invoices", span, of, clock.now()));
    return (
      ground.store.spotChecks.ofSpan("invoices", untilAt).find((each) => each.output === of.output)?.id ?? 0
    );
  };
  const judge = (spotCheck: number, answer: Answer, who = "Tom Ashby") =>
    takeJudgement(ground, { spotCheck, answer, who, note: null, correction: null });
  const follow = (on: Ground = ground) => on.store.transaction(() => followJudgements(on, watched, inForce));
  const later = (ms: number) => clock.set(clock.now() + ms);
  const row = (on: Ground = ground) => on.store.metrics.get("invoices", humanPassShare);
  const finding = () =>
    ground.store.findings.active("invoices").find((each) => each.finding.metric === humanPassShare)
      ?.finding ?? null;
  return { ground, watched, clock, pick, judge, follow, later, row, finding };
}

/** Judges one output after the other, and looks a day and an hour later each time. Returns after which it was found. */
function judgedOneByOne(
  bench: Awaited<ReturnType<typeof picked>>,
  said: readonly boolean[],
  from = 0,
): number | null {
  for (const [index, right] of said.entries()) {
    bench.judge(bench.pick(from + index), right ? "right" : "wrong");
    bench.later(dayMs + hour);
    bench.follow();
    if (bench.finding() !== null) return from + index;
  }
  return null;
}

/** Outputs right at a rate, the same for the same seed. */
function stream(rate: number, n: number, seed: number): readonly boolean[] {
  const chance = seeded(seed);
  return Array.from({ length: n }, () => chance() < rate);
}

const usual = Array.from({ length: 30 }, (_, index) => index % 15 !== 7);

describe("what people say of outputs", () => {
  it("is found to have got worse, for the digest, in words about people", async () => {
    const bench = await picked(60);
    expect(judgedOneByOne(bench, usual)).toBeNull();
    const worse = Array.from({ length: 30 }, (_, index) => index % 3 === 0);
    expect(judgedOneByOne(bench, worse, 30)).toBe(41);
    const found = bench.finding();
    expect(found?.sentence).toBe(
      "people found 8 of the last 11 outputs they looked at wrong; before it was 2 of 31 (those 11 were made since 1 Mar 00:00)",
    );
    expect(found).toMatchObject({ rule: "drift", level: "digest", check: null, improvement: false });
    expect(found?.chanceMonths).toBeGreaterThan(0);
    // it wakes nobody
    expect(bench.ground.store.incidents.open()).toEqual([]);
  });

  // how often chance alone alarms is counted by bench:judgements: once in 1,000 judgements at this level
  it.each([1, 2, 4])("stays silent on a steady year of three a week (seed %i)", async (seed) => {
    const bench = await picked(156);
    expect(judgedOneByOne(bench, stream(0.93, 156, seed))).toBeNull();
    expect(bench.row()).toMatchObject({ runs: 156, phase: "watching", learnedOutputs: 20 });
  });

  it("is over once people find them right again", async () => {
    const bench = await picked(120);
    judgedOneByOne(bench, usual);
    judgedOneByOne(
      bench,
      Array.from({ length: 30 }, () => false),
      30,
    );
    expect(bench.finding()).not.toBeNull();
    for (let index = 60; index < 100; index += 1) {
      bench.judge(bench.pick(index), "right");
      bench.later(dayMs + hour);
      bench.follow();
    }
    expect(bench.finding()).toBeNull();
  });

  it("comes to the same whether looked at day by day, or once after an absence", async () => {
    const said = [...usual, ...Array.from({ length: 10 }, () => false)];
    const daily = await picked(40);
    judgedOneByOne(daily, said);
    const once = await picked(40);
    for (const [index, right] of said.slice(0, daily.row()?.runs ?? 0).entries())
      once.judge(once.pick(index), right ? "right" : "wrong");
    once.later(2 * dayMs);
    once.follow();
    const { baseline, current, evidence, changedAt } = daily.finding() ?? {};
    expect(once.finding()).toMatchObject({ baseline, current, evidence, changedAt });
    expect(once.row()?.runs).toBe(daily.row()?.runs);
  });

  it("is known after a restart, and counted once", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "people-")), "evenkeel.db");
    const first = openStore({ path, newInstanceId: "0".repeat(32) });
    const bench = await picked(40, {}, first);
    judgedOneByOne(bench, usual);
    const before = bench.row();
    first.close();
    const ground = { ...bench.ground, store: openStore({ path, newInstanceId: "0".repeat(32) }) };
    bench.follow(ground);
    expect(bench.row(ground)).toEqual(before);
    expect(before?.runs).toBe(30);
    ground.store.close();
  });

  it("counts a day after the last word, so that a second thought and a second person are heard", async () => {
    const bench = await picked(3);
    const spotCheck = bench.pick(0);
    bench.judge(spotCheck, "right");
    bench.later(20 * hour);
    bench.judge(spotCheck, "wrong");
    bench.later(20 * hour);
    bench.follow();
    expect(bench.row()).toBeNull();
    bench.later(5 * hour);
    bench.follow();
    expect(bench.row()?.runs).toBe(1);
    // several people on one output are one
    bench.judge(spotCheck, "wrong", "Marta Quill");
    bench.later(2 * dayMs);
    bench.follow();
    expect(bench.row()?.runs).toBe(1);
  });

  it("waits where people disagree or cannot tell, until they agree", async () => {
    const bench = await picked(3);
    const [disputed, unclear] = [bench.pick(0), bench.pick(1)];
    bench.judge(disputed, "right");
    bench.judge(disputed, "wrong", "Marta Quill");
    bench.judge(unclear, "cannot-tell");
    bench.later(2 * dayMs);
    bench.follow();
    expect(bench.row()).toBeNull();
    bench.judge(disputed, "wrong");
    bench.later(2 * dayMs);
    bench.follow();
    expect(bench.row()?.runs).toBe(1);
  });

  it.each(["disputed", "rare"] as const)("leaves out what was picked because it is %s", async (reason) => {
    const bench = await picked(3);
    bench.judge(bench.pick(0, reason), "wrong");
    bench.later(2 * dayMs);
    bench.follow();
    expect(bench.row()).toBeNull();
  });

  it("learns anew when told to, from later judgements alone", async () => {
    const bench = await picked(40);
    judgedOneByOne(bench, usual);
    relearn(bench.ground, bench.watched, { subject: humanPassShare, who: "Ines Calder", why: "new form" });
    bench.follow();
    expect(bench.row()).toMatchObject({ phase: "learning", runs: 0 });
  });

  it("is looked at once a day", async () => {
    const bench = await picked(3);
    const { store, clock } = bench.ground;
    store.registry.see("invoices", clock.now());
    store.registry.markHistoryRead("invoices", clock.now());
    bench.judge(bench.pick(0), "right");
    bench.later(2 * dayMs);
    await lookDaily(bench.ground, levels, options.signal);
    expect(bench.row()?.runs).toBe(1);
  });

  it("never touches what is known of the checks", async () => {
    const bench = await picked(60);
    judgedOneByOne(bench, usual);
    const before = humanQuality(bench.ground, bench.watched, bench.clock.now()).checks;
    bench.follow();
    expect(humanQuality(bench.ground, bench.watched, bench.clock.now()).checks).toEqual(before);
    expect(bench.ground.store.metrics.get("invoices", "check:ok")?.runs).toBe(1);
  });
});

describe("what is told of it", () => {
  it("has a level of its own: three judgements a week are not hundreds of runs", () => {
    const { ground, watched } = benchGround({ entryChange: { spotCheck: { perWeek: 3, question: null } } });
    const found = alarmLevels(ground);
    const plan = watched.metrics.find(({ id }) => id === humanPassShare);
    const length = watched.metrics.find(({ id }) => id === "number:length");
    if (plan === undefined || length === undefined) throw new Error("neither is followed");
    const digests = watched.metrics.filter(({ level }) => level === "digest").length;
    const perMonth = (3 * 365.25) / 12 / 7;
    expect(alarmLevelOf(found, plan)).toBeCloseTo((perMonth * digests) / 4, 5);
    // what is fed each hour stays as hard to alarm as by its own runs
    expect(alarmLevelOf(found, length)).toBeCloseTo((730 * digests) / 4, -1);
    expect(chanceMonths(found, "invoices", plan)).toBeCloseTo(digests / 4, 5);
    const [, digest] = alarmPrices(ground);
    if (digest === undefined) throw new Error("nothing is for the digest");
    expect(sayAlarmPrice(digest)).toContain("for what people judge");
  });

  it("says how long a change takes at the pace of judging", async () => {
    const bench = await picked(100);
    judgedOneByOne(bench, [...usual, ...usual, ...usual]);
    const spot = blindSpots(bench.ground, bench.watched, inForce).metrics.find(
      ({ metric }) => metric === humanPassShare,
    );
    expect(spot).toMatchObject({ title: "outputs that people judge right", level: "digest", advice: null });
    expect(spot?.text).toMatch(
      /^A fall from 93% to 83% cannot be shown yet; to 73% needs about \d+ outputs, \d+ weeks;/,
    );
  });

  it("is not followed where nobody is asked", () => {
    expect(peopleMetrics({ ...entry, spotCheck: { perWeek: 0, question: null } })).toEqual([]);
  });
});
