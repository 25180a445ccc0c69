import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../src/domain/output.js";
import { acceptGolden } from "../../src/flow/accept-golden.js";
import { perform } from "../../src/flow/command.js";
import type { WatchedGolden } from "../../src/flow/ground.js";
import { keepSchedules } from "../../src/flow/keep-schedules.js";
import { runDue } from "../../src/flow/run-due.js";
import { runGolden } from "../../src/flow/run-golden.js";
import { parseSchedule } from "../../src/schedule/schedule.js";
import { openStore } from "../../src/store/open.js";
import { benchGround, draft, hour, levels, monday, okCheck, options } from "./bench-ground.js";

const cases = ["a", "b", "c", "d", "e"].map((id) => ({
  id,
  input: `question ${id}`,
  expected: `ok ${id}`,
  tags: [],
  owner: null,
  reviewBy: null,
}));

/** A golden set whose answers a test gives, and who was asked so far. */
function bench(
  answer: (id: string, asked: readonly string[]) => Promise<OutputDraft>,
  change: Partial<WatchedGolden> = {},
) {
  const asked: string[] = [];
  const judged: string[] = [];
  const checks = [
    okCheck({
      id: "known",
      judge: ({ text, reference }) =>
        text === reference ? { status: "pass" } : { status: "fail", reason: `says ${text}` },
    }),
    okCheck({
      id: "judge",
      asks: true,
      judge: ({ text }) => {
        judged.push(text);
        return text === "ok d" ? { status: "fail", reason: "it is rude" } : { status: "pass" };
      },
    }),
  ];
  const golden = {
    cases,
    probe: {
      ask: ({ id }: { id: string }) => {
        asked.push(id);
        return answer(id, asked);
      },
    },
    schedule: null,
    effects: "real" as const,
    override: null,
    checks: ["known", "judge"],
    repeat: 3,
    reviewBy: null,
    ...change,
  };
  return { ...benchGround({ checks, change: { golden, source: null } }), asked, judged };
}

const made = {
  ...options,
  slotAt: monday,
  override: { who: "Marta Quill", why: "test tenant" },
};

const reply = (id: string) => draft(`x-${id}`, null, id === "b" ? "nonsense" : `ok ${id}`);
const outcome = [
  { id: "a", status: "pass", reason: null },
  { id: "b", status: "fail", reason: "says nonsense" },
  { id: "c", status: "pass", reason: null },
  { id: "d", status: "fail", reason: "it is rude" },
  { id: "e", status: "pass", reason: null },
];

it("asks only the rest after a stop, and those whose probe failed", async () => {
  const stopping = new AbortController();
  const { ground, watched, asked, judged } = bench(async (id, before) => {
    if (before.length === 1) throw new Error("answers 503");
    if (id === "c") stopping.abort();
    return reply(id);
  });
  const cut = runGolden(ground, watched, { ...made, signal: stopping.signal });
  await expect(cut).rejects.toThrow(/was broken off by a stop/);
  expect([asked, judged]).toEqual([["a", "b", "c"], []]);
  const run = ground.store.runs.latest("invoices", "golden");
  const onRecord = ground.store.golden.results(run?.id ?? 0);
  expect(onRecord.map(({ caseId, status, reason }) => [caseId, status, reason])).toEqual([
    ["a", "error", "answers 503"],
    ["b", "fail", "says nonsense"],
    ["c", "error", "it is not judged yet"],
  ]);
  const decision = { run: null, who: "Marta Quill", why: "looked at them" };
  expect(() => acceptGolden(ground, watched, decision)).toThrow(/was not made to its end/);

  const report = await runGolden(ground, watched, made);
  expect(asked.slice(3)).toEqual(["a", "d", "e"]);
  expect(report).toMatchObject({ run: run?.id, cases: outcome });
  const told = ground.store.golden.results(report.run);
  expect(told.map(({ caseId, status, reason }) => ({ id: caseId, status, reason }))).toEqual(outcome);
  expect(ground.store.runs.get(report.run)).toMatchObject({
    state: "done",
    attempt: 2,
    outputs: 5,
    drawn: 5,
  });
  expect(acceptGolden(ground, watched, decision)).toEqual({ run: report.run, cases: 5 });
});

describe("a golden run that was ordered and broken off by a stop", () => {
  const { override } = made;
  const order = { do: "golden-run", automation: "invoices", override } as const;
  /** The order that a stop breaks off while the third case is asked, and who was asked since. */
  async function brokenOff(change: Partial<WatchedGolden> = {}) {
    const stopping = new AbortController();
    const { asked, ground, watched, clock } = bench(async (id, before) => {
      if (before.length === 3) stopping.abort();
      return reply(id);
    }, change);
    keepSchedules(ground);
    clock.set(monday + hour / 2);
    await expect(perform(ground, levels, order, stopping.signal)).rejects.toThrow(/broken off by a stop/);
    expect(asked.splice(0)).toEqual(["a", "b", "c"]);
    return { asked, ground, watched, clock };
  }

  it("is taken up by the next order", async () => {
    const { asked, ground, clock } = await brokenOff();
    clock.set(monday + hour);
    expect(await perform(ground, levels, order, options.signal)).toMatchObject({ run: 1, cases: outcome });
    expect(asked.splice(0)).toEqual(["d", "e"]);
    clock.set(monday + 2 * hour);
    expect(await perform(ground, levels, order, options.signal)).toMatchObject({ run: 2 });
    expect(asked).toHaveLength(5);
  });

  it("is taken up by the next slot of its schedule", async () => {
    const { asked, ground, clock } = await brokenOff({
      schedule: parseSchedule("every 1h", "UTC"),
      override: { by: "Marta Quill", why: "test tenant" },
    });
    const state = { resting: new Map<string, number>() };
    const beat = () =>
      runDue(ground, { ...options, ...state, limit: (work) => work(), askingLimit: (work) => work() });
    for (const [hours, rest] of [
      [1, ["d", "e"]],
      [1.5, []],
      [2, ["a", "b", "c", "d", "e"]],
    ] as const) {
      clock.set(monday + hours * hour);
      await beat();
      expect(asked.splice(0)).toEqual(rest);
    }
    expect(ground.store.runs.list("invoices", 9)).toMatchObject([
      { slotAt: monday + 2 * hour, state: "done" },
      { slotAt: monday + hour / 2, state: "done", attempt: 2 },
    ]);
  });

  it("is left alone once a later one was made to its end", async () => {
    const { asked, ground, watched } = await brokenOff();
    const { runs } = ground.store;
    const later = { automation: "invoices", kind: "golden", slotAt: monday + hour, part: 0 } as const;
    const end = { state: "done", at: monday + hour, reason: null, outputs: 5, drawn: 5 } as const;
    runs.finish(runs.begin(later, monday + hour) ?? 0, end);
    await runGolden(ground, watched, { ...made, slotAt: monday + 2 * hour });
    expect(asked).toHaveLength(5);
  });
});

it("asks only the rest after the process was killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-golden-"));
  const open = () => openStore({ path: join(folder, "evenkeel.db"), newInstanceId: "a".repeat(32) });
  try {
    const killed = open();
    // two cases are asked at once: when the fourth is asked, the first two are on record
    await new Promise<void>((resolve) => {
      const first = bench((id, asked) => {
        if (asked.length === 4) resolve();
        return id < "c" ? Promise.resolve(reply(id)) : new Promise(() => undefined);
      });
      void runGolden({ ...first.ground, store: killed }, first.watched, made);
    });
    killed.close();

    const store = open();
    const second = bench(async (id) => reply(id));
    const report = await runGolden({ ...second.ground, store }, second.watched, made);
    expect(second.asked).toEqual(["c", "d", "e"]);
    expect(report.cases).toMatchObject(outcome);
    const answers = [...store.golden.answers(report.run)];
    expect(answers.map(([id, { verdicts }]) => [id, verdicts.get("judge")?.status])).toEqual([
      ["a", "pass"],
      ["b", "pass"],
      ["c", "pass"],
      ["d", "fail"],
      ["e", "pass"],
    ]);
    expect(store.outputs.checkTotals("invoices", "judge")).toEqual({ pass: 0, judged: 0 });
    store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
