import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

describe("fuzzy-text", () => {
  it.each([
    // kitten and sitting are 3 edits apart, the longer has 7 letters: 1 - 3/7
    ["levenshtein", "kitten", "sitting", 4 / 7],
    ["levenshtein", "cafe\u0301", "caf\u00e9", 1],
    ["levenshtein", "", "abc", 0],
    // 2 shared of 3 and 2 words: 2*2/5
    ["token-set", "red blue green", "green, red!", 0.8],
    ["token-set", "red red red", "red", 1],
    ["token-set", "!", "?", 0],
  ])("%s of %j and %j", async (method, text, expected, score) => {
    const verdict = await judge({ type: "fuzzy-text", method, expected, min: 0 }, text);
    expect(verdict.status).toBe("pass");
    expect("score" in verdict ? verdict.score : null).toBeCloseTo(score, 12);
  });

  it("fails under its limit with the score, rounded down", async () => {
    expect(await judge({ type: "fuzzy-text", expected: "sitting", min: 0.8 }, "kitten")).toMatchObject({
      status: "fail",
      reason: 'is 0.571 like "sitting", expected at least 0.8',
      score: 4 / 7,
    });
  });

  it("compares the beginnings of long texts, says so, and stays quick", async () => {
    const before = performance.now();
    const verdict = await judge(
      { type: "fuzzy-text", expected: "ab".repeat(50_000) },
      "ba".repeat(50_000).concat("c"),
    );
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(verdict.status).toBe("pass");
    const other = await judge({ type: "fuzzy-text", expected: "y".repeat(9_000) }, "x".repeat(9_000));
    expect(other.reason).toContain("over the first 4000 characters, expected at least 0.8");
  });

  it("skips where nothing is known", async () => {
    expect(await judge({ type: "fuzzy-text" }, anOutput("x"))).toMatchObject({ status: "skipped" });
  });
});
