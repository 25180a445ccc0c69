import { describe, expect, it } from "vitest";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkSettings } from "../../src/check/settings.js";
import { nobody } from "../../src/domain/asking.js";
import { anOutput, judge, noFiles } from "./judge.js";

const invoice = '{"total":1249,"currency":"EUR","lines":[{"amount":412},{"amount":837}]}';

async function prepared(declared: Readonly<Record<string, unknown>>) {
  return prepareCheck(checkSettings.parse({ id: "a", ...declared }), noFiles);
}

describe("prepareCheck", () => {
  it.each([
    [{ type: "is-json" }, "Output is JSON"],
    [{ type: "one-of", on: "category", values: ["a"] }, "category is one of the allowed values"],
    [{ type: "contains", text: "a", not: true }, "Output never contains what it must"],
    [{ type: "is-json", title: "Answer can be read" }, "Answer can be read"],
  ])("titles %j", async (declared, title) => {
    expect((await prepared(declared)).title).toBe(title);
  });

  it.each([
    [{}, null, { kind: "drift" }],
    [{ level: "page", rule: "zeroTolerance" }, "page", { kind: "zero-tolerance" }],
    [{ rule: { floor: 0.95 } }, null, { kind: "floor", share: 0.95 }],
  ])("takes level and rule from %j", async (declared, level, rule) => {
    expect(await prepared({ type: "is-json", ...declared })).toMatchObject({ level, rule });
  });

  it("judges each selected value and names the first that fails", async () => {
    expect(await judge({ type: "range", on: "lines[*].amount", max: 500 }, invoice)).toEqual({
      status: "fail",
      reason: "$.lines[1].amount is 837, expected at most 500",
      excerpt: "837",
    });
  });

  it("takes the lowest score of several values", async () => {
    const declared = { type: "fuzzy-text", on: "names[*]", expected: "sitting", min: 0.5 };
    expect(await judge(declared, '{"names":["sitting","kitten"]}')).toEqual({ status: "pass", score: 4 / 7 });
  });

  it.each([
    [
      "a path that selects nothing",
      { on: "vat" },
      invoice,
      'no value at $.vat; the output has "total", "currency" and "lines"',
    ],
    [
      "the same with not",
      { on: "vat", not: true },
      invoice,
      'no value at $.vat; the output has "total", "currency" and "lines"',
    ],
    [
      "a path that is misspelt",
      { on: "curency" },
      invoice,
      'no value at $.curency; did you mean "currency"? the output has "currency", "total" and "lines"',
    ],
    [
      "a path within a field",
      { on: "$.customer['post code']" },
      '{"customer":{"name":"Nora","postcode":"1010"}}',
      'no value at $.customer[\'post code\']; did you mean "postcode"? $.customer has "postcode" and "name"',
    ],
    [
      "a path within a list",
      { on: "lines[*].tax" },
      invoice,
      'no value at $.lines[*].tax; $.lines[0] has "amount"',
    ],
    [
      "a path where many fields are",
      { on: "total" },
      '{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7}',
      'no value at $.total; the output has "a", "b", "c", "d", "e" and 2 more',
    ],
    ["a path within nothing", { on: "total" }, "{}", "no value at $.total; the output has no fields"],
    ["a path within a text", { on: "currency.code" }, invoice, "no value at $.currency.code"],
    [
      "a path where a name is personal",
      { on: "total" },
      '{"nora.lind@example.com":1}',
      'no value at $.total; the output has "[e-mail]"',
    ],
    ["an empty list", { on: "$.lines[*]" }, '{"lines":[]}', "no value at $.lines[*]"],
    [
      "text without fields",
      { on: "total" },
      "Total: 12",
      "no value at $.total: the output is not JSON: it begins with other text",
    ],
    [
      "JSON that is too deep",
      { on: "total" },
      `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
      "no value at $.total: the output is JSON nested deeper than 64 levels",
    ],
    [
      "JSON that is one value",
      { on: "total" },
      "12",
      "no value at $.total: the output is JSON but only a number, not an object or list",
    ],
  ])("fails %s", async (_name, options, text, reason) => {
    expect(await judge({ type: "range", min: 0, ...options }, text)).toMatchObject({
      status: "fail",
      reason,
    });
  });

  it("turns pass and fail round, and leaves the other two alone", async () => {
    const declared = { type: "latency", maxMs: 100, not: true };
    expect(await judge(declared, anOutput("x", { latencyMs: 200 }))).toEqual({ status: "pass" });
    expect(await judge(declared, anOutput("x", { latencyMs: 50 }))).toMatchObject({
      status: "fail",
      reason: "took 50 ms, expected more than 100 ms",
    });
    expect(await judge(declared, "x")).toMatchObject({ status: "skipped" });
    const language = { type: "language", languages: ["de"], not: true };
    expect(await judge(language, "OK")).toMatchObject({ status: "error" });
  });

  it("says plainly what a turned check without own words saw", async () => {
    expect(await judge({ type: "is-json", not: true }, "{}")).toMatchObject({
      status: "fail",
      reason: '"{}" is JSON, expected the opposite',
    });
  });

  it("wants none of several values to pass when turned round", async () => {
    const declared = { type: "range", on: "lines[*].amount", max: 500, not: true };
    expect(await judge(declared, invoice)).toMatchObject({
      reason: "$.lines[0].amount is 412, expected it not to be at most 500",
    });
  });

  it.each([
    ["@.segment == 'DE'", "fail"],
    ["@.segment == 'AT'", "skipped"],
    ["@.output.currency == 'EUR'", "fail"],
    ["@.input.channel == 'mail'", "fail"],
    ["@.reference.total > 1000", "fail"],
    ["@.model == 'm-2' && @.user == 'ada' && @.approval == 'edited'", "fail"],
    ["@.latencyMs < 100", "skipped"],
    ["@.error != null", "skipped"],
    ["search(@.output, 'EUR')", "skipped"],
  ])("judges only where %s holds", async (when, status) => {
    const output = anOutput(invoice, {
      segment: "DE",
      input: '{"channel":"mail"}',
      reference: '{"total":1249}',
      model: "m-2",
      user: "ada",
      approval: "edited",
      latencyMs: 900,
    });
    expect(await judge({ type: "range", on: "total", max: 1, when }, output)).toMatchObject({ status });
  });

  it("reads the input for the filters of all checks once, and only when one asks for it", async () => {
    let reads = 0;
    const output = {
      ...anOutput(invoice, { segment: "DE" }),
      get input() {
        reads += 1;
        return '{"channel":"mail"}';
      },
    };
    const judgeWhere = async (when: string) =>
      (await prepared({ type: "is-json", when })).judge(output, nobody);
    for (const segment of ["DE", "AT"]) await judgeWhere(`@.segment == '${segment}'`);
    const others = reads;
    for (const channel of ["mail", "chat", "letter"]) await judgeWhere(`@.input.channel == '${channel}'`);
    expect(reads - others).toBe(1);
  });

  it("skips an output that is an error of the automation, but not a text beside a warning", async () => {
    const declared = { type: "contains", text: "refund" };
    expect(await judge(declared, anOutput(" ", { error: "timeout" }))).toEqual({
      status: "skipped",
      reason: "the automation reported an error instead of an output",
    });
    expect(await judge(declared, anOutput("partial", { error: "timeout" }))).toMatchObject({
      status: "fail",
    });
  });

  it("could not tell where a check breaks on an output", async () => {
    const wide = JSON.stringify({ a: Array.from({ length: 10_001 }, () => 1) });
    expect(await judge({ type: "range", on: "a[*]", min: 0 }, wide)).toEqual({
      status: "error",
      reason: "could not tell: a[*] selects more than 10000 values",
    });
  });

  it("shows texts on one line, redacted before they are cut", async () => {
    const card = "4111 1111 1111 1111";
    const text = `${"x".repeat(47)} ${card} ${"y".repeat(400)}\n\u001b[31m\u202e`;
    const verdict = await judge({ type: "contains", text: "refund" }, text);
    expect(verdict).toMatchObject({
      status: "fail",
      reason: expect.stringContaining(`${"x".repeat(47)} [card]`),
    });
    expect(JSON.stringify(verdict)).not.toMatch(/4111|\\n|\\u001b/);
    expect([...("excerpt" in verdict ? (verdict.excerpt ?? "") : "")].length).toBeLessThanOrEqual(200);
  });
});
