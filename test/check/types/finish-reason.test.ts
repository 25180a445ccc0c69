import { describe, expect, it } from "vitest";
import { anOutput, judge } from "../judge.js";

const on = (finishReason: string | null) => anOutput("The invoice is due", { finishReason });

describe("finish-reason", () => {
  it.each([
    "stop",
    "STOP",
    "end_turn",
    "stop_sequence",
    "tool_calls",
    "tool_use",
    "pause_turn",
    "COMPLETE",
    "completed",
  ])("passes %s", async (reason) => {
    expect(await judge({ type: "finish-reason" }, on(reason))).toEqual({ status: "pass" });
  });

  it("takes a pause of a long turn for a call of a tool, not for the end", async () => {
    expect(await judge({ type: "finish-reason", allowed: ["stop"] }, on("pause_turn"))).toMatchObject({
      status: "fail",
      reason:
        'the model stopped with "pause_turn", which means that the model wants to call a tool; expected "stop"',
    });
  });

  it.each([
    ["length", "the answer was cut off at a token limit"],
    ["max_tokens", "the answer was cut off at a token limit"],
    ["MAX_TOKENS", "the answer was cut off at a token limit"],
    ["model_length", "the answer was cut off at a token limit"],
    ["content_filter", "a filter held the answer back"],
    ["SAFETY", "a filter held the answer back"],
    ["refusal", "a filter held the answer back"],
    ["MALFORMED_FUNCTION_CALL", "the model broke off with an error"],
  ])("fails %s and says what it means", async (reason, meaning) => {
    expect(await judge({ type: "finish-reason" }, on(reason))).toMatchObject({
      status: "fail",
      reason: `the model stopped with "${reason}", which means that ${meaning}; expected "stop" or "tool_calls"`,
    });
  });

  it("takes a word that no vendor lists as it is", async () => {
    const declared = { type: "finish-reason", allowed: ["stop", "Halted"] };
    expect(await judge(declared, on("HALTED"))).toEqual({ status: "pass" });
    expect(await judge(declared, on("stalled"))).toMatchObject({
      status: "fail",
      reason: 'the model stopped with "stalled"; expected "stop" or "Halted"',
    });
  });

  it("tells a vendor's own word from its kind", async () => {
    const declared = { type: "finish-reason", allowed: ["end_turn"] };
    expect(await judge(declared, on("end_turn"))).toEqual({ status: "pass" });
    expect(await judge(declared, on("stop_sequence"))).toMatchObject({ status: "fail" });
  });

  it.each([null, "", " "])("skips %j: the source does not say", async (reason) => {
    expect(await judge({ type: "finish-reason" }, on(reason))).toMatchObject({ status: "skipped" });
  });
});
