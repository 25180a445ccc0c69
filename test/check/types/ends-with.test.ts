import { describe, expect, it } from "vitest";
import { judge } from "../judge.js";

describe("ends-with", () => {
  it.each([
    [{}, "See you. Kind regards", "pass", undefined],
    [{}, "See you. Kind regards\n\n", "pass", undefined],
    [{}, "See you.", "fail", 'ends with "See you.", expected "regards"'],
    [{ ignoreCase: true }, "KIND REGARDS", "pass", undefined],
    [{ not: true }, "Kind regards", "fail", 'ends with "regards", expected that it does not'],
    [{}, "write to anna@example.com", "fail", 'ends with "write to [e-mail]", expected "regards"'],
  ])("%j says of %j: %s", async (settings, text, status, reason) => {
    const verdict = await judge({ type: "ends-with", suffix: "regards", ...settings }, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it("shows the end of a long text", async () => {
    const verdict = await judge(
      { type: "ends-with", suffix: "regards" },
      `${"word ".repeat(500)}the very end`,
    );
    expect(verdict.reason).toMatch(/^ends with "….*the very end", expected "regards"$/);
  });
});
