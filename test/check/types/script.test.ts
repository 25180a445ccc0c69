import { describe, expect, it } from "vitest";
import { anOutput, faultsOf, judge, noFiles } from "../judge.js";

const invoice = '{"net":100,"vat":20,"total":120}';

describe("script", () => {
  it.each([
    ["({ fields }) => fields.net + fields.vat === fields.total", "pass", undefined],
    [
      "function judge({ output }) { return output.length > 900 }\njudge",
      "fail",
      /is wrong by its script, which gives no reason$/,
    ],
    [
      "module.exports = ({ fields }) => ({ pass: fields.net > 500, score: 0.2, reason: 'net ' + fields.net + ', expected over 500' })",
      "fail",
      /^net 100, expected over 500$/,
    ],
    ["async ({ fields }) => { await null; return { pass: fields.vat === 20 } }", "pass", undefined],
    ["() => null", "skipped", /does not apply/],
    [
      "({ input, model, at }) => input === 'in' && model === 'm-1' && at === '2026-11-17T14:00:00.000Z'",
      "pass",
      undefined,
    ],
    ["(given) => { given.fields.net = 0; return given.fields.net === 100 }", "pass", undefined],
  ])("%s: %s", async (code, status, reason) => {
    const verdict = await judge(
      { type: "script", code, timeoutMs: 5_000 },
      anOutput(invoice, { input: "in", model: "m-1" }),
    );
    expect(verdict.status).toBe(status);
    if (reason !== undefined) expect(verdict.reason).toMatch(reason);
  });

  it.each([
    ["() => { for (;;) {} }", "the script took longer than 100 ms"],
    ["async () => { for (;;) await null }", "the script took longer than 100 ms"],
    ["() => 'yes'", 'the script gave back "yes", expected true, false or { pass, score, reason }'],
    [
      "() => ({ pass: true, score: 7 })",
      'the script gave back {"pass":true,"score":7}, expected true, false or { pass, score, reason }',
    ],
    ["() => {}", "the script gave back nothing; is a return missing?"],
    [
      "() => () => 1",
      "the script gave back something that is no JSON, expected true, false or { pass, score, reason }",
    ],
    [
      "() => { const a = {}; a.a = a; return a }",
      "the script gave back something that is no JSON, expected true, false or { pass, score, reason }",
    ],
    [
      "() => 'x'.repeat(200000)",
      "the script gave back more than 100,000 characters, expected true, false or { pass, score, reason }",
    ],
    [
      "() => new Promise(() => {})",
      "the script waits for something that never comes; there are no timers and no network in a script",
    ],
    [
      "({ fields }) => {\n  return fields.lines.length > 0;\n}",
      "the script broke off: Cannot read properties of undefined (reading 'length') (line 2)",
    ],
    ["() => { throw null }", "the script broke off: null"],
    ["() => Promise.reject(new Error('no rate'))", "the script broke off: no rate"],
    [
      "() => { const f = () => f(); return f() }",
      "the script broke off: Maximum call stack size exceeded (line 1)",
    ],
  ])("could not tell with %s", async (code, reason) => {
    expect(
      await judge({ type: "script", code, timeoutMs: reason.includes("100 ms") ? 100 : 5_000 }, invoice),
    ).toEqual({
      status: "error",
      reason,
    });
  });

  it("judges an output of 1 MB", async () => {
    const long = JSON.stringify({ text: "a".repeat(1_000_000) });
    const code = "({ output, fields }) => output.length > 1e6 && fields.text.length === 1e6";
    expect((await judge({ type: "script", code, timeoutMs: 5_000 }, long)).status).toBe("pass");
  });

  it("reads a file beside the check file, and shows no secret that a reason quotes", async () => {
    const ports = {
      ...noFiles,
      readFile: () => "module.exports = ({ output }) => ({ pass: false, reason: output })",
    };
    const verdict = await judge({ type: "script", file: "rule.js" }, "card 4111 1111 1111 1111", ports);
    expect(verdict.reason).not.toContain("4111 1111");
  });

  it.each([
    ["({ fields }) => fields.(", /^check under-test: the script does not compile: line 1: /],
    ["export const judge = () => true", /write module\.exports = \.\.\. instead of export/],
    ["42", /^check under-test: the script gives no function; write module\.exports = /],
    ["missing()", /^check under-test: the script broke off: missing is not defined \(line 1\)$/],
    ["for (;;) {}", /^check under-test: the script took longer than 2000 ms$/],
  ])("is refused when it is loaded: %s", async (code, message) => {
    await expect(judge({ type: "script", code }, invoice)).rejects.toThrow(message);
  });

  it("is off unless the configuration allows scripts", async () => {
    const verdict = judge({ type: "script", code: "() => true" }, invoice, {
      ...noFiles,
      scripts: undefined,
    });
    await expect(verdict).rejects.toThrow(
      /write "scripts": true at the top level .* node:vm is no security boundary/,
    );
  });

  it("needs code or a file, not both", () => {
    expect(faultsOf({ id: "a", type: "script" })).toEqual([": script needs either code or file"]);
    expect(faultsOf({ id: "a", type: "script", code: "x", file: "y" })).toEqual([
      ": script needs either code or file",
    ]);
  });
});
