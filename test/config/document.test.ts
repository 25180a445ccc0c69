import { describe, expect, it } from "vitest";
import { parseSettings } from "../../src/config/document.js";
import { formatFault } from "../../src/config/fault.js";

const bomb = `a: &a [x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
c: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
`;

describe("parseSettings", () => {
  it.each([
    ["JSON", '{"a": {"b": [1, "x"]}}'],
    [
      "JSON with comments, tabs and a trailing comma",
      '// head\n{\n\t"a": { /* here */ "b": [1, "x"], }, // end\n}',
    ],
    ["JSON with a byte order mark", '\uFEFF{"a": {"b": [1, "x"]}}'],
    ["YAML", "a:\n  b:\n    - 1\n    - x\n"],
    ["YAML with comments and an anchor", "# head\nz: &z [1, x]\na: { b: *z }\n"],
  ])("reads %s", (_name, text) => {
    const document = parseSettings("config.json", text);
    expect(document.faults).toEqual([]);
    expect(document.value).toMatchObject({ a: { b: [1, "x"] } });
  });

  it("keeps texts that look like comments, times, dates and answers", () => {
    const json = parseSettings("c.json", '{"url": "https://example.com/*x*/", "quote": "\\"// no"}');
    expect(json.value).toEqual({ url: "https://example.com/*x*/", quote: '"// no' });
    const yaml = parseSettings(
      "c.yaml",
      "answer: no\ntime: 09:30\ndate: 2026-12-25\nurl: http://example.com/\n",
    );
    expect(yaml.value).toEqual({
      answer: "no",
      time: "09:30",
      date: "2026-12-25",
      url: "http://example.com/",
    });
  });

  it.each([
    ["an empty file", "", "c.json:1:1: the file is empty"],
    ["nothing but comments", "# later\n", "c.json:1:1: the file holds nothing but comments"],
    ["a missing comma", '{"a": 1\n "b": 2}', "c.json:1:7: 1: a comma is missing after this value"],
    ["a text that is not closed", '{"a": "x\n}', "c.json:1:7: a text in quotes is not closed in its line"],
    ["an object that is not closed", '{"a": 1', "c.json:1:8: an object { ... } is not closed, expected }"],
    ["a list that is not closed", "[1, 2", "c.json:1:6: a list [ ... ] is not closed, expected ]"],
    ["text after the end", '{"a": 1} x', "c.json:1:10: x: not expected here"],
    ["a second object", '{"a": 1}\n{"b": 2}', 'c.json:2:1: {"b": 2}: not expected here'],
    ["a second document", "a: 1\n---\nb: 2\n", "c.json:2:1: a second document begins here"],
    ["a brace too many", '{"a": 1}}', "c.json:1:9: }: not expected here"],
    ["a tab in YAML", "a:\n\tb: 1\n", "c.json:2:1: a tab begins this line, expected spaces"],
    ["a colon too many", "title: Sorting: first\n", 'c.json:1:8: Sorting: first: a second ": " in one line'],
    ["one name twice", '{"a": 1, "a": 2}', 'c.json:1:10: "a": this name stands here a second time'],
    ["a list as a name", "? [x]: 1\n", "c.json:1:3: a name is plain text"],
    ["an unknown tag", "a: !secret x\n", "c.json:1:4: !secret x: Unresolved tag: !secret"],
    ["an unknown anchor", "a: *x\n", "c.json:1:4: *x: no such anchor"],
    ["aliases that unfold without end", bomb, "c.json:2:8: aliases (*) unfold to more than 100 copies"],
    ["Latin-1 bytes", '{\n"name": "Caf\uFFFD"}', "c.json:2:13: is not UTF-8 here; save the file as UTF-8"],
  ])("says where and what about %s", (_name, text, expected) => {
    const [fault] = parseSettings("c.json", text).faults;
    expect(fault && formatFault(fault)).toContain(expected);
  });

  it("reports one slip once, though the parser stumbles over it several times", () =>
    expect(parseSettings("c.json", '{"a": 1}\n{"b": 2}').faults).toHaveLength(1));

  it("places faults at values, at names, and at what should hold a missing value", () => {
    const document = parseSettings("c.json", '{\n  "list": [\n    { "a": 1 }\n  ]\n}');
    expect(document.fault(["list", 0, "a"], "")).toMatchObject({ line: 3, column: 12, path: "list[0].a" });
    expect(document.faultAtKey(["list", 0, "a"], "")).toMatchObject({ line: 3, column: 7 });
    expect(document.fault(["list", 0, "b", "c"], "")).toMatchObject({
      line: 3,
      column: 5,
      path: "list[0].b.c",
    });
    expect(document.fault(["list", 7], "")).toMatchObject({ line: 2, column: 11 });
    expect(document.fault(["nowhere"], "")).toMatchObject({ line: 1, column: 1 });
  });

  it("follows aliases to where the value stands", () => {
    const document = parseSettings("c.yaml", "base: &base\n  size: ten\nsample: *base\n");
    expect(document.fault(["sample", "size"], "")).toMatchObject({ line: 2, column: 9 });
  });

  it("leaves prototypes alone", () => {
    const document = parseSettings(
      "c.json",
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    );
    expect(Object.keys(Object(document.value))).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});
