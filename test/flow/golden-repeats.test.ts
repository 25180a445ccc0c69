import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { WatchedGolden } from "../../src/flow/ground.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { runGolden } from "../../src/flow/run-golden.js";
import { openStore } from "../../src/store/open.js";
import { benchGround, draft, entry, hour, monday, okCheck, options } from "./bench-ground.js";

const cases = ["steady", "odd"].map((id) => ({
  id,
  input: `question ${id}`,
  expected: `ok ${id}`,
  tags: [],
  owner: null,
  reviewBy: null,
}));

/** A set of two cases, of which the test says what each answers, and who was asked so far. */
function bench(say: (id: string, asked: readonly string[]) => Promise<string>) {
  const asked: string[] = [];
  const check = okCheck({ id: "known" });
  const golden: WatchedGolden = {
    cases,
    probe: {
      ask: async ({ id }) => {
        asked.push(id);
        const said = await say(id, asked);
        return draft(`${asked.length}-${id}`, null, said);
      },
    },
    schedule: null,
    effects: "none",
    override: null,
    checks: ["known"],
    repeat: 5,
    reviewBy: null,
  };
  const metrics = planMetrics(entry, [{ check, settings: {} }], {
    numbers: [],
    categories: [],
    baseline: { outputs: 20, runs: 5 },
    golden: { checks: [check.id], baselineRuns: 10, inputs: [] },
  });
  return { ...benchGround({ checks: [check], change: { golden, metrics } }), asked };
}

it("asks a flickering case no further than the kill left open, and counts the answers it had", async () => {
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-repeats-"));
  const open = () => openStore({ path: join(folder, "evenkeel.db"), newInstanceId: "a".repeat(32) });
  const slot = (index: number) => ({ ...options, slotAt: monday + index * hour });
  try {
    const killed = open();
    let runs = 0;
    const learning = bench(async (id) => (id === "odd" && runs % 2 === 1 ? "odd" : "ok"));
    for (; runs < 10; runs += 1)
      await runGolden({ ...learning.ground, store: killed }, learning.watched, slot(runs));
    expect(learning.asked).toHaveLength(20);

    // of five answers two and two are on record when the fifth is under way
    const said = ["odd", "ok", "odd", "ok"];
    await new Promise<void>((resolve) => {
      const first = bench((id) => {
        if (id === "steady") return Promise.resolve("ok");
        const next = said.shift();
        if (next !== undefined) return Promise.resolve(next);
        resolve();
        return new Promise<string>(() => undefined);
      });
      void runGolden({ ...first.ground, store: killed }, first.watched, slot(10));
    });
    killed.close();

    const store = open();
    const second = bench(async () => "odd");
    const report = await runGolden({ ...second.ground, store }, second.watched, slot(11));
    expect(second.asked).toEqual(["odd"]);
    expect(report.run).toBe(11);
    expect(report.cases).toMatchObject([
      { id: "steady", status: "pass", asked: 1 },
      { id: "odd", status: "fail", asked: 5, flickers: { hits: 5, n: 10 } },
    ]);
    expect(report.cases[1]?.reason).toContain("3 of 5 answers do not agree");
    expect([1, 2, 3, 4, 5].map((ask) => store.golden.answers(11, ask).get("odd")?.output.text)).toEqual([
      "odd",
      "ok",
      "odd",
      "ok",
      "odd",
    ]);
    store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
