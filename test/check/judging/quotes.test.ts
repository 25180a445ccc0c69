import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standsIn } from "../../../src/check/judging/quotes.js";

const source =
  'Order 4711: two chairs, 59.00 EUR each.\nThe customer’s note: "one arrived broken" – please replace it by 12 May.';

describe("standsIn", () => {
  it.each([
    ["word by word", "two chairs, 59.00 EUR each"],
    ["in another case", "ORDER 4711"],
    ["over a line break", "EUR each. The customer's"],
    ["with other quotation marks and dashes", "“One arrived broken” - please"],
    ["with an omission", "Order 4711 … replace it"],
    ["with an omission in brackets", "Order 4711: [...] 12 May"],
    ["within quotation marks of its own", '"two chairs"'],
    ["composed otherwise", "two chairs".normalize("NFD")],
  ])("finds a quotation %s", (_name, quotation) => {
    expect(standsIn(source, quotation)).toBe(true);
  });

  it.each([
    ["other words", "three chairs"],
    ["other numbers", "59.50 EUR"],
    ["part of a word", "hair"],
    ["part of a number", "471"],
    ["nothing", ""],
    ["signs only", "… , ."],
    ["parts in the wrong order", "12 May … Order 4711"],
    ["one part that is not there", "Order 4711 … four chairs"],
  ])("does not find %s", (_name, quotation) => {
    expect(standsIn(source, quotation)).toBe(false);
  });

  it("takes up a quotation behind the whole words it left off at", () => {
    const order = "The armchair arrived broken, the chair is fine.";
    expect(standsIn(order, "chair … fine")).toBe(true);
    expect(standsIn(order, "chair … broken")).toBe(false);
  });

  it("finds every run of words of a text in it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zäöü0-9]{1,8}$/), { minLength: 1, maxLength: 30 }),
        fc.nat(29),
        fc.nat(29),
        (words, one, other) => {
          const [from, to] = [Math.min(one, other) % words.length, Math.max(one, other) + 1];
          expect(standsIn(words.join(" "), words.slice(from, Math.max(from + 1, to)).join("  "))).toBe(true);
        },
      ),
      { seed: 20261117, numRuns: 300 },
    );
  });
});
