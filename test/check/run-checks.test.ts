import { describe, expect, it } from "vitest";
import { runChecks } from "../../src/check/run-checks.js";
import { nobody } from "../../src/domain/asking.js";
import type { Check } from "../../src/domain/check.js";
import { pass } from "../../src/domain/verdict.js";
import { anOutput } from "./judge.js";

function aCheck(id: string, judge: Check["judge"]): Check {
  const more = { level: null, rule: { kind: "drift" as const }, asks: false, planted: [] };
  return { id, type: "is-json", title: id, ...more, judge };
}

describe("runChecks", () => {
  it("gives each check's verdict, in order, one failing check not stopping the next", async () => {
    const verdicts = await runChecks(
      [
        aCheck("good", () => pass()),
        aCheck("thrown", () => {
          throw new Error("no file for anna@example.com");
        }),
        aCheck("rejected", () => Promise.reject(new Error("gone"))),
        aCheck("late", async () => pass({ score: 1 })),
      ],
      anOutput("x"),
      nobody,
    );
    expect([...verdicts]).toEqual([
      ["good", { status: "pass" }],
      ["thrown", { status: "error", reason: "could not tell: no file for [e-mail]" }],
      ["rejected", { status: "error", reason: "could not tell: gone" }],
      ["late", { status: "pass", score: 1 }],
    ]);
  });
});
