import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

describe("is-json", () => {
  it.each([
    ["an object", {}, '{"a":1}'],
    ["a byte order mark before it", { strict: true }, '\ufeff{"a":1}'],
    ["a list when a list is wanted", { kind: "list" }, "[1]"],
    ["JSON as text inside a field", { on: "raw", kind: "object" }, '{"raw":"{\\"a\\":1}"}'],
    ["an object inside text", { anywhere: true }, 'Here: {"a":[1,"}"]}. Thanks!'],
    ["an object after brackets that hold none", { anywhere: true }, 'see [1 and {x} then {"a":1}'],
    [
      "a list in a fence inside text",
      { anywhere: true, kind: "list" },
      'Sure "this:\n```json\n[1]\n```\nDone',
    ],
    ["a name that is there twice, unless strict", {}, '{"total":1,"total":2}'],
    [
      "one name in several objects",
      { strict: true },
      '{"a":{"a":1},"b":[{"a":"a"},{"a":"\\"a\\":"}],"__proto__":1}',
    ],
    ["__proto__ as a key", {}, '{"__proto__":{"polluted":1}}'],
  ])("passes %s", async (_name, settings, text) => {
    expect(await judge({ type: "is-json", ...settings }, text)).toEqual({ status: "pass" });
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each([
    ["an object in a fence", {}, '```json\n{"a":1}\n```', "in a code fence"],
    ["the same with anywhere", { anywhere: true }, '```json\n{"a":1}\n```', "in a code fence"],
    ["a field in a fence", { on: "raw" }, '{"raw":"```\\n[1]\\n```"}', "$.raw in a code fence"],
    [
      "one of several fields in a fence",
      { on: "raw[*]" },
      '{"raw":["1","```\\n2\\n```"]}',
      "$.raw[1] in a code fence",
    ],
  ])("passes %s, and notes it", async (_name, settings, text, reason) => {
    expect(await judge({ type: "is-json", ...settings }, text)).toEqual({ status: "pass", reason });
  });

  it("says of a fence what it says of all JSON when turned round", async () => {
    expect(await judge({ type: "is-json", not: true }, "```\n{}\n```")).toMatchObject({
      status: "fail",
      reason: expect.stringMatching(/is JSON, expected the opposite$/),
    });
  });

  it.each([
    ["prose", {}, "Sure! Here it is", '"Sure! Here it is" is not JSON: it begins with other text'],
    ["a fence when strict", { strict: true }, "```\n{}\n```", "is JSON in a code fence, expected bare JSON"],
    [
      "a name that is there twice, when strict",
      { strict: true },
      '{"total":1,"lines":[{"a":"}"}],"\\u0074otal" : 2}',
      'has "total" twice in one object, expected each name once',
    ],
    ["an answer that was cut", {}, '{"a":[1', '"{"a":[1" is JSON that breaks off: 2 brackets never close'],
    ["a list when an object is wanted", { kind: "object" }, "[1]", "is a JSON list, expected a JSON object"],
    ["no JSON inside text", { anywhere: true }, "a {b}", '"a {b}" contains no JSON object or list'],
    [
      "another kind inside text",
      { anywhere: true, kind: "object" },
      "It is [1].",
      "contains a JSON list at character 7, expected a JSON object",
    ],
    ["null when a list is wanted", { kind: "list" }, "null", "is a JSON null, expected a JSON list"],
  ])("fails %s", async (_name, settings, text, reason) => {
    expect(await judge({ type: "is-json", ...settings }, text)).toMatchObject({ status: "fail", reason });
  });

  it("fails 10,000 levels without overflowing the stack", async () => {
    const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
    expect(await judge({ type: "is-json" }, deep)).toMatchObject({
      status: "fail",
      reason: expect.stringContaining("nested deeper than 64 levels"),
    });
  });

  it("looks for names that are there twice in a long text without hanging", async () => {
    const started = performance.now();
    const members = Array.from({ length: 100_000 }, (_, index) => `"n${index}":"${"x".repeat(20)}"`);
    const text = `{${members.join(",")},"long":"${"y\\\\".repeat(200_000)}"}`;
    expect(await judge({ type: "is-json", strict: true }, text)).toEqual({ status: "pass" });
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it("looks for JSON in text that is all brackets without hanging", async () => {
    const started = performance.now();
    const text = `${'["'.repeat(400_000)} ${"{".repeat(400_000)}`;
    expect(["fail", "error"]).toContain((await judge({ type: "is-json", anywhere: true }, text)).status);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
