import { describe, expect, it } from "vitest";
import type { CasesChange, Explanation } from "../../../src/drift/explanation.js";
import {
  ask,
  askUntilAlarm,
  cases,
  type GoldenStream,
  resultsOf,
  startGolden,
  told,
} from "../cases/streams.js";

const abc = { a: "+", b: "+", c: "+" } as const;

/** A set whose cases never failed, ten runs long. */
function learned(said: Parameters<typeof told>[0] = abc, alarmLevel = 1_000): GoldenStream {
  const stream = startGolden(1, {}, alarmLevel);
  for (let run = 0; run < 10; run += 1) ask(stream, told(said));
  return stream;
}

function casesChange(explanation: Explanation | null): CasesChange | null {
  return explanation?.what === "cases" ? explanation : null;
}

/** Asks until it alarms and returns what it says. */
function alarmOf(stream: GoldenStream, said: Parameters<typeof told>[0]): CasesChange {
  const { alarm } = askUntilAlarm(stream, () => told(said), 20);
  if (alarm === null) throw new Error("no alarm within 20 runs");
  return alarm;
}

describe("golden cases", () => {
  it("learn their baseline over ten runs, and five are enough where they are asked for", () => {
    const stream = startGolden(1);
    for (let run = 1; run <= 9; run += 1)
      expect(ask(stream, told(abc))).toMatchObject({ phase: "learning", evidence: null });
    expect(ask(stream, told(abc))).toMatchObject({
      phase: "watching",
      learned: { outputs: 30, runs: 10 },
    });
    const short = startGolden(1, { baselineRuns: 5 });
    for (let run = 0; run < 5; run += 1) ask(short, told(abc));
    expect(short.metric.phase).toBe("watching");
  });

  it("name the case that turned, since when, and nothing else", () => {
    const stream = startGolden(1);
    for (let run = 0; run < 20; run += 1) ask(stream, resultsOf(stream.chance, cases(50, 0)));
    const seen = askUntilAlarm(stream, () => resultsOf(stream.chance, { ...cases(50, 0), c7: 1 }), 20);
    expect(seen.runs).toBe(5);
    expect(seen.alarm).toMatchObject({
      startRunId: 20,
      improvement: false,
      turned: [{ case: "c7", before: { hits: 20, n: 20 }, since: { hits: 0, n: 5 } }],
      before: { hits: 1_000, n: 1_000 },
      since: { hits: 245, n: 250 },
    });
    expect(seen.alarm?.evidence).toBeGreaterThanOrEqual(1_000);
  });

  it("find five bad cases among fifty in two runs, the surest first", () => {
    const stream = learned({}, 1_000);
    for (let run = 0; run < 10; run += 1) ask(stream, resultsOf(stream.chance, cases(50, 0)));
    const { runs, alarm } = askUntilAlarm(
      stream,
      () => resultsOf(stream.chance, { ...cases(50, 0), ...cases(5, 1) }),
      9,
    );
    expect(runs).toBe(2);
    expect(alarm?.turned.map((each) => each.case)).toEqual(["c0", "c1", "c2", "c3", "c4"]);
  });

  it("take no notice of a case that always flickered, and never tell that one always failed", () => {
    const stream = startGolden(3);
    const rates = cases(20, 0, { flickers: 0.5, always: 1 });
    for (let run = 0; run < 10; run += 1) ask(stream, resultsOf(stream.chance, rates));
    expect(askUntilAlarm(stream, () => resultsOf(stream.chance, rates), 300).alarm).toBeNull();
  });

  it("do not overflow when a thousand cases fail at once", () => {
    const stream = startGolden(1, {}, Number.MAX_VALUE);
    for (let run = 0; run < 10; run += 1) ask(stream, resultsOf(stream.chance, cases(1_000, 0)));
    const seen = [1, 2, 3].map(() => ask(stream, resultsOf(stream.chance, cases(1_000, 1))));
    expect(seen.map((each) => each.evidence)).toEqual([1e300, 1e300, 1e300]);
  });

  it("hold back while the cases it would name fail too little more often than before", () => {
    const stream = learned({ a: "+" }, 1);
    const first = ask(stream, told({ a: "-" }));
    expect(first.evidence).toBeGreaterThan(1);
    expect(first.alarm).toBeNull();
    expect(ask(stream, told({ a: "-" })).alarm).toBeNull();
    expect(ask(stream, told({ a: "-" })).alarm).not.toBeNull();
  });

  it("leave out what could not be told: neither wrong nor right, and no run when nothing could be", () => {
    const stream = learned();
    const before = stream.metric;
    expect(ask(stream, told({ a: "?", b: "?", c: "?" })).metric).toBe(before);
    ask(stream, told({ a: "?", b: "+", c: "-" }));
    expect(casesChange(stream.metric.explain())?.turned).toEqual([
      { case: "c", before: { hits: 10, n: 10 }, since: { hits: 0, n: 1 } },
    ]);
  });
});

describe("a golden set that was edited", () => {
  it("lets a new case learn by itself while the others go on", () => {
    const stream = learned();
    for (let run = 0; run < 9; run += 1) {
      const seen = ask(stream, told({ ...abc, fresh: "-" }));
      expect(seen).toMatchObject({ phase: "watching", alarm: null });
    }
    expect(alarmOf(stream, { ...abc, b: "-", fresh: "-" }).turned.map((each) => each.case)).toEqual(["b"]);
  });

  it("begins an edited case anew, and keeps the baseline of the others", () => {
    const stream = learned();
    for (let run = 0; run < 2; run += 1) ask(stream, told({ ...abc, a: "-" }));
    const edited = ask(stream, told({ ...abc, a: "-" }, ["a"]));
    expect(edited.learned).toEqual({ outputs: 21, runs: 10 });
    // three starts, of which none stands out
    expect(edited.evidence).toBeLessThan(3);
    for (let run = 0; run < 8; run += 1) ask(stream, told({ ...abc, a: "-" }, ["a"]));
    expect(stream.metric.phase).toBe("watching");
  });

  it("forgets a case that was taken out, with what it had shown", () => {
    const stream = learned();
    for (let run = 0; run < 3; run += 1) ask(stream, told({ ...abc, a: "-" }));
    const without = ask(stream, told({ b: "+", c: "+" }));
    // four starts, of which none stands out
    expect(without.evidence).toBeLessThan(4);
    expect(without.learned.outputs).toBe(20);
  });

  it("begins anew as a whole when every case was replaced", () => {
    const stream = learned();
    ask(stream, told({ ...abc, a: "-" }));
    expect(ask(stream, told(abc, ["a", "b", "c"]))).toMatchObject({
      phase: "learning",
      learned: { outputs: 3, runs: 1 },
    });
  });

  it("gives up an alarm once every case that turned was edited, without calling it recovered", () => {
    const stream = learned();
    alarmOf(stream, { ...abc, a: "-" });
    expect(ask(stream, told(abc, ["a"]))).toMatchObject({ phase: "watching", recovered: false, alarm: null });
  });
});

describe("after an alarm about golden cases", () => {
  it("is over after five good runs of a case that had only failed since", () => {
    const stream = learned();
    alarmOf(stream, { ...abc, a: "-" });
    expect([1, 2, 3, 4, 5].map(() => ask(stream, told(abc)).recovered)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(stream.metric.phase).toBe("watching");
  });

  it("is not over while one of the cases that turned is still wrong, and counts on meanwhile", () => {
    const stream = learned({ ...abc, d: "+" });
    alarmOf(stream, { ...abc, d: "+", a: "-", b: "-" });
    for (let run = 0; run < 30; run += 1)
      expect(ask(stream, told({ ...abc, d: "+", b: "-" })).recovered).toBe(false);
    const b = casesChange(stream.metric.explain())?.turned.find((each) => each.case === "b");
    expect(b?.since.hits).toBe(0);
    expect(b?.since.n).toBeGreaterThanOrEqual(32);
  });

  it("counts no run twice that told only of cases still learned", () => {
    const stream = learned();
    const { turned } = alarmOf(stream, { ...abc, a: "-" });
    ask(stream, told({ a: "?", b: "?", c: "?", fresh: "+" }));
    expect(casesChange(stream.metric.explain())?.turned).toEqual(turned);
  });

  it("accepted: the cases that turned learn anew from the change on, the others keep their baseline", () => {
    const stream = learned();
    const { turned } = alarmOf(stream, { ...abc, a: "-" });
    stream.metric = stream.metric.accept();
    expect(casesChange(stream.metric.explain())?.turned).toEqual(turned);
    expect(stream.metric.phase).toBe("watching");
    const sinceChange = turned[0]?.since.n ?? 0;
    for (let run = sinceChange; run < 10; run += 1) ask(stream, told({ ...abc, a: "-" }));
    for (let run = 0; run < 30; run += 1) expect(ask(stream, told({ ...abc, a: "-" })).alarm).toBeNull();
    expect(alarmOf(stream, { ...abc, a: "-", b: "-" }).turned.map((each) => each.case)).toEqual(["b"]);
  });

  it("fixed: watches again from the baseline alone", () => {
    const stream = learned();
    alarmOf(stream, { ...abc, a: "-" });
    stream.metric = stream.metric.fix();
    expect(stream.metric.phase).toBe("watching");
    expect(ask(stream, told(abc))).toMatchObject({ alarm: null, learned: { outputs: 30, runs: 10 } });
    expect(alarmOf(stream, { ...abc, a: "-" }).turned[0]?.before).toEqual({ hits: 11, n: 11 });
  });

  it("accepts nothing without an alarm, and fixes nothing while it learns", () => {
    const watching = learned().metric;
    expect(watching.accept()).toBe(watching);
    const learning = startGolden(1);
    ask(learning, told(abc));
    expect(learning.metric.fix()).toBe(learning.metric);
  });
});
