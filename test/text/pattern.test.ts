import { describe, expect, it } from "vitest";
import { compilePattern } from "../../src/text/pattern.js";

describe("compilePattern", () => {
  it.each([
    ["finds anywhere", "\\d{3}", "", "order 204", true],
    ["minds case", "order", "", "ORDER 1", false],
    ["ignores case when asked", "order", "i", "ORDER 1", true],
    ["anchors at the text", "^b", "", "a\nb", false],
    ["anchors at lines when asked", "^b", "m", "a\nb", true],
    ["stops the dot at a line break", "a.b", "", "a\nb", false],
    ["takes it along when asked", "a.b", "s", "a\nb", true],
    ["reads \\u escapes", "^\\u00e9\\u{1F600}$", "u", "é😀", true],
    ["reads surrogate pairs", "^\\ud83d\\ude00$", "", "😀", true],
    ["leaves an escaped backslash before a u alone", "^\\\\u00e9$", "", "\\u00e9", true],
    ["reads scripts as JavaScript names them", "^\\p{Script=Greek}+$", "", "αβγ", true],
    ["reads categories by their long names", "^\\p{Letter}+\\P{gc=Decimal_Number}$", "", "né-", true],
    ["reads categories by their short names", "^\\p{Lu}\\p{gc=Nd}$", "", "É4", true],
    ["leaves an escaped backslash before a p alone", "^\\\\p{2}$", "", "\\pp", true],
    ["finds half a surrogate pair", "x", "", "\ud800x\udc00", true],
    ["looks past NUL", "b$", "", "a\u0000b", true],
  ])("%s", (_name, source, flags, text, expected) => {
    expect(compilePattern(source, flags).test(text)).toBe(expected);
  });

  it("counts occurrences up to a limit", () => {
    expect(compilePattern("\\[(?:yes|no)\\]", "i").count("[Yes] or [No] or [yes]", 2)).toBe(2);
    expect(compilePattern("x*").count("aaa", 100)).toBe(4);
  });

  it.each([
    ["a(?=b)", "looks ahead, which is not possible; write two checks"],
    ["(?!b)", "looks ahead"],
    ["(?<=a)b", "looks behind, which is not possible; put what stands before into the pattern"],
    ["(?<!a)b", "looks behind"],
    ["(a)\\1", "refers back to a group, which is not possible; write the text out"],
    ["(?<n>a)\\k<n>", "refers back to a group"],
    ["a{1001}", "repeats more than 1000 times"],
    ["(?>a)", "atomic group"],
    ["a++", "possessive repetition"],
    ["a\\Z", "write \\z or $"],
    ["[a", "cannot be read: missing closing ]: `[a`"],
    ["(.{900}){3}", "cannot be read"],
    [".{1000}.{1000}.{1000}", "is too large once its repetitions are written out"],
  ])("refuses %s and says what to write instead", (source, message) => {
    expect(() => compilePattern(source)).toThrow(message);
  });

  it("refuses unknown flags and long patterns", () => {
    expect(() => compilePattern("a", "g")).toThrow('pattern "a": has the flag "g"; possible are i, m and s');
    expect(() => compilePattern("a".repeat(1_001))).toThrow("has 1001 characters, 1000 are possible");
  });

  it.each([
    ["(a+)+$", `${"a".repeat(100_000)}!`],
    ["(.*a){20}$", `${"a".repeat(100_000)}!`],
    ["^(\\w+\\s?)*$", `${"word ".repeat(20_000)}!`],
    ["order #\\d+.*x", "order #1 ".repeat(11_000)],
  ])("stays linear on %s", (source, text) => {
    const before = performance.now();
    expect(compilePattern(source).test(text)).toBe(false);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it("says that a text is too long instead of looking at half of it", () => {
    expect(() => compilePattern("x").test("a".repeat(262_145))).toThrow(
      "the text has 262145 characters, a pattern looks at 262144 at most",
    );
  });

  it("tells patterns apart by their text, which ajv relies on", () => {
    expect(String(compilePattern("a", "i"))).toBe("/a/i");
  });
});
