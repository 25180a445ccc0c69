import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

describe("not-empty", () => {
  it.each([
    ["a text", {}, "Hello"],
    ["the number zero", { on: "n" }, '{"n":0}'],
    ["false", { on: "n" }, '{"n":false}'],
    ["white space when it may stay", { trim: false }, "  "],
    ["N/A when no placeholders are given", { placeholders: [] }, "N/A"],
    ["a text that only contains a placeholder", {}, "none of the lines match"],
  ])("passes %s", async (_name, settings, text) => {
    expect(await judge({ type: "not-empty", ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    ["nothing", {}, "", "is empty"],
    ["white space", {}, " \n\t ", "is empty"],
    ["a byte order mark", {}, "\ufeff", "is empty"],
    ["a placeholder in any case", {}, " n/A ", 'is only "n/A", which stands for nothing'],
    ["an own placeholder", { placeholders: ["k.A."] }, "K.A.", 'is only "K.A.", which stands for nothing'],
    ["an empty list", {}, "[]", "is an empty list"],
    ["an object without fields", {}, "{}", "is an object without fields"],
    ["null at a path", { on: "n" }, '{"n":null}', "$.n is null, expected something"],
  ])("fails %s", async (_name, settings, text, reason) => {
    expect(await judge({ type: "not-empty", ...settings }, text)).toMatchObject({ status: "fail", reason });
  });

  it("also judges an output that is an error of the automation", async () => {
    const output = anOutput("", { error: "rate limit of the vendor" });
    expect(await judge({ type: "not-empty" }, output)).toMatchObject({
      status: "fail",
      reason: 'is empty; the automation reported "rate limit of the vendor"',
    });
  });
});
