import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../src/domain/output.js";
import { backtest } from "../../src/flow/backtest.js";
import type { Model } from "../../src/model/model.js";
import { benchGround, draft, hour, hourOf, monday, okCheck } from "./bench-ground.js";

const usual = [1, 0, 1, 2, 0, 1, 0, 1, 1, 0];
const quiet = [...usual, ...usual, ...usual, ...usual];
const swing = [10, 9, 10, 9, ...quiet];
/** A fall to about 80% that comes and goes. */
const lightSwing = [5, 3, 5, 3, 5, 4, 4, 4, ...quiet];
const { signal } = new AbortController();

const hours = (wrong: readonly number[]) =>
  wrong.flatMap((count, index) => hourOf(monday + (index + 1) * hour, count));

function replayOf(outputs: readonly OutputDraft[], options: Parameters<typeof benchGround>[0] = {}) {
  const bench = benchGround(options);
  bench.source.outputs.push(...outputs);
  bench.clock.set(monday + 60 * 24 * hour);
  return bench;
}

describe("a backtest", () => {
  it("says how long each incident was open, on which days, and how many a month to expect", async () => {
    const { ground, watched } = replayOf(hours([...usual, ...swing, ...swing]));
    const result = await backtest(ground, watched, signal);
    expect(result.incidents).toHaveLength(2);
    for (const { openedAt, resolvedAt, openMs } of result.incidents) {
      expect(openMs).toBeGreaterThan(2 * hour);
      expect(resolvedAt).toBe(openedAt + openMs);
    }
    expect(result.days).toEqual([
      { day: "2026-03-02", opened: 1, open: 1 },
      { day: "2026-03-04", opened: 1, open: 1 },
    ]);
    const rate = result.alarmsAMonth;
    // 98 hours, of which the first 5 runs are learned
    expect(rate?.months).toBeCloseTo((98 / 730) * (93 / 98), 2);
    expect(rate?.perMonth).toBeCloseTo(2 / (rate?.months ?? 1), 6);
    expect(rate?.low).toBeLessThan(rate?.perMonth ?? 0);
    expect(rate?.high).toBeGreaterThan(rate?.perMonth ?? 0);
  });

  it("names a level and a floor that were tried and are quiet enough, and does not go above what is needed", async () => {
    const swings = hours([...quiet, ...lightSwing, ...lightSwing]);
    const checkIn = async (alarmsPerMonth: number) => {
      const { ground, watched } = replayOf(swings);
      const { bearable } = await backtest(ground, watched, signal, { alarmsPerMonth });
      return bearable?.metrics.find(({ id }) => id === "check:ok");
    };
    const none = await checkIn(0);
    expect(none?.now.alarms).toBe(2);
    expect(none?.level?.alarms).toBe(0);
    expect(none?.level?.alarmLevel).toBeGreaterThan(none?.now.alarmLevel ?? Number.POSITIVE_INFINITY);
    expect(none?.level?.falseAlarmsPerMonth).toBeLessThan(1);
    expect(none?.floor).toMatchObject({ alarms: 0 });
    // usually 96.5% pass, in the swings 79%
    expect(none?.floor?.share).toBeGreaterThan(0.6);
    expect(none?.floor?.share).toBeLessThan(0.96);
    const any = await checkIn(1_000);
    expect(any?.level?.alarmLevel).toBe(any?.now.alarmLevel);
    expect(any?.floor?.share).toBeGreaterThan(none?.floor?.share ?? 1);
  });

  it("says that no alarm level hides a change too strong for chance", async () => {
    const { ground, watched } = replayOf(hours([...quiet, ...swing]));
    const { bearable } = await backtest(ground, watched, signal, { alarmsPerMonth: 0 });
    expect(bearable?.metrics.find(({ id }) => id === "check:ok")).toMatchObject({
      now: { alarms: 1 },
      level: null,
      floor: { alarms: 0 },
    });
  });

  it("holds checks against what people did with the same outputs", async () => {
    const outputs = hours([...usual, ...usual]).map((each, index) => ({
      ...each,
      approval: each.text.startsWith("ok")
        ? index % 40 === 0
          ? ("edited" as const)
          : ("approved" as const)
        : index % 2 === 0
          ? ("rejected" as const)
          : ("approved" as const),
    }));
    const wrong = outputs.filter((each) => !each.text.startsWith("ok"));
    const caught = wrong.filter((each) => each.approval === "rejected").length;
    const changed = outputs.filter((each) => each.approval !== "approved").length;
    const { ground, watched } = replayOf(outputs);
    const { agreement } = await backtest(ground, watched, signal);
    expect(agreement.approved + agreement.edited + agreement.rejected).toBe(outputs.length);
    expect(agreement.checks[0]).toMatchObject({
      check: "ok",
      precision: { hits: caught, n: wrong.length },
      recall: { hits: caught, n: changed },
    });
  });

  it("prices what judging the sample would cost and asks nobody", async () => {
    let sent = 0;
    const model: Model = {
      id: "small",
      name: "small-1",
      fingerprint: "small-1",
      listing: null,
      complete: async (_question, { reserve }) => {
        const settle = reserve(2_000);
        sent += 1;
        settle(1_000);
        return { answeredBy: null, costMicros: 1_000, said: { ok: true, value: true } };
      },
      embed: () => Promise.reject(new Error("not asked here")),
    };
    const judge = okCheck({
      id: "kind",
      asks: true,
      judge: async (output, asking) => {
        const question = { instructions: "Is it kind?", content: output.text, maxTokens: 10, vote: 1 };
        try {
          await asking.ask({ model: "small", ...question, answer: { name: "verdict", schema: {} } });
          return { status: "pass" };
        } catch {
          return { status: "error", reason: "could not tell" };
        }
      },
    });
    const { ground, watched } = replayOf(hours([...usual, ...usual]), { checks: [okCheck(), judge] });
    const models = new Map([["small", model]]);
    const asking = { ...ground.register.asking, models };
    const { judging } = await backtest(
      { ...ground, register: { ...ground.register, asking } },
      watched,
      signal,
    );
    expect(judging).toMatchObject({ checks: ["kind"], outputs: 400, requests: 400, mostMicros: 800_000 });
    expect(judging?.monthMostMicros).toBeGreaterThan(800_000);
    expect(sent).toBe(0);
    expect(ground.store.answers.spentByAll("2026-05-01").questions).toBe(0);
  });

  it("says the same whatever the order in which a file lists its outputs", async () => {
    const outputs = hours([...usual, ...swing]);
    const inOrder = replayOf(outputs);
    const reversed = replayOf([...outputs].reverse());
    const [first, second] = [
      await backtest(inOrder.ground, inOrder.watched, signal),
      await backtest(reversed.ground, reversed.watched, signal),
    ];
    expect(first.incidents).toHaveLength(1);
    expect(second.incidents).toEqual(first.incidents);
    expect(second.metrics.map(({ id, maxEvidence }) => [id, maxEvidence])).toEqual(
      first.metrics.map(({ id, maxEvidence }) => [id, maxEvidence]),
    );
  });

  it("takes the time that so many runs of the schedule last where outputs have no times", async () => {
    const untimed = [...usual, 10, 9, 10, 9, ...usual].flatMap((wrong, run) =>
      Array.from({ length: 20 }, (_, index) => draft(`${run}-${index}`, null, index < wrong ? "no" : "ok")),
    );
    const { ground, watched } = replayOf(untimed);
    const result = await backtest(ground, watched, signal);
    expect(result).toMatchObject({ runs: 24, outputs: 480 });
    expect(result.from).toBe(result.to);
    expect(result.spanMs / hour).toBeCloseTo(24, 0);
    expect(result.incidents).toHaveLength(1);
    expect(result.alarmsAMonth?.incidents).toBe(1);
  });

  it("has nothing to say of an empty history", async () => {
    const { ground, watched } = replayOf([]);
    expect(await backtest(ground, watched, signal, { alarmsPerMonth: 1 })).toMatchObject({
      runs: 0,
      outputs: 0,
      incidents: [],
      days: [],
      alarmsAMonth: null,
      bearable: null,
      judging: null,
      agreement: { approved: 0, edited: 0, rejected: 0, checks: [] },
    });
  });
});
