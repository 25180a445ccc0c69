import { describe, expect, it } from "vitest";
import { adaptiveWindow } from "../bench/adaptive-window.js";
import {
  caseThreshold,
  fisherTest,
  meanThreshold,
  pageHinkley,
  type Rule,
  type Run,
  stabilityIndex,
  zTest,
} from "../bench/competitors.js";
import { passing, seeded } from "./streams.js";

function outputs(passes: number, n: number): Run {
  return Array.from({ length: n }, (_, i) => i < passes);
}

/** The most passes of 20 at which a run alarms against 95 of 100. */
function highestAlarming(rule: Rule): number {
  const follow = rule.begin([outputs(95, 100)]);
  return Math.max(
    ...Array.from({ length: 20 }, (_, passes) => passes).filter((at) => follow(outputs(at, 20))),
  );
}

/** Every output of a stream, 600 at the first rate and 6,000 at the second, at which the rule alarms. */
function alarmsOf(rule: Rule, from: number, to: number, seed: number): number[] {
  const chance = seeded(seed);
  const stream = [...passing(from)(chance, 600), ...passing(to)(chance, 6_000)];
  const follow = rule.begin([]);
  return stream.flatMap((value, at) => (follow([value === true]) ? [at] : []));
}

describe("rules the detector is compared with", () => {
  it.each([
    // 17/20: z = 1.637, p = 0.102; 16/20: z = 2.325, p = 0.020
    [zTest, 16],
    // 17/20: p = 0.128; 16/20: p = 0.041
    [fisherTest, 16],
    // 17/20: 0.1 ln(3 x 0.95/0.85) = 0.121; 16/20: 0.15 ln(4 x 0.95/0.8) = 0.234
    [stabilityIndex, 16],
    [meanThreshold, 12],
    [caseThreshold, 19],
  ])("$name alarms at the count its formula gives", (rule, passes) => {
    expect(highestAlarming(rule)).toBe(passes);
  });

  it("PSI alarms at a run without a fail, which 95% of passes give one time in three", () => {
    // 0.05 ln(0.05 / 0.0001) + 0.05 ln(1 / 0.95) = 0.312
    expect(stabilityIndex.begin([outputs(95, 100)])(outputs(20, 20))).toBe(true);
  });

  it("a z-test without any fail has no spread and does not alarm", () => {
    expect(zTest.begin([outputs(100, 100)])(outputs(20, 20))).toBe(false);
  });

  it("Page-Hinkley sees nothing until the sum is over 50, and then begins anew", () => {
    const follow = pageHinkley.begin([outputs(100, 100)]);
    const runs = Array.from({ length: 20 }, () => follow(outputs(0, 20)));
    // 67 fails after 100 passes: output 166, the fourth run of fails
    expect(runs.indexOf(true)).toBe(3);
  });

  it("ADWIN checks every 32 outputs and drops the part before the change", () => {
    expect(alarmsOf(adaptiveWindow, 0.95, 0.7, 900)).toEqual([671, 703]);
    expect(alarmsOf(adaptiveWindow, 0.84, 0.51, 905)).toEqual([671]);
  });
});
