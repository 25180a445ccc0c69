import fc from "fast-check";
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

  it("counts the edits of Wagner and Fischer, whatever the texts share at their ends", async () => {
    const piece = fc.string({
      unit: fc.constantFrom("a", "b", "ab", "\u{1f642}", "\u{1f641}"),
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(piece, piece, piece, piece, async (start, here, there, end) => {
        const [text, expected] = [start + here + end, start + there + end];
        const verdict = await judge({ type: "fuzzy-text", expected, min: 0 }, text);
        const longest = Math.max(text.length, expected.length, 1);
        expect("score" in verdict ? verdict.score : null).toBeCloseTo(
          1 - edits(text, expected) / longest,
          12,
        );
      }),
      { numRuns: 200 },
    );
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

/** R. Wagner and M. Fischer, "The String-to-String Correction Problem", 1974: the whole table. */
function edits(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      line.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (same ? 0 : 1),
        ),
      );
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
