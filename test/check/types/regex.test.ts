import { describe, expect, it } from "vitest";
import { cpuMs } from "../cpu-ms.js";
import { faultsOf, judge } from "../judge.js";

describe("regex", () => {
  it.each([
    [{ pattern: "^RE-\\d{5}$" }, "RE-20418", "pass", undefined],
    [{ pattern: "^re-\\d{5}$", flags: "i" }, "RE-20418", "pass", undefined],
    [{ pattern: "^RE-\\d{5}$" }, "RE-2041", "fail", '"RE-2041" does not match /^RE-\\d{5}$/'],
    [
      { pattern: "guarantee", not: true },
      "we guarantee it",
      "fail",
      '"we guarantee it" matches /guarantee/, expected that it does not',
    ],
    [{ pattern: "\\[(yes|no)\\]", flags: "i", atMost: 1 }, "[Yes]", "pass", undefined],
    [
      { pattern: "\\[(yes|no)\\]", flags: "i", atMost: 1 },
      "[Yes] or [no]",
      "fail",
      "matches /\\[(yes|no)\\]/i more often than 1 time",
    ],
    [{ pattern: "a", atLeast: 3 }, "aa", "fail", "matches /a/ 2 times, expected at least 3"],
    [{ pattern: "b" }, "a\u0000\u202e\ud800b", "pass", undefined],
  ])("%j says of %j: %s", async (settings, text, status, reason) => {
    const verdict = await judge({ type: "regex", ...settings }, text);
    expect([verdict.status, verdict.reason]).toEqual([status, reason]);
  });

  it.each(["(a+)+$", "(.*a){20}$", "^(\\w+\\s?)*$"])(
    "stays linear with %s on 100,000 characters",
    async (pattern) => {
      const before = cpuMs();
      expect(await judge({ type: "regex", pattern }, `${"a".repeat(100_000)}!`)).toMatchObject({
        status: "fail",
      });
      expect(cpuMs() - before).toBeLessThan(2_000);
    },
  );

  it("could not tell where the text is too long to look at", async () => {
    expect(await judge({ type: "regex", pattern: "x" }, "a".repeat(300_000))).toEqual({
      status: "error",
      reason: "could not tell: the text has 300000 characters, a pattern looks at 262144 at most",
    });
  });

  it("refuses what RE2 cannot do, unknown flags, and limits out of order", () => {
    expect(faultsOf({ id: "a", type: "regex", pattern: "(?<!a)b" })).toEqual([
      'pattern: pattern "(?<!a)b": looks behind, which is not possible; put what stands before into the pattern',
    ]);
    expect(faultsOf({ id: "a", type: "regex", pattern: "b", flags: "g" })).toEqual([
      'flags: expected a combination of "i", "m" and "s"',
    ]);
    expect(faultsOf({ id: "a", type: "regex", pattern: "b", atLeast: 3, atMost: 2 })).toEqual([
      ": atMost 2 is below atLeast 3",
    ]);
  });
});
