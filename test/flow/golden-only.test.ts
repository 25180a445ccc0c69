import { expect, it } from "vitest";
import { overview } from "../../src/flow/overview.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { runGolden } from "../../src/flow/run-golden.js";
import { benchGround, draft, entry, hour, monday, okCheck, options } from "./bench-ground.js";

it("says of an automation that only a golden set watches how its golden runs went", async () => {
  const checks = [{ check: okCheck(), settings: {} }];
  const baseline = { outputs: 20, runs: 5 };
  const bench = benchGround({
    change: {
      source: null,
      sourceType: null,
      metrics: planMetrics(entry, checks, {
        numbers: [],
        categories: [],
        baseline,
        golden: { checks: ["ok"], baselineRuns: 5, inputs: [] },
      }),
      golden: {
        cases: Array.from({ length: 5 }, (_, index) => ({
          id: `c${index}`,
          input: "?",
          expected: "ok",
          tags: [],
          owner: "Marta Quill",
          reviewBy: null,
        })),
        probe: { ask: async (each) => draft(each.id, null, "ok") },
        schedule: null,
        effects: "none",
        override: null,
        checks: ["ok"],
        repeat: 3,
        reviewBy: null,
      },
    },
  });
  const reason = () => overview(bench.ground).map(({ state, reason: why }) => `${state}: ${why}`)[0];
  expect(reason()).toBe("no-data: No golden run yet");
  for (let index = 1; index <= 6; index += 1) {
    bench.clock.set(monday + index * hour);
    await runGolden(bench.ground, bench.watched, { ...options, slotAt: monday + index * hour });
    if (index === 1) expect(reason()).toBe("watching: Learning what is usual: 1 of 5 golden runs");
  }
  expect(reason()).toBe("steady: Its known answers agree as usual, last asked 06:00");
  const underWay = { automation: "invoices", kind: "golden", slotAt: monday + 7 * hour, part: 0 } as const;
  bench.ground.store.runs.begin(underWay, monday + 7 * hour);
  expect(reason()).toBe("steady: Its known answers agree as usual, last asked 06:00");
});
