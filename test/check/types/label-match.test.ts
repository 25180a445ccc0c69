import { describe, expect, it } from "vitest";
import { cpuMs } from "../cpu-ms.js";
import { anOutput, faultsOf, judge } from "../judge.js";

const synonyms = { billing: ["invoice", "payment issue"], technical: ["tech support"] };

describe("label-match", () => {
  it.each([
    ["the same label", {}, "billing", "billing", "pass"],
    ["another case and punctuation around it", {}, ' "Billing." ', "billing", "pass"],
    ["another way to join words", {}, "In_stock", "in-stock", "pass"],
    ["another way to write é", {}, "re\u0301clamation", "r\u00e9clamation", "pass"],
    ["full-width letters", {}, "ＢＩＬＬＩＮＧ", "billing", "pass"],
    ["a synonym", { synonyms }, "Invoice", "billing", "pass"],
    ["a synonym on both sides", { synonyms }, "payment-issue", "invoice", "pass"],
    ["a synonym of another label", { synonyms }, "Tech support", "billing", "fail"],
    ["another label", {}, "billing", "technical", "fail"],
    ["a label that only begins alike", {}, "billing dispute", "billing", "fail"],
    ["a number", {}, "3", 3, "pass"],
    ["a truth value", { on: "spam" }, '{"spam":true}', { spam: true }, "pass"],
    ["inherited names", { synonyms }, "constructor", "toString", "fail"],
  ])("compares %s", async (_name, settings, text, reference, status) => {
    expect(await judge({ type: "label-match", ...settings }, anOutput(text, { reference }))).toMatchObject({
      status,
    });
  });

  it("says what was said and what is known", async () => {
    const output = anOutput('{"category":"billing"}', { reference: { category: "technical" } });
    expect(await judge({ type: "label-match", on: "category" }, output)).toMatchObject({
      status: "fail",
      reason: '$.category said "billing", known answer "technical"',
    });
    expect(
      await judge({ type: "label-match", not: true }, anOutput("spam", { reference: "Spam" })),
    ).toMatchObject({ reason: 'said "spam", known answer "Spam", expected another label' });
  });

  const answers = [
    { says: "technical", pattern: "\\b(technical|router|login)\\b", flags: "i" },
    { says: "billing", pattern: "\\b(billing|invoice)\\b", flags: "i" },
  ];
  it.each([
    ["This looks like a billing question.", "Invoice", "pass", undefined],
    [
      "The router is down; the invoice is fine.",
      "billing",
      "fail",
      'said "technical", known answer "billing"',
    ],
    ["Hello!", "billing", "fail", '"Hello!" gives no label, known answer "billing"'],
  ])("reads the label out of %j", async (text, reference, status, reason) => {
    const verdict = await judge({ type: "label-match", answers, synonyms }, anOutput(text, { reference }));
    expect(verdict).toMatchObject({ status, ...(reason === undefined ? {} : { reason }) });
  });

  it.each([
    ["nothing is known", "billing", null, "skipped"],
    ["the reference is no label", "billing", { a: 1 }, "skipped"],
    ["the output is an object", '{"a":1}', "billing", "fail"],
    ["the output is empty", " ", "billing", "fail"],
    ["the output is nothing but marks", "...", "billing", "fail"],
  ])("where %s", async (_name, text, reference, status) => {
    expect(await judge({ type: "label-match" }, anOutput(text, { reference }))).toMatchObject({ status });
  });

  it("stays quick on hostile text", async () => {
    const before = cpuMs();
    for (const text of ["- ".repeat(1e6), "_".repeat(1e6), ".a".repeat(1e6)]) {
      await judge({ type: "label-match", expected: "billing" }, text);
    }
    expect(cpuMs() - before).toBeLessThan(2_000);
  });

  it("refuses a wording that stands under two labels", () => {
    expect(
      faultsOf({ id: "a", type: "label-match", synonyms: { billing: ["Money"], sales: ["money"] } }),
    ).toEqual([': synonyms: "money" stands under "billing" and "sales"; leave it under one of them']);
  });
});
