import { describe, expect, it } from "vitest";
import { judge, noFiles } from "../judge.js";

const parameters = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string" } },
  additionalProperties: false,
};
const tools = [
  { type: "function", function: { name: "lookup", parameters } },
  { name: "refund", input_schema: parameters },
];
const openai = (...calls: readonly (readonly [string, string])[]) =>
  JSON.stringify(
    calls.map(([name, args]) => ({ id: "c", type: "function", function: { name, arguments: args } })),
  );
const lookup = openai(["lookup", '{"id":"7"}']);

describe("tool-calls", () => {
  it.each([
    ["OpenAI's list of calls", lookup],
    [
      "a whole chat completion",
      JSON.stringify({ choices: [{ message: { role: "assistant", tool_calls: JSON.parse(lookup) } }] }),
    ],
    ["the older function_call", '{"function_call":{"name":"lookup","arguments":"{\\"id\\":\\"7\\"}"}}'],
    [
      "the Responses API",
      '{"output":[{"type":"reasoning"},{"type":"function_call","name":"lookup","arguments":"{\\"id\\":\\"7\\"}"}]}',
    ],
    [
      "Anthropic",
      '{"content":[{"type":"text","text":"a"},{"type":"tool_use","id":"t","name":"refund","input":{"id":"7"}}]}',
    ],
    ["Gemini", '{"parts":[{"functionCall":{"name":"lookup","args":{"id":"7"}}}]}'],
    ["a plain call", '{"name":"lookup","arguments":{"id":"7"}}'],
  ])("reads %s", async (_name, text) => {
    expect(await judge({ type: "tool-calls", tools }, text)).toEqual({ status: "pass" });
  });

  it.each([
    ["prose", {}, "I will look it up.", "calls no tool, expected at least 1"],
    [
      "an unknown tool",
      {},
      openai(["delete", "{}"]),
      'call 1 (delete) is not allowed, expected "lookup" or "refund"',
    ],
    [
      "a missing argument",
      {},
      openai(["lookup", "{}"]),
      "call 1 (lookup) has wrong arguments: must have required property 'id'",
    ],
    [
      "a wrong type in Anthropic's shape",
      {},
      '[{"type":"tool_use","name":"refund","input":{"id":7}}]',
      "call 1 (refund) has wrong arguments: id is 7, must be string",
    ],
    [
      "arguments that break off",
      {},
      openai(["lookup", '{"id":"7']),
      "call 1 (lookup) has arguments whose text is JSON that breaks off: 1 bracket never closes",
    ],
    [
      "arguments that are a list",
      {},
      openai(["lookup", "[1]"]),
      "call 1 (lookup) has arguments that are no object",
    ],
    [
      "a call without a name",
      {},
      '[{"type":"function","function":{"arguments":"{}"}}]',
      "call 1 (unnamed) names no tool",
    ],
    [
      "too many calls",
      { atMost: 1 },
      openai(["lookup", '{"id":"7"}'], ["lookup", '{"id":"7"}']),
      'makes 2 calls ("lookup" and "lookup"), expected at most 1',
    ],
    [
      "a tool that must be called",
      { required: ["refund"] },
      lookup,
      'makes 1 call ("lookup"), but never "refund"',
    ],
    [
      "another order",
      { required: ["lookup", "refund"], ordered: true },
      openai(["refund", '{"id":"7"}'], ["lookup", '{"id":"7"}']),
      'makes 2 calls ("refund" and "lookup"), expected the order "lookup" then "refund"',
    ],
  ])("fails %s", async (_name, settings, text, reason) => {
    expect(await judge({ type: "tool-calls", tools, ...settings }, text)).toMatchObject({
      status: "fail",
      reason,
    });
  });

  it("accepts an answer without calls when told so", async () => {
    expect(await judge({ type: "tool-calls", tools, atLeast: 0 }, "No need.")).toEqual({ status: "pass" });
  });

  it("accepts other calls between the ordered ones", async () => {
    const text = openai(["a", "{}"], ["x", "{}"], ["b", "{}"]);
    expect(await judge({ type: "tool-calls", required: ["a", "b"], ordered: true }, text)).toEqual({
      status: "pass",
    });
  });

  describe("against expected calls", () => {
    const expected = [{ name: "lookup", arguments: { id: "7" } }, { name: "refund" }];

    it.each([
      [1, 1, openai(["refund", "{}"], ["lookup", '{"id":"7","more":1}'])],
      [0.6, 2 / 3, openai(["lookup", '{"id":"7"}'])],
      [0.8, 0.8, openai(["lookup", '{"id":"7"}'], ["refund", "{}"], ["mail", "{}"])],
    ])("passes from F1 %f with %f", async (minF1, score, text) => {
      expect(await judge({ type: "tool-calls", expected, minF1 }, text)).toEqual({ status: "pass", score });
    });

    it("says what is missing and what is too many", async () => {
      const text = openai(["lookup", '{"id":"8"}'], ["refund", "{}"]);
      expect(await judge({ type: "tool-calls", expected }, text)).toMatchObject({
        status: "fail",
        score: 0.5,
        reason:
          'meets 1 of 2 expected calls (F1 0.5, expected 1): lacks "lookup {"id":"7"}" and adds "lookup {"id":"8"}"',
      });
    });
  });

  it("reads tools from a file, and refuses what defines none", async () => {
    const ports = { ...noFiles, readFile: () => JSON.stringify(tools) };
    expect(await judge({ type: "tool-calls", toolsFile: "t.json" }, lookup, ports)).toEqual({
      status: "pass",
    });
    const none = { ...noFiles, readFile: () => "{}" };
    await expect(judge({ type: "tool-calls", toolsFile: "t.json" }, lookup, none)).rejects.toThrow(
      "t.json: expected a list of tools",
    );
    await expect(judge({ type: "tool-calls", tools: [{ a: 1 }] }, lookup)).rejects.toThrow("defines no tool");
    const broken = [{ name: "a", parameters: { type: "nothing" } }];
    await expect(judge({ type: "tool-calls", tools: broken }, lookup)).rejects.toThrow(
      /tool a: the schema does not compile/,
    );
  });
});
