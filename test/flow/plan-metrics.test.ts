import { describe, expect, it } from "vitest";
import type { Level } from "../../src/domain/check.js";
import { noDetails } from "../../src/domain/output.js";
import { error, fail, pass, type Verdict } from "../../src/domain/verdict.js";
import { planMetrics } from "../../src/flow/plan-metrics.js";
import { entry, okCheck } from "./bench-ground.js";

const baseline = { outputs: 20, runs: 5 };

/** The level at which the agreement with known answers speaks. */
function agreementLevel(
  driftLevel: Level,
  levels: readonly (Level | null)[],
  golden: readonly string[],
): Level | undefined {
  const checks = levels.map((level, at) => ({ check: okCheck({ id: `c${at}`, level }), settings: {} }));
  const follow = {
    numbers: [],
    categories: [],
    baseline,
    golden: { checks: golden, baselineRuns: 10, inputs: [] },
  };
  return planMetrics({ ...entry, driftLevel }, checks, follow).find(({ rule }) => rule === "golden")?.level;
}

describe("the agreement with known answers", () => {
  it.each<[string, Level, readonly (Level | null)[], readonly string[], Level]>([
    ["a check that may page", "page", [null], ["c0"], "page"],
    ["a check too weak to page", "page", ["digest"], ["c0"], "digest"],
    ["a weak and a strong check", "page", ["digest", "page"], ["c0", "c1"], "page"],
    ["a weak check, while a strong one does not decide", "page", ["digest", "page"], ["c0"], "digest"],
    ["a check that is only recorded", "page", ["record"], ["c0"], "record"],
    ["a check that may page, where the risk pages nobody", "digest", ["page"], ["c0"], "digest"],
  ])("is as loud as the risk says and its checks may be: %s", (_name, drift, levels, golden, level) => {
    expect(agreementLevel(drift, levels, golden)).toBe(level);
  });

  it("is not followed without a golden set", () => {
    const plans = planMetrics(entry, [], { numbers: [], categories: [], baseline, golden: null });
    expect(plans.filter(({ rule }) => rule === "golden")).toEqual([]);
  });
});

describe("the score of a check", () => {
  const plansOf = (type: string) =>
    planMetrics(entry, [{ check: okCheck({ id: "near", type }), settings: {} }], {
      numbers: [],
      categories: [],
      baseline,
      golden: null,
    }).filter(({ id }) => id.startsWith("score:"));

  it("is followed as a number for the digest, whether the check passes or not", () => {
    const [plan] = plansOf("semantic-similarity");
    expect(plan).toMatchObject({ id: "score:near", level: "digest", check: null });
    const seen = (verdict: Verdict) =>
      plan?.observe(
        { ...noDetails, id: "a", at: 0, text: "ok", fields: undefined },
        new Map([["near", verdict]]),
      );
    expect(seen(pass({ score: 0.93 }))).toBe(0.93);
    expect(seen(fail("too far", { score: 0.41 }))).toBe(0.41);
    expect(seen(error("no answer"))).toBeUndefined();
  });

  it("is not where it is no likeness", () => {
    expect(plansOf("contains")).toEqual([]);
  });
});
