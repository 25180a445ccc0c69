import { describe, expect, it } from "vitest";
import { faultsOf, judge } from "../judge.js";

describe("length", () => {
  it.each([
    [{ max: 5 }, "Hello", "pass", undefined],
    [{ max: 4 }, "Hello", "fail", "has 5 characters, expected at most 4"],
    [{ min: 2, max: 2 }, "😀e\u0301", "pass", undefined],
    [{ min: 2 }, "x", "fail", "has 1 character, expected at least 2"],
    [{ min: 3, max: 4, unit: "words" }, "one, two - three!", "pass", undefined],
    [{ max: 2, unit: "words" }, "one two three", "fail", "has 3 words, expected at most 2"],
    [{ min: 3, unit: "words" }, "今日は良い天気です", "pass", undefined],
    [{ min: 3, unit: "words" }, "မင်္ဂလာပါကမ္ဘာလောက", "pass", undefined],
    [{ max: 3, unit: "sentences" }, "One. Two! Three?", "pass", undefined],
    [{ max: 1, unit: "sentences" }, "It costs 12.50 EUR at example.com today", "pass", undefined],
    [
      { max: 1, unit: "sentences" },
      'He said "no." Then he left.',
      "fail",
      "has 2 sentences, expected at most 1",
    ],
    [
      { max: 1, unit: "sentences" },
      "これはペンです。それは本です。",
      "fail",
      "has 2 sentences, expected at most 1",
    ],
    [{ on: "note", max: 3 }, '{"note":"four"}', "fail", "$.note has 4 characters, expected at most 3"],
    [{ max: 3, not: true }, "abc", "fail", "has 3 characters, expected not at most 3"],
  ])("%j says of %j: %s", async (settings, text, status, reason) => {
    const verdict = await judge({ type: "length", ...settings }, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it("counts a megabyte without white space quickly, in every unit", async () => {
    const before = performance.now();
    for (const unit of ["chars", "words", "sentences"]) {
      for (const part of ["a", ".", "? ", "\n", "。", "😀"]) {
        await judge({ type: "length", unit, max: 10 }, part.repeat(1_000_000 / part.length));
      }
    }
    expect(performance.now() - before).toBeLessThan(8_000);
  });

  it("needs a limit, and limits in order", () => {
    expect(faultsOf({ id: "a", type: "length" })).toEqual([": length needs min, max or both"]);
    expect(faultsOf({ id: "a", type: "length", min: 2, max: 1 })).toEqual([": min 2 is above max 1"]);
  });
});
