import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

describe("starts-with", () => {
  it.each([
    [{}, "Dear Ms Huber", "pass", undefined],
    [{}, "\n  Dear Ms Huber", "pass", undefined],
    [{}, "dear Ms Huber", "fail", 'begins with "dear Ms Huber", expected "Dear"'],
    [{ ignoreCase: true }, "dear Ms Huber", "pass", undefined],
    [{}, "", "fail", 'begins with "", expected "Dear"'],
    [{ not: true }, "Dear all", "fail", 'begins with "Dear", expected that it does not'],
    [{}, "\u202eDear", "fail", 'begins with "\\u202eDear", expected "Dear"'],
  ])("%j says of %j: %s", async (settings, text, status, reason) => {
    const verdict = await judge({ type: "starts-with", prefix: "Dear", ...settings }, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });
});
