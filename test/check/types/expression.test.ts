import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/domain/errors.js";
import { anOutput, judge } from "../judge.js";

const invoice =
  '{"lines":[{"amount":1000},{"amount":249}],"total":1294,"due":"2026-03-01","issued":"3 March 2026"}';
const check = (expression: string, output: string, more: Readonly<Record<string, unknown>> = {}) =>
  judge({ type: "expression", expression, ...more }, output);

describe("expression", () => {
  it.each([
    ["$sum(lines.amount) = 1249", invoice],
    ["a + b = c", '{"a":0.1,"b":0.2,"c":0.3}'],
    ["a < b", '{"a":1,"b":2}'],
    ["a >= b", '{"a":0.3,"b":0.30000000000000004}'],
    ["$near(a, b, 0.5)", '{"a":1,"b":1.5}'],
    ["$date(issued) > due", invoice],
    ["$match(ref, /^INV-(\\d+)$/).groups[0] = '12'", '{"ref":"INV-12"}'],
    ["$count($match(ref, /\\d/)) = 3", '{"ref":"a1b2c3"}'],
    ["$replace(ref, /\\d/, '') = 'abc'", '{"ref":"a1b2c3"}'],
    ["$contains(ref, /A1/i)", '{"ref":"a1b2c3"}'],
    ["$count($distinct(ids)) = 2", '{"ids":["a","b","a"]}'],
    ["$count(output) = 2", "[1,2]"],
    ["$length(output) < 10", "plain"],
    ["{'pass': true}", "{}"],
  ])("%s holds of %s", async (expression, output) => {
    expect(await check(expression, output)).toEqual({ status: "pass" });
  });

  it.each([
    [
      "$sum(lines.amount) = total",
      {},
      "$sum(lines.amount) is 1249, total is 1294; expected $sum(lines.amount) = total",
    ],
    ["total = 1249", { tolerance: 0.01 }, "total is 1294; expected total = 1249 within 0.01"],
    [
      "$sum(lines.amount) = total",
      { explain: { "lines add up to": "$sum(lines.amount)", "total says": "total", "tax is": "tax" } },
      "lines add up to 1249, total says 1294, tax is missing; expected $sum(lines.amount) = total",
    ],
    [
      "total > 0 and due > '2026-06'",
      {},
      "due is \"2026-03-01\", total is 1294; expected total > 0 and due > '2026-06'",
    ],
    ["{'pass': total < 5, 'reason': 'total ' & total & ' is too much'}", {}, "total 1294 is too much"],
  ])("%s with %j fails with its values", async (expression, more, reason) => {
    expect(await check(expression, invoice, more)).toMatchObject({ status: "fail", reason });
  });

  it.each([
    ["=", 1, 1.01, true],
    ["=", 1, 1.011, false],
    ["!=", 1, 1.005, false],
    ["<=", 1.01, 1, true],
    ["<=", 1.02, 1, false],
    [">=", 0.99, 1, true],
    ["<", 1.005, 1, true],
    [">", 0.98, 1, false],
  ])("with a tolerance of 0.01 takes a %s b of %d and %d for %s", async (operator, a, b, good) => {
    const verdict = await check(`a ${operator} b`, JSON.stringify({ a, b }), { tolerance: 0.01 });
    expect(verdict.status).toBe(good ? "pass" : "fail");
  });

  it("sees input and reference", async () => {
    const output = anOutput('{"total":5}', { input: '{"net":4}', reference: { total: 5 } });
    const expression = "total = reference.total and total > input.net";
    expect(await judge({ type: "expression", expression }, output)).toEqual({ status: "pass" });
  });

  it("judges each selected value", async () => {
    const lines = '{"lines":[{"qty":2,"price":3,"amount":6},{"qty":2,"price":3,"amount":5}]}';
    expect(await check("qty * price = amount", lines, { on: "lines[*]" })).toMatchObject({
      reason: "$.lines[1] qty * price is 6, amount is 5; expected qty * price = amount",
    });
  });

  it.each([
    ["total", invoice, "the expression gave 1294, expected true or false"],
    ["gone", invoice, "the expression gave nothing; a path in it may lead nowhere, expected true or false"],
    [
      "$length(a & '') - 'x' = 2",
      '{"a":"y"}',
      'could not tell: the expression cannot be worked out: "-" was given "x", expected a number',
    ],
    [
      "($f := function($n) { $n > 0 ? $f($n - 1) + 1 : 0 }; $f(100000) > 0)",
      "{}",
      "could not tell: the expression cannot be worked out: it goes deeper than 200 steps into itself",
    ],
    [
      "$sum([1..90000].($ * 2 + 1)) > 0",
      "{}",
      "could not tell: the expression needed more than 200000 steps",
    ],
    [
      "$reduce([1..40], function($a, $b) { $a & $a }, 'xxxx') = ''",
      "{}",
      "could not tell: the expression made a text of more than 1000000 characters",
    ],
  ])("cannot tell of %s", async (expression, output, reason) => {
    expect(await check(expression, output)).toEqual({ status: "error", reason });
  });

  it.each([
    [
      "$sum(lines.amount) = total",
      '{"lines":[{"amount":7},{"amount":"1.000,00"}],"total":7}',
      'lines.amount holds "1.000,00", expected a number',
    ],
    ["code = 'x' and a - 1 = 2", '{"a":"y","code":"x"}', 'a holds "y", expected a number'],
    ["a > 5", '{"a":"7"}', 'a holds "7", expected a number'],
    ["a > 5 or b", '{"a":null}', "a holds null, expected a number or text"],
    ["$date(issued) > '2026-01-01'", '{"issued":null}', "issued holds null, expected a date"],
    ["$contains(name, 'a')", '{"name":5}', "name holds 5, expected a text"],
    ["$round(output.a) = 5", '{"a":"5,0"}', 'output.a holds "5,0", expected a number'],
  ])("%s fails %s, where the output holds another kind of value", async (expression, output, reason) => {
    expect(await check(expression, output)).toMatchObject({ status: "fail", reason });
  });

  it("cannot tell where the input holds another kind of value", async () => {
    const output = anOutput('{"total":5}', { input: '{"net":"4,0"}' });
    expect(await judge({ type: "expression", expression: "total > input.net + 1" }, output)).toEqual({
      status: "error",
      reason: 'could not tell: input.net holds "4,0", expected a number',
    });
  });

  it.each([
    ["$sum(lines.amount) = total", "not json", "is not JSON: it begins with other text, so it has no total"],
    ["total > 5", '{"total":5', "is JSON that breaks off: 1 bracket never closes, so it has no total"],
    [
      "total > 5",
      '{"total":1e999}',
      "is JSON with a number that is too large to be read (above 1.8e308), so it has no total",
    ],
    ["total > 5", "12", "is JSON but only a number, not an object or list, so it has no total"],
  ])("%s fails %s, and says why there is no field", async (expression, output, why) => {
    expect(await check(expression, output)).toMatchObject({
      status: "fail",
      reason: `the output ${why}; expected ${expression}`,
    });
  });

  it.each([
    "$exists(total) = false",
    "output = 'not json'",
    "($f := function($n) { $n + 1 }; $f(1) = 2)",
    "$count($map([1], function($v, $i) { $v + $i })) = 1",
    "$count([1]#$at[$at = 0]) = 1",
    "$$.output = $.output",
  ])("%s needs no field", async (expression) => {
    expect(await check(expression, "not json")).toEqual({ status: "pass" });
  });

  it("ends a loop that never ends, by its steps", async () => {
    const expression = "($f := function($n) { $f($n + 1) }; $f(0))";
    const before = performance.now();
    expect(await check(expression, "{}")).toMatchObject({ status: "error" });
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it("runs its patterns in linear time", async () => {
    const before = performance.now();
    const text = `${"a".repeat(100_000)}!`;
    expect(await check("$contains(output, /^(a+)+$/) = false", text)).toEqual({ status: "pass" });
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it.each([
    ["total = ", "Unexpected end of expression (at character 8)"],
    ["total == 1", "; write = for ==, and for &&, or for ||"],
    ["$now() > due", "$now is not possible: a verdict must not depend on the clock"],
    ["$eval(output)", "$eval is not possible: it would run text of the output"],
    ["$random() < 1", "$random is not possible: a verdict must not depend on chance"],
    ["$pad(a, 5) = 'x'", "$pad is not possible: it could fill the memory"],
    ["$shuffle(a) = b", "$shuffle is not possible: a verdict must not depend on chance"],
    ["$millis() > 0", "$millis is not possible: a verdict must not depend on the clock"],
    ["$toMillis(due) > 0", "$toMillis is not possible: write $date(text)"],
    ["$fromMillis(due) = 'x'", "$fromMillis is not possible: write $date(text)"],
    ["$contains(a, /(?=a)/)", 'pattern "(?=a)": looks ahead'],
    ["$nope(a) = 1", "there is no $nope; a field is written without $"],
    ["$summ(a) = 1", "there is no $summ; did you mean $sum?"],
    ["sum(a) = 1", "sum(...) is no function; write $sum(...)"],
    ["$total = 1", "there is no $total; a field is written without $"],
    ["($rate := 2; $rat * a = 1)", "there is no $rat; did you mean $rate?"],
    ["(".repeat(5_000), "the expression has 5000 characters, 4000 are possible"],
  ])("refuses %s", async (expression, message) => {
    const declared = check(expression, "{}");
    await expect(declared).rejects.toThrow(ConfigError);
    await expect(declared).rejects.toThrow(message);
  });

  it("refuses a tolerance without a comparison", async () => {
    await expect(check("a and b", "{}", { tolerance: 1 })).rejects.toThrow(
      "inside others write $near(a, b, 1)",
    );
  });

  it("leaves the output and Object.prototype as they are", async () => {
    await check("(|$|{'total': 1}|).total = 1", '{"total":2,"__proto__":{"x":1}}');
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});
