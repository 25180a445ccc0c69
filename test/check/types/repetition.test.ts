import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestRepeat } from "../../../src/check/repeats.js";
import { judge } from "../judge.js";

const declared = { type: "repetition" };
const prose =
  "Thank you for your order. The parcel left our warehouse in Graz on Friday and is on its way to you. You can follow it on our page, where the number of your order is enough. If nothing has arrived by Wednesday, please write to us again.";

describe("repetition", () => {
  it.each([
    ["prose", prose],
    ["a table with rules", `| a | b |\n|---|---|\n|---|---|\n|---|---|\n|---|---|\n${prose}`],
    ["short answers that are alike", `Yes.\nYes.\nYes.\nYes.\nYes.\n${prose}`],
    ["different tool calls", JSON.stringify([{ tool: "a" }, { tool: "b" }, { tool: "c" }, { tool: "a" }])],
  ])("passes %s", async (_name, text) => {
    expect((await judge({ ...declared, maxShare: 0.5 }, text)).status).toBe("pass");
  });

  it.each([
    [
      "a sentence over and over",
      "I am checking the order. ".repeat(5),
      'says the same sentence or line 5 times ("i am checking the order."), expected at most 3',
    ],
    [
      "a passage without sentence ends",
      "the order is on its way and ".repeat(6),
      'says 21 words in a row 2 times ("the order is on its way and the order is on its way and the order is on its way…"), 100% of the whole, expected at most 30%',
    ],
    [
      "the whole answer twice",
      `${prose}\n\n${prose}`,
      /^says 47 words in a row 2 times \("thank you .*"\), 100% of the whole, expected at most 30%$/,
    ],
    [
      "an agent that calls one tool again and again",
      JSON.stringify(Array.from({ length: 5 }, () => ({ tool: "search", q: "x" }))),
      'says the same item 5 times ("{"q":"x","tool":"search"}"), expected at most 3',
    ],
    [
      "an agent that goes round in circles",
      JSON.stringify(["plan", "search", "read", "search", "read", "search", "read"]),
      /^says 2 items in a row 3 times/,
    ],
  ])("fails %s", async (_name, text, reason) => {
    const verdict = await judge(declared, text);
    expect(verdict.status).toBe("fail");
    if (typeof reason === "string") expect(verdict.reason).toBe(reason);
    else expect(verdict.reason).toMatch(reason);
  });

  it.each([
    ["a short text", "Ok. Ok. Ok.", "has 3 words, repetition is looked for from 20 on"],
    ["a short list", "[1,1,1]", "has 3 items, too few to call them repeated"],
  ])("skips %s", async (_name, text, reason) => {
    expect(await judge(declared, text)).toEqual({ status: "skipped", reason });
  });
});

describe("longestRepeat", () => {
  /** By trying every pair of beginnings. */
  function slowly(units: readonly string[]): number {
    let longest = 0;
    for (let left = 0; left < units.length; left += 1) {
      for (let right = left + 1; right < units.length; right += 1) {
        let length = 0;
        while (
          left + length < right &&
          right + length < units.length &&
          units[left + length] === units[right + length]
        )
          length += 1;
        longest = Math.max(longest, length);
      }
    }
    return longest;
  }

  it("finds what trying every pair finds", () => {
    const units = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 });
    fc.assert(
      fc.property(units, (list) => {
        const found = longestRepeat(list);
        expect(found?.length ?? 0).toBe(slowly(list));
        if (found !== null) expect(found.times).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 500 },
    );
  });
});
