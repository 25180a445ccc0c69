import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../../src/domain/output.js";
import { dayMs } from "../../../src/domain/time.js";
import { forget } from "../../../src/flow/forget.js";
import type { WatchedGolden } from "../../../src/flow/ground.js";
import { contradictedCases } from "../../../src/flow/learning/contradicted-cases.js";
import { promoteOutput, withdrawCase } from "../../../src/flow/learning/promote.js";
import { pickSpotChecks } from "../../../src/flow/pick-spot-checks.js";
import { runSlots } from "../../../src/flow/run.js";
import { runGolden } from "../../../src/flow/run-golden.js";
import { takeJudgement } from "../../../src/flow/take-judgement.js";
import { benchGround, draft, hour, monday, okCheck, options } from "../bench-ground.js";

const written = {
  id: "q-file",
  input: "question 3",
  expected: "ok 3",
  tags: [],
  owner: null,
  reviewBy: null,
};

/** Five picked outputs of a week; asked again the automation answers `ok` and the number of the question. */
async function watch(change: { golden?: Partial<WatchedGolden> | null; input?: string | null } = {}) {
  const asked: string[] = [];
  const golden: WatchedGolden = {
    cases: [written],
    probe: {
      ask: async ({ input, id }): Promise<OutputDraft> => {
        asked.push(String(input));
        return draft(`x-${id}`, null, String(input).replace("question", "ok"), { input: String(input) });
      },
    },
    schedule: null,
    effects: "none",
    override: null,
    checks: ["known"],
    repeat: 1,
    reviewBy: null,
    ...change.golden,
  };
  const check = okCheck({
    id: "known",
    judge: (output) =>
      output.reference === null || output.text === output.reference
        ? { status: "pass" }
        : { status: "fail", reason: `says ${output.text}` },
  });
  const bench = benchGround({
    size: "all",
    checks: [check],
    change: { golden: change.golden === null ? null : golden },
    entryChange: { review: { everyMonths: 6, last: null } },
  });
  const { input = null } = change;
  for (let index = 0; index < 5; index += 1)
    bench.source.outputs.push(
      draft(`o-${index}`, monday - 7 * dayMs + hour + index * 60_000, `ok ${index}`, {
        input: change.input === undefined ? `question ${index}` : input,
      }),
    );
  bench.clock.set(monday + hour);
  await runSlots(bench.ground, bench.watched, [monday + hour], options);
  const { ground, watched, clock } = bench;
  ground.store.transaction(() => pickSpotChecks(ground, watched, clock.now()));
  const rows = ground.store.spotChecks.ofSpan("invoices", monday);
  const idOf = (output: string) => rows.find(({ outputId }) => outputId === output)?.id ?? 0;
  const judge = (
    output: string,
    answer: "right" | "wrong",
    correction: string | null = null,
    who = "Tom Ashby",
  ) => {
    clock.set(clock.now() + 60_000);
    return takeJudgement(ground, { spotCheck: idOf(output), answer, who, note: null, correction });
  };
  const promote = (output: string) =>
    promoteOutput(ground, { spotCheck: idOf(output), who: "Marta Quill", reviewBy: null });
  const findings = () =>
    ground.store.findings.active("invoices").filter(({ finding }) => finding.rule === "contradicted");
  return { ...bench, asked, idOf, judge, promote, findings };
}

describe("a judged output", () => {
  it("becomes a known answer that is asked in the next golden run, with where it comes from", async () => {
    const { ground, watched, judge, promote, idOf, asked } = await watch();
    judge("o-1", "right");
    const id = `spot-check-${idOf("o-1")}`;
    expect(promote("o-1")).toEqual({
      automation: "invoices",
      case: id,
      output: "o-1",
      saidBy: "Tom Ashby",
      corrected: false,
      reviewBy: "2026-09-02",
      redacted: false,
    });
    expect(ground.store.goldenPromoted.of("invoices")).toMatchObject([
      { input: "question 1", expected: "ok 1", outputId: "o-1", who: "Marta Quill", saidBy: "Tom Ashby" },
    ]);
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      {
        what: "promote-golden",
        who: "Marta Quill",
        subject: id,
        why: "the output of Tom Ashby's judgement of output o-1",
      },
    ]);
    const run = await runGolden(ground, watched, { ...options, slotAt: monday + 2 * hour });
    expect(asked.sort()).toEqual(["question 1", "question 3"]);
    expect(run.cases.map((each) => [each.id, each.status])).toEqual([
      ["q-file", "pass"],
      [id, "pass"],
    ]);
  });

  it("called wrong is known by its correction: the automation then fails it until it says that", async () => {
    const { ground, watched, judge, promote } = await watch();
    judge("o-2", "wrong", "ok two");
    expect(promote("o-2")).toMatchObject({ corrected: true });
    const run = await runGolden(ground, watched, { ...options, slotAt: monday + 2 * hour });
    expect(run.cases[1]).toMatchObject({ status: "fail", reason: "says ok 2" });
  });

  it("is replaced, not doubled, when it is taken anew", async () => {
    const { ground, judge, promote } = await watch();
    judge("o-2", "wrong", "ok two");
    promote("o-2");
    judge("o-2", "wrong", "ok TWO");
    promote("o-2");
    expect(ground.store.goldenPromoted.of("invoices").map(({ expected }) => expected)).toEqual(["ok TWO"]);
  });

  it.each([
    ["nobody has judged", {}, () => undefined, "Nobody has said yet whether it is right"],
    [
      "was called wrong without a correction",
      {},
      ({ judge }) => void judge("o-1", "wrong"),
      "nobody has written what it should have said",
    ],
    [
      "people disagree on",
      {},
      ({ judge }) => {
        judge("o-1", "right");
        judge("o-1", "wrong", "ok one", "Jonas Feld");
      },
      "People disagree about it: Tom Ashby says right, Jonas Feld says wrong.",
    ],
    [
      "came without its input",
      { input: null },
      ({ judge }) => void judge("o-1", "right"),
      "without its input",
    ],
    [
      "nobody would ask again",
      { golden: null },
      ({ judge }) => void judge("o-1", "right"),
      "has no golden set",
    ],
    [
      "is known already",
      { golden: { cases: [{ ...written, input: "question 1", expected: "ok 1" }] } },
      ({ judge }) => void judge("o-1", "right"),
      'holds it already, as case "q-file"',
    ],
    [
      "has lost its text",
      {},
      ({ ground, judge }) => {
        judge("o-1", "right");
        ground.store.transaction(() =>
          ground.store.retention.dropBodies({
            automation: "invoices",
            before: monday,
            after: { at: 0, key: 0 },
            limit: 100,
            now: monday,
          }),
        );
      },
      "no longer kept",
    ],
  ] satisfies readonly (readonly [
    string,
    Parameters<typeof watch>[0],
    (bench: Awaited<ReturnType<typeof watch>>) => void,
    string,
  ])[])("that %s is refused with what to do", async (_, change, before, said) => {
    const bench = await watch(change);
    before(bench);
    expect(() => bench.promote("o-1")).toThrow(said);
    expect(bench.ground.store.goldenPromoted.of("invoices")).toEqual([]);
  });

  it("gives way to a case of the same id in the owner's file", async () => {
    const { ground, watched, judge, promote, idOf, asked } = await watch();
    judge("o-1", "right");
    promote("o-1");
    const taken = { ...written, id: `spot-check-${idOf("o-1")}`, input: "question 9", expected: "ok 9" };
    const golden = watched.golden === null ? null : { ...watched.golden, cases: [written, taken] };
    await runGolden(ground, { ...watched, golden }, { ...options, slotAt: monday + 2 * hour });
    expect(asked.sort()).toEqual(["question 3", "question 9"]);
  });

  it("is withdrawn with a reason on record, and then asked no more", async () => {
    const { ground, watched, judge, promote, idOf, asked } = await watch();
    judge("o-1", "right");
    promote("o-1");
    const order = {
      automation: "invoices",
      case: `spot-check-${idOf("o-1")}`,
      who: "Marta Quill",
      why: "old price",
    };
    withdrawCase(ground, watched, order);
    expect(() => withdrawCase(ground, watched, order)).toThrow(
      /has no known answer "spot-check-\d+" that was/,
    );
    expect(ground.store.decisions.list("invoices", 1)).toMatchObject([
      { what: "withdraw-golden", why: "old price" },
    ]);
    await runGolden(ground, watched, { ...options, slotAt: monday + 2 * hour });
    expect(asked).toEqual(["question 3"]);
  });

  it.each([
    ["the output it was taken from", { automation: "invoices", id: "o-1" }],
    ["a text in it", { text: "question 1" }],
  ])("is forgotten with %s", async (_, of) => {
    const { ground, judge, promote } = await watch();
    for (const each of ["o-1", "o-2"]) {
      judge(each, "right");
      promote(each);
    }
    await forget(ground, { of, preview: false, who: "Marta Quill", why: "asked to" });
    expect(ground.store.goldenPromoted.of("invoices").map(({ outputId }) => outputId)).toEqual(["o-2"]);
  });
});

describe("a known answer that people contradict", () => {
  it("is flagged where its own output is judged wrong since, until it is taken anew", async () => {
    const { ground, watched, judge, promote, findings, idOf } = await watch();
    judge("o-1", "right");
    promote("o-1");
    expect(findings()).toEqual([]);
    judge("o-1", "wrong", "ok one");
    const id = `spot-check-${idOf("o-1")}`;
    expect(contradictedCases(ground, watched)).toEqual([
      { case: id, why: "its output was judged wrong since" },
    ]);
    expect(findings()).toMatchObject([{ finding: { level: "digest" }, incident: null }]);
    expect(findings()[0]?.finding.sentence).toContain(
      `people contradict 1 known answer of invoice extraction: “${id}” (its output was judged wrong since)`,
    );
    promote("o-1");
    expect(findings()).toEqual([]);
  });

  it.each([
    ["someone disagrees", "right", "Jonas Feld", null, "people disagree about the output it was taken from"],
    ["another correction came", "wrong", "Tom Ashby", "ok deux", "a later correction of it says “ok deux”"],
    ["it was called right", "right", "Tom Ashby", null, "the output that it corrects was judged right since"],
  ] as const)("is flagged where %s", async (_, answer, who, correction, why) => {
    const { ground, watched, judge, promote } = await watch();
    judge("o-2", "wrong", "ok two");
    promote("o-2");
    judge("o-2", answer, correction, who);
    expect(contradictedCases(ground, watched)).toMatchObject([{ why }]);
  });

  it("is flagged where it stands in the file: an output that says the same was judged wrong", async () => {
    const { ground, watched, judge, findings } = await watch();
    judge("o-3", "wrong");
    expect(contradictedCases(ground, watched)).toEqual([
      { case: "q-file", why: "output o-3 says the same and was judged wrong" },
    ]);
    expect(findings()).toHaveLength(1);
    judge("o-3", "right");
    expect(findings()).toEqual([]);
  });

  it("is flagged where the correction of an output with its input says otherwise", async () => {
    const { ground, watched, judge } = await watch({
      golden: { cases: [{ ...written, expected: "ok three" }] },
    });
    judge("o-3", "wrong", "ok  three");
    expect(contradictedCases(ground, watched)).toEqual([]);
    judge("o-3", "wrong", "ok drei");
    expect(contradictedCases(ground, watched)).toEqual([
      { case: "q-file", why: "the correction of output o-3, which had this input, says “ok drei”" },
    ]);
  });

  it("is nobody's business where only outputs with other inputs were judged wrong", async () => {
    const { ground, watched, judge, findings } = await watch();
    judge("o-1", "wrong", "nothing like it");
    expect(contradictedCases(ground, watched)).toEqual([]);
    expect(findings()).toEqual([]);
  });
});
