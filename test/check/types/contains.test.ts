import { describe, expect, it } from "vitest";
import { faultsOf, judge } from "../judge.js";

const text = "Your refund of 12 EUR is on its way. Straße frei.";

describe("contains", () => {
  it.each([
    [{ text: "refund" }],
    [{ text: "REFUND", ignoreCase: true }],
    [{ any: ["return", "refund"] }],
    [{ all: ["refund", "EUR"] }],
    [{ text: "refund", any: ["x", "way"], all: ["is"] }],
    [{ text: "refund", wholeWord: true }],
    [{ text: "12 EUR", wholeWord: true }],
  ])("passes %j", async (settings) => {
    expect(await judge({ type: "contains", ...settings }, text)).toEqual({ status: "pass" });
  });

  it.each([
    [{ text: "Refund" }, 'does not contain "Refund"'],
    [{ all: ["refund", "USD", "GBP"] }, 'does not contain "USD" and "GBP"'],
    [{ any: ["USD", "GBP"] }, 'contains none of "USD" and "GBP"'],
    [{ text: "fund", wholeWord: true }, 'does not contain "fund"'],
    [{ text: "Stra", wholeWord: true }, 'does not contain "Stra"'],
    [{ text: "refund", not: true }, 'contains "refund", expected that it does not'],
  ])("fails %j", async (settings, reason) => {
    const verdict = await judge({ type: "contains", ...settings }, text);
    expect(verdict).toMatchObject({ status: "fail", reason: expect.stringContaining(reason) });
  });

  it("finds a composed letter in a decomposed text", async () => {
    expect(await judge({ type: "contains", text: "caf\u00e9" }, "cafe\u0301 au lait")).toEqual({
      status: "pass",
    });
  });

  it("needs something to look for", () => {
    expect(faultsOf({ id: "a", type: "contains" })).toEqual([": contains needs text, any or all"]);
  });
});
