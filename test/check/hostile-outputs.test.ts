import { describe, expect, it } from "vitest";
import type { CheckExample, ExampleOutput } from "../../src/check/check-type.js";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkTypes } from "../../src/check/registry.js";
import { checkSettings } from "../../src/check/settings.js";
import { nobody } from "../../src/domain/asking.js";
import type { Check } from "../../src/domain/check.js";
import type { Json } from "../../src/domain/json.js";
import type { Output } from "../../src/domain/output.js";
import { isJsonList } from "../../src/text/json-value.js";
import { parseStructured } from "../../src/text/parse-json.js";
import { cpuMs } from "./cpu-ms.js";
import { anOutput, noFiles, theseFiles } from "./judge.js";

/** Generous for a busy machine; a check that is not linear takes minutes on these. */
const limitMs = 5_000;
const megabyte = 1_000_000;

/** What a broken or hostile automation may hand over. Each is also given as input and reference where it is short. */
const hostile: Readonly<Record<string, string>> = {
  nothing: "",
  "white space of 5 MB": " \n\t".repeat((5 * megabyte) / 3),
  "5 MB of words": "lorem ipsum dolor ".repeat((5 * megabyte) / 18),
  "5 MB without a break": "z".repeat(5 * megabyte),
  "5 MB of digits": "1234567890".repeat(megabyte / 2),
  "5 MB of emoji": "😀".repeat(megabyte),
  "1 MB of lines": "a line\n".repeat(megabyte / 7),
  "a million brackets": "[".repeat(megabyte),
  "brackets and quotation marks": '["{'.repeat(megabyte / 3),
  "a million tags": "<a>".repeat(megabyte / 3),
  "tags that never end": "<a b='".repeat(megabyte / 6),
  "a million ampersands": "&#".repeat(megabyte / 2),
  "half a million fences": "```\n".repeat(megabyte / 8),
  "a million at signs": "a@".repeat(megabyte / 2),
  "hundred thousand links": "https://a.example/ ".repeat(100_000),
  "Markdown that never closes": "[a](".repeat(megabyte / 4),
  "a million plus signs": "+4".repeat(megabyte / 2),
  "lone surrogates": "\ud800 text \udfff \udc00\ud800",
  "a megabyte of lone surrogates": "\ud800".repeat(megabyte),
  "NUL and other controls": "a\u0000b\u0007\u001b[31mred\u009f\r\n",
  "a byte order mark": '\ufeff{"a":1}',
  "bidi controls and tag characters": "\u202eabc\u2066 \u{e0041}\u{e0042}\u200b\u2060",
  "combining marks piled up": `e${"\u0301".repeat(100_000)}`,
  "JSON 10,000 deep": `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  "objects 10,000 deep": `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "JSON 64 deep": `${'{"a":'.repeat(64)}1${"}".repeat(64)}`,
  "XML 10,000 deep": `${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}`,
  "keys of prototypes":
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":2}',
  "a call of a prototype's tool": '[{"name":"__proto__","arguments":{"__proto__":{"polluted":1}}}]',
  "a list of 200,000": `[${"1,".repeat(199_999)}1]`,
  "an object of 50,000 keys": JSON.stringify(
    Object.fromEntries(Array.from({ length: 50_000 }, (_none, index) => [`k${index}`, index])),
  ),
  "a 1 MB string in JSON": JSON.stringify({ a: "x ".repeat(megabyte / 2) }),
  "a number beyond all": '{"a":1e999,"b":-0,"c":123456789012345678901234567890}',
  "a test entry that goes on and then stops being one": `test ${"1".repeat(60)}x`,
  "one letter over and over, then another sign": `${"a".repeat(100)}1`,
  "a test entry of 200 kB that stops being one": `test ${"1".repeat(200_000)}x`,
  "JSON in a fence": '```json\n{"a":1}\n```',
  "JSON in two fences": '```json\n{"a":1}\n```\n```json\n{"b":2}\n```',
  "JSON with text after the fence": '```json\n{"a":1}\n```\nHope this helps!',
  "an entity bomb": '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;&c;&c;</a>',
};

const textOf = (example: ExampleOutput): Partial<Output> => (typeof example === "string" ? {} : example);

/** The text as the whole output. */
function wholeOutput(text: string, example: CheckExample): Output {
  const { text: _left, fields: _also, ...more } = { text: "", ...textOf(example.bad) };
  return anOutput(text, { ...more, ...(text.length <= 20_000 ? { input: text, reference: text } : {}) });
}

/** Where the example is JSON, the text in each of its fields, so that every path leads to it. */
function filledOutputs(text: string, example: CheckExample): readonly Output[] {
  const fields = parseStructured(typeof example.bad === "string" ? example.bad : example.bad.text);
  return fields === undefined ? [] : [wholeOutput(JSON.stringify(filledWith(fields, text)), example)];
}

function filledWith(value: Json, text: string): Json {
  if (isJsonList(value)) return value.map((item) => filledWith(item, text));
  if (typeof value !== "object" || value === null) return text;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filledWith(item, text)]));
}

async function judgeInTime(check: Check, output: Output): Promise<void> {
  const started = cpuMs();
  const verdict = await check.judge(output, nobody);
  expect(cpuMs() - started).toBeLessThan(limitMs);
  expect(["pass", "fail", "error", "skipped"]).toContain(verdict.status);
  expect([...(verdict.reason ?? "")].length).toBeLessThanOrEqual(400);
  expect(verdict.reason ?? "").not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  const excerpt = verdict.status === "fail" ? (verdict.excerpt ?? "") : "";
  expect([...excerpt].length).toBeLessThanOrEqual(200);
}

describe("a hostile output", () => {
  const types = [...checkTypes.values()].filter(({ asks }) => !asks);

  describe.each(types)("$type", ({ type, example }) => {
    const { on, ...unplaced } = { on: undefined, ...example.settings };
    const prepared = (settings: Readonly<Record<string, Json>>) =>
      prepareCheck(
        checkSettings.parse({ id: "under-test", type, ...settings }),
        theseFiles(example.files ?? {}),
      );
    const asDeclared = prepared(example.settings);
    // a value inside the output is looked for by `on`; then the whole text is a case of its own
    const ofWhole = on === undefined ? asDeclared : prepared(unplaced);

    it.each(Object.entries(hostile))(
      "gives a verdict in time on %s",
      async (_name, text) => {
        const [declared, whole] = [await asDeclared, await ofWhole];
        for (const one of new Set([declared, whole])) await judgeInTime(one, wholeOutput(text, example));
        for (const output of filledOutputs(text, example)) await judgeInTime(declared, output);
        expect(Reflect.get({}, "polluted")).toBeUndefined();
        expect(Object.keys(Object.prototype)).toEqual([]);
      },
      4 * limitMs,
    );
  });

  it.each(types)(
    "$type takes the hostile text as a single value of an object",
    async ({ type, example }) => {
      const { on: _elsewhere, ...settings } = { on: null, ...example.settings };
      const check = await prepareCheck(
        checkSettings.parse({ id: "under-test", type, ...settings, on: "field" }),
        theseFiles(example.files ?? {}),
      );
      for (const text of ["\ud800", "", "__proto__", "x".repeat(megabyte), "a\u0000\u202eb"]) {
        const verdict = await check.judge(anOutput(JSON.stringify({ field: text })), nobody);
        expect(["pass", "fail", "error", "skipped"]).toContain(verdict.status);
        expect([...(verdict.reason ?? "")].length).toBeLessThanOrEqual(400);
      }
    },
    4 * limitMs,
  );
});

describe("JSON in a code fence", () => {
  it.each([
    ["JSON in a fence", "pass"],
    ["JSON in two fences", "fail"],
    ["JSON with text after the fence", "fail"],
  ])("%s: %s, for only one fence around the whole text is taken off", async (name, status) => {
    const check = await prepareCheck(checkSettings.parse({ id: "a", type: "is-json" }), noFiles);
    expect(await check.judge(anOutput(hostile[name] ?? ""), nobody)).toMatchObject({ status });
  });
});
