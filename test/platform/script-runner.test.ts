import { describe, expect, it } from "vitest";
import { createScriptRunner } from "../../src/platform/script-runner.js";

const runner = createScriptRunner();
const resultOf = async (code: string, argument = {}, timeoutMs = 5_000) =>
  (await runner.prepare({ name: "rule.js", code }))(argument, timeoutMs);

describe("a script", () => {
  it.each([
    "typeof process",
    "typeof require",
    "typeof fetch",
    "typeof setTimeout",
    "typeof setImmediate",
    "typeof queueMicrotask",
    "typeof Buffer",
    "typeof ArrayBuffer",
    "typeof Uint8Array",
    "typeof WebAssembly",
    "typeof SharedArrayBuffer",
  ])("finds nothing under %s", async (expression) => {
    expect(await resultOf(`() => ${expression}`)).toBe("undefined");
  });

  it.each([
    [
      "this.constructor.constructor",
      "() => { const p = this.constructor.constructor('return process')(); return typeof p }",
    ],
    ["the argument's constructor", "(given) => typeof given.constructor.constructor('return process')()"],
    ["a function's constructor", "() => typeof (() => 1).constructor('return process')()"],
    ["eval", "() => typeof eval('process')"],
    ["an async function's constructor", "() => typeof (async () => 1).constructor('return process')()"],
    ["import", "async () => typeof (await import('node:fs')).readFileSync"],
    [
      "the error of an import",
      "async () => { try { await import('node:fs') } catch (e) { return typeof e.constructor.constructor('return process')() } }",
    ],
    [
      "call sites",
      "() => { Error.prepareStackTrace = (_, sites) => sites.map((s) => [s.getThis(), s.getFunction()]).flat().filter((x) => x && x.constructor).map((x) => typeof x.constructor.constructor('return process')())[0] ?? 'none'; throw new Error(String(new Error('x').stack)) }",
    ],
    [
      "an overflowing stack",
      "() => { const f = () => { try { return f() } catch (e) { return typeof e.constructor.constructor('return process')() } }; return f() }",
    ],
    [
      "its caller",
      "() => { const f = function () { return f.caller }; let c = f(); return typeof c.constructor('return process')() }",
    ],
  ])("does not reach process by %s", async (_way, code) => {
    const got = await resultOf(code).catch((thrown: unknown) => String(thrown));
    expect(got).not.toBe("object");
    expect(got).not.toBe("function");
  });

  it("keeps nothing between two calls", async () => {
    const call = await runner.prepare({
      name: "rule.js",
      code: "globalThis.n = (globalThis.n ?? 0) + 1; () => n",
    });
    expect([await call({}, 5_000), await call({}, 5_000)]).toEqual([1, 1]);
  });

  it.each([
    ["a list", "() => { const all = []; for (;;) all.push({ a: 'x'.repeat(100) + all.length }) }"],
    ["a text", "() => { let text = 'x'; for (;;) text = [text, text].join('') + '!' }"],
  ])("that fills the memory with %s ends alone", async (_what, code) => {
    await expect(resultOf(code, {}, 20_000)).rejects.toThrow(
      /more than 64 MB of memory|broke off|took longer/,
    );
    expect(await resultOf("() => 1")).toBe(1);
  });

  it.each([
    ["one allocation", "() => new Array(5e7).fill(1).length"],
    [
      "one text",
      "() => { const all = []; for (let n = 0; n < 40; n++) all.push([...'x'.repeat(1e6)]); return all.length }",
    ],
    ["steps", "() => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)) }"],
  ])("that takes more than its memory in %s is told so, and the next one runs", async (_how, code) => {
    await expect(resultOf(code, {}, 20_000)).rejects.toMatchObject({
      code: "script-memory",
      message: "the script used more than 64 MB of memory",
    });
    expect(await resultOf("() => 1")).toBe(1);
  });

  it("costs the next one nothing when it takes too long or leaves a promise rejected", async () => {
    const endless = await runner.prepare({ name: "rule.js", code: "() => { for (;;) {} }" });
    await expect(endless({}, 50)).rejects.toMatchObject({ code: "script-timeout" });
    expect(await resultOf("() => { Promise.reject(new Error('forgotten')); return 2 }")).toBe(2);
    expect(await resultOf("() => 3")).toBe(3);
  });

  it("waits for its turn: twenty at once are all answered", async () => {
    const call = await runner.prepare({ name: "rule.js", code: "({ n }) => n * n" });
    const numbers = Array.from({ length: 20 }, (_, n) => n);
    expect(await Promise.all(numbers.map((n) => call({ n }, 5_000)))).toEqual(numbers.map((n) => n * n));
  });

  it("gets a new process once the old one has been ended", async () => {
    const call = await createScriptRunner({ idleMs: 1 }).prepare({ name: "rule.js", code: "() => 4" });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await call({}, 5_000)).toBe(4);
  });
});
