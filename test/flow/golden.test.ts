import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../src/domain/output.js";
import { acceptGolden } from "../../src/flow/accept-golden.js";
import type { ReadyChannel, WatchedGolden } from "../../src/flow/ground.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { runSlots } from "../../src/flow/run.js";
import { runGolden } from "../../src/flow/run-golden.js";
import {
  benchGround,
  draft,
  entry,
  hour,
  monday,
  okCheck,
  options,
  recordingChannel,
} from "./bench-ground.js";

const cases = ["a", "b", "c", "d"].map((id) => ({
  id,
  input: `question ${id}`,
  expected: `ok ${id}`,
  tags: [],
  owner: null,
  reviewBy: null,
}));

function bench(change: Partial<WatchedGolden> = {}, channels: readonly ReadyChannel[] = []) {
  const answers = new Map<string, string | Error>(cases.map((each) => [each.id, `ok ${each.id}`]));
  const queued = new Map<string, string[]>();
  const check = okCheck({
    id: "known",
    judge: (output) =>
      output.reference === null
        ? { status: "skipped", reason: "no reference" }
        : output.text === output.reference
          ? { status: "pass" }
          : { status: "fail", reason: `says ${output.text}` },
  });
  const golden: WatchedGolden = {
    cases,
    probe: {
      ask: async (golden): Promise<OutputDraft> => {
        const answer = queued.get(golden.id)?.shift() ?? answers.get(golden.id);
        if (answer instanceof Error) throw answer;
        const left = queued.get(golden.id);
        const id = left === undefined ? `x-${golden.id}` : `x-${golden.id}-${3 - left.length}`;
        return draft(id, null, answer ?? "", { input: `question ${golden.id}` });
      },
    },
    schedule: null,
    effects: "none",
    override: null,
    checks: ["known"],
    repeat: 3,
    reviewBy: null,
    ...change,
  };
  const metrics = planMetrics(entry, [{ check, settings: {} }], {
    numbers: [],
    categories: [],
    baseline: { outputs: 20, runs: 5 },
    golden: { checks: [check.id], baselineRuns: 10, inputs: cases.map(({ input }) => input) },
  });
  return {
    ...benchGround({ checks: [check], channels, change: { golden, metrics } }),
    answers,
    /** What one case answers, in this order, before its usual answer. */
    answerNext: (id: string, said: readonly string[]) => void queued.set(id, [...said]),
  };
}

describe("a golden run", () => {
  it("names the cases that turned since the accepted run, and those that could not be told", async () => {
    const { ground, watched, answers, clock } = bench();
    const first = await runGolden(ground, watched, { ...options, slotAt: monday });
    expect(first.flips).toMatchObject({ fresh: ["a", "b", "c", "d"], turnedWrong: [] });
    expect(acceptGolden(ground, watched, { run: null, who: "Marta Quill", why: "looked at them" })).toEqual({
      run: first.run,
      cases: 4,
    });
    answers.set("b", "nonsense");
    answers.set("c", new Error("the automation did not answer within 30 s"));
    clock.set(monday + hour);
    const second = await runGolden(ground, watched, { ...options, slotAt: monday + hour });
    expect(second.flips).toMatchObject({ turnedWrong: ["b"], couldNotTell: ["c"], unchanged: ["a", "d"] });
    expect(second.cases.find((each) => each.id === "c")).toMatchObject({
      id: "c",
      status: "error",
      reason: "the automation did not answer within 30 s",
    });
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      { what: "accept-golden", who: "Marta Quill", why: "looked at them" },
    ]);
  });

  it("opens an incident when known answers that agreed no longer do", async () => {
    const { ground, watched, answers, clock } = bench();
    for (let index = 0; index < 20; index += 1) {
      if (index === 12) for (const id of ["a", "b"]) answers.set(id, "wrong");
      clock.set(monday + index * hour);
      await runGolden(ground, watched, { ...options, slotAt: monday + index * hour });
    }
    expect(ground.store.incidents.open()[0]?.title).toMatch(
      /^known answers that agree fell from 100% to about 50%: “a” and “b” turned$/,
    );
    expect(ground.store.findings.active("invoices")[0]?.finding).toMatchObject({
      rule: "golden",
      level: "page",
      changedAt: monday + 12 * hour,
      sentence: expect.stringMatching(/: “a” and “b” turned since 12:00$/),
    });
  });

  it("shows what was asked of up to three cases that turned, what was expected and what came", async () => {
    const channel = recordingChannel("ops");
    const made = bench({}, [channel.ready]);
    await askHourly(made, 0, 18, (index) => {
      if (index === 12) for (const { id } of cases) made.answers.set(id, `odd ${id}`);
    });
    const [first] = channel.messages;
    expect(first?.examples.map(({ label, id, reason, excerpt }) => [label, id, reason, excerpt])).toEqual([
      ...["a", "b", "c"].map((id) => [
        "Wrong",
        id,
        `asked “question ${id}”; expected “ok ${id}”; says odd ${id}`,
        `odd ${id}`,
      ]),
      ["Right, before", "a", "", "ok a"],
    ]);
  });

  /** Runs the set at each of the hours from one on. */
  async function askHourly(
    { ground, watched, clock }: Pick<ReturnType<typeof bench>, "ground" | "watched" | "clock">,
    first: number,
    runs: number,
    before: (index: number) => void = () => undefined,
  ) {
    let report = null;
    for (let index = first; index < first + runs; index += 1) {
      before(index);
      clock.set(monday + index * hour);
      report = await runGolden(ground, watched, { ...options, slotAt: monday + index * hour });
    }
    if (report === null) throw new Error("no run");
    return report;
  }

  it("lets an edited case begin anew, keeps the others, and ends what was about nothing else", async () => {
    const made = bench();
    await askHourly(made, 0, 18, (index) => {
      if (index === 12) made.answers.set("b", "other");
    });
    const { ground, watched } = made;
    expect(ground.store.incidents.open()[0]?.title).toContain("“b” turned");
    const edited = cases.map((each) => (each.id === "b" ? { ...each, expected: "other" } : each));
    const golden = watched.golden === null ? null : { ...watched.golden, cases: edited };
    await askHourly({ ...made, watched: { ...watched, golden } }, 18, 1);
    expect(ground.store.incidents.open()).toEqual([]);
    expect(ground.store.metrics.get("invoices", "golden:agreement")).toMatchObject({
      phase: "watching",
      learnedOutputs: 31,
    });
  });

  it("asks a case again that was never steady, lets the majority decide, and knows all its answers", async () => {
    const made = bench({ repeat: 3 });
    const { ground, answers } = made;
    const known = await askHourly(made, 0, 10, (index) => {
      answers.set("b", index % 2 === 0 ? "ok b" : "odd");
    });
    expect(known.cases.map((each) => each.asked)).toEqual([1, 1, 1, 1]);
    const said = ["odd", "ok b", "odd"];
    made.answerNext("b", said);
    const report = await askHourly(made, 10, 1);
    expect(report.cases.map((each) => each.asked)).toEqual([1, 3, 1, 1]);
    expect(report.cases[1]).toMatchObject({
      status: "fail",
      reason: "2 of 3 answers do not agree: says odd",
      flickers: { hits: 5, n: 10 },
    });
    expect(ground.store.golden.results(report.run)[1]).toMatchObject({ caseId: "b", status: "fail" });
    for (const ask of [1, 2, 3]) expect(ground.store.golden.wasReceived("invoices", `x-b-${ask}`)).toBe(true);
    made.answerNext("b", ["ok b", "ok b", "never asked"]);
    expect((await askHourly(made, 11, 1)).cases[1]).toMatchObject({ status: "pass", asked: 2 });
  });

  it.each([
    { repeat: 1, effects: "test-mode" },
    { repeat: 3, effects: "real" },
  ] as const)("asks none again with repeat $repeat and effects $effects", async (change) => {
    const made = bench(change);
    const { ground, watched, answers, clock } = made;
    const override = { who: "Marta Quill", why: "test tenant" };
    for (let index = 0; index < 12; index += 1) {
      answers.set("b", index % 2 === 0 ? "ok b" : "odd");
      clock.set(monday + index * hour);
      const run = await runGolden(ground, watched, { ...options, slotAt: monday + index * hour, override });
      expect(run.cases.map((each) => each.asked)).toEqual([1, 1, 1, 1]);
    }
  });

  it("says in the digest that the set was to be reviewed, until the date is moved", async () => {
    const late = bench({ reviewBy: "2026-03-01" });
    await askHourly(late, 0, 1);
    const active = () => late.ground.store.findings.active("invoices").map((each) => each.finding);
    expect(active()).toMatchObject([{ rule: "overdue", level: "digest" }]);
    expect(active()[0]?.sentence).toContain(
      "the golden set of invoice extraction was to be reviewed by 2026-03-01",
    );
    late.source.outputs.push(draft("x", monday + hour + 1, "ok"));
    late.clock.set(monday + 2 * hour);
    await runSlots(late.ground, late.watched, [monday + 2 * hour], options);
    expect(active()).toHaveLength(1);
    const { golden } = late.watched;
    const moved = golden === null ? null : { ...golden, reviewBy: "2026-03-02" };
    await askHourly({ ...late, watched: { ...late.watched, golden: moved } }, 3, 1);
    expect(active()).toEqual([]);
  });

  it("notices that inputs have moved away from those of the set", async () => {
    const { ground, watched, source, clock } = bench();
    for (let index = 1; index <= 16; index += 1) {
      const at = monday + index * hour;
      const input = index <= 8 ? "question number" : "completely different wishes about parcels";
      for (let each = 0; each < 20; each += 1)
        source.outputs.push(draft(`${index}-${each}`, at - hour + 1 + each, "ok", { input }));
      clock.set(at);
      await runSlots(ground, watched, [at], options);
    }
    const found = ground.store.findings.active("invoices");
    expect(found.find(({ finding }) => finding.metric === "golden:inputs")).toMatchObject({
      headline: "inputs like those of the golden set fell from 100% to 0%",
      finding: { level: "digest", rule: "drift" },
    });
  });

  it("leaves the answers out when they come back through the source", async () => {
    const { ground, watched, source, clock } = bench();
    await runGolden(ground, watched, { ...options, slotAt: monday });
    source.outputs.push(draft("x-a", monday + 1, "ok a"), draft("real", monday + 2, "ok"));
    clock.set(monday + hour);
    expect(await runSlots(ground, watched, [monday + hour], options)).toMatchObject({ outputs: 1 });
  });

  it("gives no examples of what went wrong in production, and adds nothing to its exposure", async () => {
    const { ground, watched, source, answers, clock } = bench();
    source.outputs.push(draft("real", monday + 1, "odd", { reference: "ok" }));
    clock.set(monday + hour);
    await runSlots(ground, watched, [monday + hour], options);
    answers.set("b", "nonsense");
    await runGolden(ground, watched, { ...options, slotAt: monday + hour });
    const { outputs } = ground.store;
    expect(outputs.failingSince("invoices", "known", monday, 9).map((each) => each.output.id)).toEqual([
      "real",
    ]);
    expect(outputs.countFailingSince("invoices", ["known"], monday)).toBe(1);
  });

  it("does not act for real without a recorded decision", async () => {
    const { ground, watched } = bench({ effects: "real" });
    await expect(runGolden(ground, watched, { ...options, slotAt: monday })).rejects.toThrow(
      /acts for real .*--override and --why/,
    );
    const override = { who: "Marta Quill", why: "test tenant" };
    await runGolden(ground, watched, { ...options, slotAt: monday, override });
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      { what: "golden-override", ...override },
    ]);
  });
});
