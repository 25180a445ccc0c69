import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkSettings } from "../../src/check/settings.js";
import { faultsOf } from "./judge.js";

describe("checkSettings", () => {
  it("fills in what every check may leave out", () => {
    expect(checkSettings.parse({ id: "valid-json", type: "is-json" })).toEqual({
      id: "valid-json",
      type: "is-json",
      strict: false,
      anywhere: false,
      kind: "any",
      not: false,
      rule: "drift",
    });
  });

  it.each([
    [
      "a type that does not exist",
      { id: "a", type: "json-shema" },
      /^type: "json-shema": no such check type; did you mean "json-schema"\? there are checksum, confidence-floor,/,
    ],
    [
      "a type nothing is near",
      { id: "a", type: "horoscope" },
      /^type: "horoscope": no such check type; there are checksum, confidence-floor,/,
    ],
    ["no type", { id: "a" }, /^type: the check has no type; there are checksum/],
    ["an unknown option", { id: "a", type: "is-json", strickt: true }, /Unrecognized key: "strickt"/],
    ["no id", { type: "is-json" }, /^id: /],
    [
      "an id that is not kebab-case",
      { id: "Is JSON", type: "is-json" },
      /^id: expected kebab-case, such as "total-is-positive"$/,
    ],
    [
      "a path that cannot be read",
      { id: "a", type: "is-json", on: "$.a[" },
      /^on: path "\$\.a\[": unclosed bracketed selection at character 5$/,
    ],
    [
      "a filter that cannot be read",
      { id: "a", type: "is-json", when: "@.a ==" },
      /^when: filter "@\.a ==": unexpected end of expression at character 7$/,
    ],
    [
      "a filter over nothing that there is",
      { id: "a", type: "is-json", when: "@.segmnt == 'DE' && @.output.total > 5" },
      /^when: filter "[^"]+": there is no @\.segmnt; did you mean @\.segment\? \(there are output, input, reference, model, segment, user, approval, error, latencyMs\)$/,
    ],
    [
      "a filter over a field of the output",
      { id: "a", type: "is-json", when: "@.segment == 'DE' && !(length(@.total) > 5)" },
      /there is no @\.total; a field of the output is @\.output\.total/,
    ],
    [
      "a filter that begins with $",
      { id: "a", type: "is-json", when: "$.segment == 'DE'" },
      /\$ stands for nothing in a filter; begin with @/,
    ],
    [
      "an empty pattern",
      { id: "a", type: "regex", pattern: "" },
      /^pattern: is empty, and would match everything; write what to look for$/,
    ],
    [
      "a pattern between slashes",
      { id: "a", type: "regex", pattern: "/abc/gi" },
      /^pattern: pattern "\/abc\/gi": leave the slashes out, and write flags: "i" beside it$/,
    ],
    [
      "an anchored pattern between slashes",
      { id: "a", type: "pii", allowPatterns: ["/^abc$/"] },
      /^allowPatterns\.0: pattern "\/\^abc\$\/": leave the slashes out$/,
    ],
    ["a level that does not exist", { id: "a", type: "is-json", level: "loud" }, /^level: /],
    ["a floor above 1", { id: "a", type: "is-json", rule: { floor: 95 } }, /^rule/],
    ["an unknown rule", { id: "a", type: "is-json", rule: "floor" }, /^rule/],
    ["a list", [], /expected object/],
  ])("refuses %s", (_name, declared, message) => {
    expect(faultsOf(declared)).toEqual([expect.stringMatching(message)]);
  });

  it("lists every fault of a check at once", () => {
    expect(faultsOf({ id: "A", type: "regex", pattern: "(?=a)", on: "a[", level: "x" })).toHaveLength(4);
  });

  it("makes a JSON Schema for editors", () => {
    const schema = z.toJSONSchema(checkSettings, { io: "input" });
    expect(JSON.stringify(schema)).toContain('"const":"fields-match"');
    expect(JSON.stringify(schema)).toContain("Longest time, in milliseconds");
  });
});
