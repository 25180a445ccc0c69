import { describe, expect, it } from "vitest";
import type { VerdictStatus } from "../../src/domain/verdict.js";
import { compareGolden, type GoldenFlips } from "../../src/golden/compare.js";

const all: readonly (keyof GoldenFlips)[] = [
  "turnedWrong",
  "turnedRight",
  "fresh",
  "missing",
  "couldNotTell",
  "unchanged",
];

describe("the golden comparison", () => {
  it.each<[boolean | null, VerdictStatus | null, keyof GoldenFlips]>([
    [true, "pass", "unchanged"],
    [false, "fail", "unchanged"],
    [true, "fail", "turnedWrong"],
    [false, "pass", "turnedRight"],
    [null, "pass", "fresh"],
    [null, "fail", "fresh"],
    [true, null, "missing"],
    [false, "error", "couldNotTell"],
    [true, "skipped", "couldNotTell"],
    [null, "error", "couldNotTell"],
  ])("puts a case that was %s and is %s under %s", (before, now, outcome) => {
    const flips = compareGolden(
      new Map(before === null ? [] : [["a", before]]),
      new Map(now === null ? [] : [["a", now]]),
    );
    expect(all.filter((name) => flips[name].includes("a"))).toEqual([outcome]);
  });

  it("lists cases in order", () => {
    const accepted = new Map([
      ["b", true],
      ["a", true],
      ["c", true],
    ]);
    const now = new Map<string, VerdictStatus>([
      ["c", "fail"],
      ["a", "fail"],
      ["b", "pass"],
    ]);
    expect(compareGolden(accepted, now).turnedWrong).toEqual(["a", "c"]);
  });
});
