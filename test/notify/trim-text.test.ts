import { describe, expect, it } from "vitest";
import { layOutFields } from "../../src/notify/lay-out-fields.js";
import { cutAtWord, cutLines, visible, wrap } from "../../src/notify/trim-text.js";

describe("cutting", () => {
  it.each([
    ["short", 10, "short"],
    ["one two three four", 14, "one two three…"],
    ["onetwothreefour", 8, "onetwot…"],
    ["😀😀😀😀", 3, "😀😀…"],
  ])("cuts %s at %i", (text, max, cut) => {
    expect(cutAtWord(text, max)).toBe(cut);
  });

  it("cuts lines", () => {
    expect(cutLines("a\nb\nc", 2, 100)).toBe("a\nb …");
    expect(cutLines("a\nb", 2, 100)).toBe("a\nb");
  });
});

describe("wrapping", () => {
  it.each([
    ["a bc def", 4, ["a bc", "def"]],
    ["abcdefgh ij", 4, ["abcdefgh", "ij"]],
    ["a\nb", 4, ["a", "b"]],
    ["", 4, [""]],
  ])("wraps %j to %i", (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});

describe("visible", () => {
  it.each([
    ["\u001b[31mred", "\\x1b[31mred"],
    ["a\u0000b", "a\\x00b"],
    ["\u202etxt", "\\u202etxt"],
    ["\ud800 half", "\\ud800 half"],
    ["\ufeffbom", "\\ufeffbom"],
    ["a\r\nb\tc", "a\nb  c"],
    ["a\n\n \n\n\nb", "a\n\nb"],
    ["Größe 😀 價格", "Größe 😀 價格"],
  ])("shows %j as %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});

describe("layOutFields", () => {
  it.each([
    ['{"total":1.249,"currency":"EUR"}', "total     1.249\ncurrency  EUR"],
    ['{"lines":[412,837],"note":"a\\nb"}', "lines  [412,837]\nnote   a b"],
    ["Dear customer", "Dear customer"],
    ["[1,2]", "[1,2]"],
    ["{}", "{}"],
    ['{"cut off":', '{"cut off":'],
  ])("lays out %s", (text, laidOut) => {
    expect(layOutFields(text)).toBe(laidOut);
  });
});
