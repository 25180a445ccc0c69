import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

describe("equals", () => {
  it.each([
    ["the same text", {}, "Yes", "Yes", "pass"],
    ["another text", {}, "No", "Yes", "fail"],
    ["other case", {}, "yes", "Yes", "fail"],
    ["other case when it does not count", { ignoreCase: true }, "yes", "Yes", "pass"],
    ["other white space", {}, " a \n b ", "a b", "pass"],
    ["other white space when it counts", { ignoreSpace: false }, "a  b", "a b", "fail"],
    ["another way to write é", {}, "cafe\u0301", "caf\u00e9", "pass"],
    ["a number written differently", {}, "42.0", 42, "pass"],
    ["another number", {}, "42.1", 42, "fail"],
    ["keys in another order", {}, '{"b":[1,{"c":null}],"a":1}', { a: 1, b: [1, { c: null }] }, "pass"],
    ["a reference that is JSON as text", {}, '{"a":1}', '{ "a": 1 }', "pass"],
    ["a field too many", {}, '{"a":1,"b":2}', { a: 1 }, "fail"],
    ["a list in another order", {}, "[1,2]", [2, 1], "fail"],
    ["false instead of null", { on: "a" }, '{"a":false}', { a: 0 }, "fail"],
    ["inherited names", {}, '{"a":1}', { toString: 1 }, "fail"],
  ])("compares %s", async (_name, settings, text, reference, status) => {
    expect(await judge({ type: "equals", ...settings }, anOutput(text, { reference }))).toMatchObject({
      status,
    });
  });

  it("says what it saw and what it expected", async () => {
    expect(await judge({ type: "equals" }, anOutput("No", { reference: "Yes" }))).toMatchObject({
      reason: 'is "No", expected "Yes"',
    });
  });

  it("compares one field with the same field of the reference", async () => {
    const output = anOutput('{"category":"billing","note":"x"}', { reference: { category: "shipping" } });
    expect(await judge({ type: "equals", on: "category" }, output)).toMatchObject({
      status: "fail",
      reason: '$.category is "billing", expected "shipping"',
    });
    expect(await judge({ type: "equals", on: "note" }, output)).toEqual({
      status: "skipped",
      reason: "at $.note: no reference to compare with",
    });
  });

  it("skips where nothing is known, and prefers what the settings expect", async () => {
    expect(await judge({ type: "equals" }, "Yes")).toEqual({
      status: "skipped",
      reason: "no reference to compare with",
    });
    expect(
      await judge({ type: "equals", expected: "No" }, anOutput("Yes", { reference: "Yes" })),
    ).toMatchObject({
      status: "fail",
    });
  });

  const answers = [
    { says: "Yes", pattern: "(?:^|[\\s,.])yes(?:$|[\\s,.])|\\[yes\\]", flags: "i" },
    { says: "No", pattern: "(?:^|[\\s,.])no(?:$|[\\s,.])|\\[no\\]", flags: "i" },
  ];
  it.each([
    ["There is no remainder. [Yes]", "Yes", "pass", undefined],
    ["Therefore [No].", "Yes", "fail", 'is "No", expected "Yes"'],
    ["I am not sure", "Yes", "fail", '"I am not sure" gives none of the answers, expected "Yes"'],
  ])("reads the answer out of %j", async (text, reference, status, reason) => {
    const verdict = await judge({ type: "equals", answers }, anOutput(text, { reference }));
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });
});
