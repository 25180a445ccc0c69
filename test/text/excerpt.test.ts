import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/text/excerpt.js";

describe("excerpt", () => {
  it.each([
    ["a plain text stays", "Total 12.40 EUR", "Total 12.40 EUR"],
    ["line breaks and tabs become one blank", "  one\r\n\r\n\ttwo\u2028three  ", "one two three"],
    ["terminal escapes are shown", "a\u001b[31mred", "a\\x1b[31mred"],
    ["NUL is shown", "a\u0000b", "a\\x00b"],
    ["direction controls are shown", "pay \u202e04.21\u202c", "pay \\u202e04.21\\u202c"],
    ["a byte order mark is white space", "\ufeffabc", "abc"],
    ["a zero-width space is shown", "ad\u200bmin", "ad\\u200bmin"],
    ["half a surrogate pair is shown", "x\ud800y", "x\\ud800y"],
    ["joined emoji stay whole", "👩‍👩‍👧 ok", "👩‍👩‍👧 ok"],
    ["an empty text stays empty", "", ""],
    ["only white space is empty", " \n\t ", ""],
  ])("%s", (_name, text, expected) => {
    expect(excerpt(text)).toBe(expected);
  });

  it("leaves a text of exactly the limit alone", () => {
    expect(excerpt("x".repeat(60))).toBe("x".repeat(60));
  });

  it("cuts one character more, the ellipsis included in the limit", () => {
    expect(excerpt("x".repeat(61))).toBe(`${"x".repeat(59)}…`);
  });

  it("cuts between code points, never inside a pair", () => {
    expect(excerpt("😀".repeat(10), 4)).toBe("😀😀😀…");
  });

  it("reads only the beginning of a long text", () => {
    expect(excerpt("word ".repeat(2_000_000), 20)).toBe("word word word word…");
  });
});
