import { describe, expect, it } from "vitest";
import type { OutputDraft } from "../../src/domain/output.js";
import { acceptGolden } from "../../src/flow/accept-golden.js";
import type { WatchedGolden } from "../../src/flow/ground.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { runSlots } from "../../src/flow/run.js";
import { runGolden } from "../../src/flow/run-golden.js";
import { benchGround, draft, entry, hour, monday, okCheck, options } from "./bench-ground.js";

const cases = ["a", "b", "c", "d"].map((id) => ({
  id,
  input: `question ${id}`,
  expected: `ok ${id}`,
  tags: [],
  owner: null,
  reviewBy: null,
}));

function bench(change: Partial<WatchedGolden> = {}) {
  const answers = new Map<string, string | Error>(cases.map((each) => [each.id, `ok ${each.id}`]));
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
        const answer = answers.get(golden.id);
        if (answer instanceof Error) throw answer;
        return draft(`x-${golden.id}`, null, answer ?? "");
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
  return { ...benchGround({ checks: [check], change: { golden, metrics } }), answers };
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
    expect(second.cases.find((each) => each.id === "c")).toEqual({
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
    for (let index = 0; index < 16; index += 1) {
      if (index === 12) for (const id of ["a", "b", "c", "d"]) answers.set(id, "wrong");
      clock.set(monday + index * hour);
      await runGolden(ground, watched, { ...options, slotAt: monday + index * hour });
    }
    expect(ground.store.incidents.open()[0]?.title).toMatch(
      /^known answers that agree fell from 100% to 0%$/,
    );
    expect(ground.store.findings.active("invoices")[0]?.finding).toMatchObject({
      rule: "golden",
      level: "page",
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
    expect(outputs.countFailingSince("invoices", "known", monday)).toBe(1);
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
