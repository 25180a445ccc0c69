import { describe, expect, it } from "vitest";
import { faultsOf, judge } from "../judge.js";

describe("not-contains", () => {
  it.each([
    [{ text: "guarantee" }, "We do our best.", "pass", undefined],
    [{ text: "guarantee" }, "We guarantee it.", "fail", 'contains "guarantee", which is forbidden'],
    [
      { any: ["Acme", "Globex"], ignoreCase: true },
      "acme and GLOBEX",
      "fail",
      'contains "Acme" and "Globex", which is forbidden',
    ],
    [{ text: "ass", wholeWord: true }, "a class", "pass", undefined],
    [{ text: "ass", wholeWord: true }, "what an ass!", "fail", 'contains "ass", which is forbidden'],
    [
      { on: "reply", text: "refund" },
      '{"reply":"a refund"}',
      "fail",
      '$.reply contains "refund", which is forbidden',
    ],
  ])("%j says of %s: %s", async (settings, text, status, reason) => {
    const verdict = await judge({ type: "not-contains", ...settings }, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it("needs something to look for", () => {
    expect(faultsOf({ id: "a", type: "not-contains" })).toEqual([": not-contains needs text or any"]);
  });
});
