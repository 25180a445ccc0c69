import { describe, expect, it } from "vitest";
import { parseJson, parseStructured } from "../../src/text/parse-json.js";

describe("parseJson", () => {
  it.each([
    ["an object", '{"a":1}', { a: 1 }, false],
    ["a scalar", "42", 42, false],
    ["a byte order mark before it", '\ufeff{"a":1}', { a: 1 }, false],
    ["white space around it", ' \n{"a":1}\n ', { a: 1 }, false],
    ["one fence around the whole text", '```json\n{"a":1}\n```', { a: 1 }, true],
    ["a fence without a language", "```\n[1]\n```\n", [1], true],
    ["brackets inside strings", `{"a":"${"[".repeat(100)}"}`, { a: "[".repeat(100) }, false],
    [
      "brackets behind an escaped quotation mark",
      `{"a":"\\"${"[".repeat(100)}"}`,
      { a: `"${"[".repeat(100)}` },
      false,
    ],
    ["a number that a double just holds", '{"a":1e308,"b":"1e999"}', { a: 1e308, b: "1e999" }, false],
    ["half a surrogate pair", '"\\ud800"', "\ud800", false],
    ["direction controls in a string", '"\u202e"', "\u202e", false],
  ])("reads %s", (_name, text, value, fenced) => {
    expect(parseJson(text)).toEqual({ ok: true, value, fenced });
  });

  it.each([
    ["nothing", "  ", "is empty, expected JSON"],
    ["an empty fence", "```json\n\n```", "is empty, expected JSON"],
    ["plain text", "Sure! Here it is", "is not JSON: it begins with other text"],
    ["a fence inside other text", 'Here:\n```json\n{"a":1}\n```', "is not JSON: it begins with other text"],
    ["text behind it", '{"a":1} Hope this helps!', "is JSON with other text after it"],
    ["two documents", '{"a":1}{"a":2}', "is JSON with other text after it"],
    ["an answer that was cut", '{"a":{"b":[1,2', "is JSON that breaks off: 3 brackets never close"],
    ["one open bracket", '{"a":1', "is JSON that breaks off: 1 bracket never closes"],
    ["bare keys", "{a:1}", "is broken JSON"],
    ["a raw NUL in a string", '{"a":"\u0000"}', "is broken JSON"],
    ["10,000 levels", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "is JSON nested deeper than 64 levels"],
    [
      "65 levels behind a string that ends in a backslash",
      `["\\\\",${"[".repeat(64)}${"]".repeat(65)}`,
      "is JSON nested deeper than 64 levels",
    ],
    [
      "a number that no double holds",
      '{"total":1e999}',
      "is JSON with a number that is too large to be read (above 1.8e308)",
    ],
    [
      "the same written out, inside a list",
      `[[-${"9".repeat(400)}]]`,
      "is JSON with a number that is too large to be read (above 1.8e308)",
    ],
    ["65 levels", `${"[".repeat(65)}${"]".repeat(65)}`, "is JSON nested deeper than 64 levels"],
  ])("says why %s cannot be read", (_name, text, reason) => {
    expect(parseJson(text)).toEqual({ ok: false, reason });
  });

  it("takes 64 levels", () => {
    expect(parseJson(`${"[".repeat(64)}${"]".repeat(64)}`).ok).toBe(true);
  });

  it("keeps __proto__ as an ordinary key and changes no prototype", () => {
    const parsed = parseJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(parsed.ok && Object.keys(Object(parsed.value))).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("parseStructured", () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ["[1,2]", [1, 2]],
    ["```json\n{}\n```", {}],
    ["42", undefined],
    ["null", undefined],
    ['"text"', undefined],
    ["text", undefined],
    ["{broken", undefined],
  ])("reads %j", (text, expected) => {
    expect(parseStructured(text)).toEqual(expected);
  });
});
