import { describe, expect, it } from "vitest";
import { lowerFirst, sayList, sayListUpTo, upperFirst, withoutStop } from "../../src/wording/sentences.js";

describe("sentences", () => {
  it.each([
    [[], "nothing"],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
  ])("lists %o as %s", (items, said) => {
    expect(sayList(items)).toBe(said);
  });

  it("names a few and counts the rest", () => {
    expect(sayListUpTo(["a", "b", "c"], 3)).toBe("a, b and c");
    expect(sayListUpTo(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
  });

  it.each([
    ["Totals match", "totals match"],
    ["A reply", "a reply"],
    ["IBAN is valid", "IBAN is valid"],
    ["“Total”", "“Total”"],
  ])("goes on after a colon: %s", (text, said) => {
    expect(lowerFirst(text)).toBe(said);
  });

  it.each([
    ["printer: cannot be started", "printer: cannot be started"],
    ["access refused", "Access refused"],
    ["search.example.com answers 401", "search.example.com answers 401"],
  ])("begins a sentence: %s", (text, said) => {
    expect(upperFirst(text)).toBe(said);
  });

  it("takes full stops off the end", () => {
    expect(withoutStop("Done. ")).toBe("Done");
  });
});
