import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkTypes } from "../../src/check/registry.js";
import { checkSettings } from "../../src/check/settings.js";
import type { JsonObject } from "../../src/domain/json.js";
import { readGoldenSet } from "../../src/golden/golden-set.js";
import { assemble } from "../../src/import/assemble.js";
import type { ImportedCheck, ImportSource } from "../../src/import/imported.js";
import { readPromptfoo } from "../../src/import/promptfoo.js";
import { asSource } from "./sources.js";

const carried = (written: string, complaintAbout: (settings: JsonObject) => string | null = () => null) =>
  assemble(readPromptfoo(asSource(parse(written))), complaintAbout);

const withoutId = ({ settings }: ImportedCheck) => {
  const { id: _id, title: _title, ...rest } = settings;
  return rest;
};

const oneAssert = (assert: string) =>
  carried(`prompts: ["{{q}}"]\ndefaultTest:\n  assert:\n    - ${assert}\n`);

describe("an assert for every test", () => {
  it.each([
    ["{ type: contains, value: order }", { type: "contains", text: "order" }],
    ["{ type: contains, value: 0 }", { type: "contains", text: "0" }],
    ["{ type: icontains, value: order }", { type: "contains", text: "order", ignoreCase: true }],
    ["{ type: not-contains, value: order }", { type: "not-contains", text: "order" }],
    ["{ type: contains-any, value: [a, b] }", { type: "contains", any: ["a", "b"] }],
    ["{ type: contains-all, value: 'a, b' }", { type: "contains", all: ["a", "b"] }],
    ["{ type: not-contains-all, value: [a, b] }", { type: "contains", all: ["a", "b"], not: true }],
    ["{ type: not-icontains-any, value: [a] }", { type: "not-contains", any: ["a"], ignoreCase: true }],
    ["{ type: regex, value: '\\d{4}' }", { type: "regex", pattern: "\\d{4}" }],
    ["{ type: not-regex, value: '\\d{4}' }", { type: "regex", pattern: "\\d{4}", not: true }],
    ["{ type: starts-with, value: Dear }", { type: "starts-with", prefix: "Dear" }],
    ["{ type: is-json }", { type: "is-json", strict: true }],
    ["{ type: contains-json }", { type: "is-json", anywhere: true }],
    [
      "{ type: contains-json, value: { type: object } }",
      { type: "json-schema", schema: { type: "object" }, anywhere: true },
    ],
    ["{ type: is-json, value: { type: object } }", { type: "json-schema", schema: { type: "object" } }],
    ["{ type: latency, threshold: 5000 }", { type: "latency", maxMs: 5000 }],
    ["{ type: cost, threshold: 0.01 }", { type: "cost", maxUsd: 0.01 }],
    ["{ type: word-count, value: 5 }", { type: "length", unit: "words", min: 5, max: 5 }],
    ["{ type: word-count, value: { max: 9 } }", { type: "length", unit: "words", max: 9 }],
    ["{ type: not-is-refusal }", { type: "refusal" }],
    ["{ type: is-refusal }", { type: "refusal", not: true }],
    ["{ type: equals, value: yes please }", { type: "equals", ignoreSpace: false, expected: "yes please" }],
    ["{ type: contains, value: x, weight: 0 }", { type: "contains", text: "x", level: "record" }],
    ["{ type: contains, value: x, transform: output.reply }", { on: "reply", type: "contains", text: "x" }],
    [
      "{ type: is-xml, value: { requiredElements: [order.total] } }",
      { type: "is-xml", strict: true, requiredElements: ["order/total"] },
    ],
    ["{ type: contains-xml }", { type: "is-xml", anywhere: true }],
    ["{ type: not-is-html }", { type: "is-html", strict: true, not: true }],
    ["{ type: contains-html }", { type: "is-html", anywhere: true }],
    ["{ type: is-sql }", { type: "is-sql", dialect: "mysql", strict: true }],
    ["{ type: contains-sql }", { type: "is-sql", dialect: "mysql", anywhere: true }],
    [
      "{ type: not-contains-sql, value: { databaseType: 'Snowflake(alpha)' } }",
      { type: "is-sql", dialect: "snowflake", anywhere: true, not: true },
    ],
    [
      "{ type: not-is-sql, value: { databaseType: PostgresQL } }",
      { type: "is-sql", dialect: "postgresql", strict: true, not: true },
    ],
    [
      "{ type: is-sql, value: { databaseType: BigQuery, allowedTables: ['(select|update)::null::departments', 'SELECT::hr::staff'], allowedColumns: ['select::null::name'] } }",
      {
        type: "is-sql",
        dialect: "bigquery",
        strict: true,
        statements: ["select", "update"],
        tables: ["departments", "hr.staff"],
      },
    ],
    [
      "{ type: is-sql, value: { allowedTables: ['select::(.*)::(.*)'] } }",
      { type: "is-sql", dialect: "mysql", strict: true, statements: ["select"] },
    ],
    [
      "{ type: is-sql, value: { allowedTables: ['.*::null::staff'] } }",
      { type: "is-sql", dialect: "mysql", strict: true, tables: ["staff"] },
    ],
    ["{ type: finish-reason, value: stop }", { type: "finish-reason", allowed: ["stop"] }],
    [
      "{ type: rouge-n, value: on Friday }",
      { type: "ngram-overlap", method: "rouge-1", min: 0.75, expected: "on Friday" },
    ],
    [
      "{ type: bleu, value: [on Friday, Friday], threshold: 0.6 }",
      { type: "ngram-overlap", method: "bleu", min: 0.6, expected: ["on Friday", "Friday"] },
    ],
  ])("%s", (assert, settings) => {
    const { checks, notCarried } = oneAssert(assert);
    expect(checks.map(withoutId)).toEqual([settings]);
    expect(checks[0]?.active).toBe(true);
    expect(notCarried.filter(({ what }) => what !== "prompts")).toEqual([]);
    // types that this version does not have stay behind, with that reason
    if (checkTypes.has(String(settings.type))) {
      expect(checkSettings.safeParse(checks[0]?.settings).error?.issues).toBeUndefined();
    }
  });

  it.each([
    ["{ type: llm-rubric, value: It is kind }", "judge"],
    ["{ type: g-eval, value: [Kind?, Short?] }", "judge"],
    ["{ type: model-graded-closedqa, value: Is it kind? }", "judge"],
    ["{ type: factuality, value: Paris is in France }", "judge"],
    ["{ type: answer-relevance, threshold: 0.8 }", "judge"],
    ["{ type: context-faithfulness, threshold: 0.9 }", "faithful-to-source"],
    ["{ type: similar, value: On Friday, threshold: 0.8 }", "semantic-similarity"],
    ["{ type: webhook, value: 'https://rules.example.com/check' }", "webhook"],
  ])("%s is a draft that says what to fill in", (assert, type) => {
    const { checks } = oneAssert(assert);
    expect(checks.map(({ settings, active }) => [settings.type, active])).toEqual([[type, false]]);
    expect(checks[0]?.comments.join(" ")).toContain("Fill in, then take the slashes away: ");
    // once this version has the type, what is written must be accepted but for what is to be filled in
    if (checkTypes.has(type)) {
      expect(checkSettings.safeParse(checks[0]?.settings).error?.issues).toBeUndefined();
    }
  });

  it.each([
    ["{ type: javascript, value: output.length > 3 }", "program code"],
    ["{ type: python, value: 'file://check.py' }", "program code"],
    ["{ type: equals, value: 'file://answer.bin' }", "no such file"],
    ["nonsense", "it is no assert; expected an object with a type"],
    ["42", "it is no assert"],
    ["[{ type: is-json }]", "it is no assert"],
    ["{ type: assert-set, assert: [nonsense] }", "it is no assert"],
    ["{ type: assert-set, assert: nonsense }", "it is no list of asserts"],
    [
      "{ type: is-sql, value: { allowedTables: ['select::null::hr_.*'] } }",
      'its allowedTables has "select::null::hr_.*", and patterns of tables are not carried over',
    ],
    [
      "{ type: contains-sql, value: { allowedTables: ['select::hr::.*'] } }",
      'its allowedTables has "select::hr::.*", and patterns',
    ],
    ["{ type: is-sql, value: { allowedTables: [staff] } }", 'its allowedTables has "staff", and patterns'],
    ["{ type: meteor, value: x }", "METEOR needs a dictionary"],
    ["{ type: select-best, value: shorter }", "compares several models"],
    ["{ type: 'trajectory:tool-used', value: search }", "steps of an agent"],
    ["{ type: brand-new, value: x }", '"brand-new" has no counterpart here'],
    ["{ type: cost, metric: cost, weight: 0 }", "only measures"],
    ["{ type: contains, value: '{{ name | upper }}' }", "does more than fill in names"],
    ["{ type: contains, value: x, transform: 'output.trim()' }", "after a transform"],
    ["{ value: x }", "it has no type"],
    ["{ type: is-json, value: '{broken' }", "its schema is JSON that breaks off"],
  ])("%s stays behind", (assert, why) => {
    const { checks, notCarried } = carried(
      `prompts: ["{{q}}"]\ndefaultTest:\n  assert:\n    - ${assert}\ntests:\n  - vars: { q: hello, name: Nora }\n`,
    );
    expect(checks).toEqual([]);
    expect(notCarried[0]?.why).toContain(why);
  });

  it("of SQL says above the check what is different here", () => {
    const { checks } = oneAssert(
      "{ type: is-sql, value: { allowedTables: ['select::.*::a', 'insert::null::b'], allowedColumns: ['select::a::c'] } }",
    );
    const said = checks[0]?.comments.join(" ");
    expect(said).toContain("Was: statements for each table.");
    expect(said).toContain("Was: in any schema.");
    expect(said).toContain("allowedColumns stays behind");
  });

  it("stays behind with the reason for which the check would be refused", () => {
    const complaint = () => "pattern: looks ahead";
    const { checks, notCarried } = carried(
      `prompts: [x]\ndefaultTest: { assert: [{ type: regex, value: "(?=a)" }] }`,
      complaint,
    );
    expect(checks).toEqual([]);
    expect(notCarried.find(({ what }) => what !== "prompts")).toMatchObject({
      place: { path: ["defaultTest", "assert", 0] },
      what: "regex (?=a)",
      why: "pattern: looks ahead",
    });
  });
});

describe("tests", () => {
  it("become golden cases; what all compare with is one check", () => {
    const { checks, goldenCases } = carried(`
prompts: ["Sort: {{ticket}}"]
defaultTest: { assert: [{ type: equals, value: "{{label}}" }] }
tests:
  - { description: Late, vars: { ticket: My parcel is late, label: delivery }, metadata: { topic: parcel } }
  - { description: Late, vars: { ticket: [Broken, Scratched], label: damage } }
`);
    expect(checks.map(withoutId)).toEqual([{ type: "equals", ignoreSpace: false }]);
    expect(goldenCases).toEqual([
      { id: "late", input: "My parcel is late", expected: "delivery", tags: ["parcel"] },
      { id: "late-2", input: "Broken", expected: "damage", tags: [] },
      { id: "late-3", input: "Scratched", expected: "damage", tags: [] },
    ]);
  });

  it("filter what holds for some of them only, and leave out what no filter can tell", () => {
    const { checks, notCarried } = carried(`
prompts: ["{{q}} {{lang}}"]
tests:
  - { vars: { q: One, lang: en }, assert: [{ type: contains, value: one }, { type: contains, value: e }] }
  - { vars: { q: Two, lang: en }, assert: [{ type: contains, value: two }, { type: contains, value: e }] }
  - { vars: { q: Two, lang: de }, assert: [{ type: contains, value: zwei }, { type: contains, value: e }] }
  - { vars: { q: Two, lang: de }, assert: [{ type: contains, value: e }] }
`);
    expect(checks.map(withoutId)).toEqual([
      { type: "contains", text: "one", when: '@.input.q == "One"' },
      { type: "contains", text: "e" },
      { type: "contains", text: "two", when: '(@.input.q == "Two" && @.input.lang == "en")' },
    ]);
    expect(notCarried.find(({ what }) => what.includes("zwei"))?.why).toContain("no filter on their inputs");
  });

  it("compare with an answer of their own only where the others have another kind of answer", () => {
    const { checks, goldenCases } = carried(`
prompts: ["{{q}}"]
tests:
  - { vars: { q: One }, assert: [{ type: equals, value: "1" }] }
  - { vars: { q: Two }, assert: [{ type: levenshtein, value: "two of them", threshold: 2 }] }
`);
    expect(checks.map(withoutId)).toEqual([
      { type: "equals", ignoreSpace: false, when: '@.input == "One"' },
      { type: "fuzzy-text", min: 0.8, when: '@.input == "Two"' },
    ]);
    expect(goldenCases.map(({ expected }) => expected)).toEqual(["1", "two of them"]);
  });

  it("of a scenario are every combination of data and test", () => {
    const { goldenCases, checks } = carried(`
prompts: ["{{city}} {{q}}"]
scenarios:
  - config: [{ vars: { city: Graz } }, { vars: { city: Linz } }]
    tests: [{ vars: { q: open? }, assert: [{ type: contains, value: "{{city}}" }] }]
`);
    expect(goldenCases.map(({ input }) => input)).toEqual([
      { city: "Graz", q: "open?" },
      { city: "Linz", q: "open?" },
    ]);
    expect(checks.map(withoutId)).toEqual([
      { type: "contains", text: "Graz", when: '@.input.city == "Graz"' },
      { type: "contains", text: "Linz", when: '@.input.city == "Linz"' },
    ]);
  });

  it("of a table have their asserts in the columns that begin with __expected", () => {
    const row = {
      q: "Where is it?",
      __expected1: "contains-all: a, b",
      __expected2: "not-similar(0.7):near",
      __expected3: "grade: Is it kind?",
      __expected4: "just the answer",
      __metadata: "",
    };
    const source: ImportSource = {
      ...asSource({ prompts: ["{{q}}"], tests: "file://rows.csv" }),
      read: () => ({ ok: true, file: "rows.csv", value: [row], lines: [2] }),
    };
    const { checks } = assemble(readPromptfoo(source), () => null);
    expect(checks.map(({ settings }) => settings.type)).toEqual([
      "contains",
      "semantic-similarity",
      "judge",
      "equals",
    ]);
    expect(checks[1]?.settings).toMatchObject({ min: 0.7, not: true });
  });

  it("name what can be no assert, with its place", () => {
    const { checks, notCarried } = carried(`
prompts: ["{{q}}"]
tests:
  - vars: { q: [a, b] }
    assert: [nonsense, { type: is-json }]
  - vars: { q: c }
    assert: is-json
`);
    expect(checks.map(withoutId)).toMatchObject([{ type: "is-json" }]);
    expect(notCarried.filter(({ what }) => what !== "prompts")).toMatchObject([
      { what: "assert nonsense", place: { path: ["tests", 0, "assert", 0] } },
      { what: "assert is-json", place: { path: ["tests", 1, "assert"] } },
    ]);
  });

  it("have the variables within variables filled in", () => {
    const { checks, goldenCases } = carried(`
prompts: ["{{x}}"]
tests:
  - description: asks for {{y}}
    vars: { x: 'hello {{z}}', y: [1, 2], z: 'number {{ y }}', who: { name: '{{z}}' } }
    assert:
      - { type: contains, value: '{{x}}' }
      - { type: llm-rubric, value: 'It greets {{who.name}}' }
`);
    expect(goldenCases).toMatchObject([
      { id: "asks-for-1", input: "hello number 1" },
      { id: "asks-for-2", input: "hello number 2" },
    ]);
    expect(checks.map(withoutId)).toMatchObject([
      { type: "contains", text: "hello number 1", when: '@.input == "hello number 1"' },
      { type: "judge", criteria: ["Is this true of the output: It greets number 1"] },
      { type: "contains", text: "hello number 2", when: '@.input == "hello number 2"' },
      { type: "judge", criteria: ["Is this true of the output: It greets number 2"] },
    ]);
  });

  it.each([
    ["x: 'hello {{y}}'", "variable x: its template names {{y}}, which has no value here"],
    ["x: 'hello {{y.name}}', y: { title: Dr }", "variable x: its template names {{y.name}}, which has no"],
    ["x: '{{ y | upper }}', y: a", "variable x: its template does more than fill in names"],
    ["x: '{% if y %}a{% endif %}', y: a", "variable x: its template does more than fill in names"],
    ["x: 'a {{y}}', y: 'b {{x}}'", "variable x: it names itself, by way of x, y"],
    ["x: '{{x}}'", "variable x: it names itself, by way of x"],
    [
      `x: a, ${Array.from({ length: 18 }, (_, at) => `v${at}: '${`{{v${at + 1}}}`.repeat(4)}'`).join(", ")}, v18: b`,
      "filled in, it is longer than 100000 characters",
    ],
    [
      `x: a, ${Array.from({ length: 30 }, (_, at) => `v${at}: '{{v${at + 1}}}'`).join(", ")}, v30: b`,
      "variables name variables more than 20 deep",
    ],
  ])("stay behind where a variable cannot be filled in: { %s }", (vars, why) => {
    const { checks, goldenCases, notCarried } = carried(
      `prompts: ["{{x}}"]\ntests:\n  - { description: greets, vars: { ${vars} }, assert: [{ type: is-json }] }\n`,
    );
    expect([checks, goldenCases]).toEqual([[], []]);
    expect(notCarried).toMatchObject([
      { what: "the test greets", why: expect.stringContaining(why), place: { path: ["tests", 0] } },
      { what: "prompts" },
    ]);
  });

  it.each([
    ["file://tests.py", "not read"],
    ["https://sheets.example.com/1", "not read"],
  ])("in %s stay behind", (reference) => {
    const { goldenCases, notCarried } = carried(`prompts: [x]\ntests: ${reference}\n`);
    expect(goldenCases).toEqual([]);
    expect(notCarried[0]).toMatchObject({ what: `tests in ${reference}`, why: `${reference}: no such file` });
  });
});

describe("the sample of a support team", () => {
  const folder = fileURLToPath(new URL("samples/", import.meta.url));
  const source: ImportSource = {
    ...asSource(parse(readFileSync(join(folder, "support-replies.yaml"), "utf8"))),
    read: (reference) =>
      reference.endsWith(".txt")
        ? {
            ok: true,
            file: reference,
            value: readFileSync(join(folder, reference.replace("file://", "")), "utf8"),
            lines: null,
          }
        : { ok: false, reason: "not read in this test" },
  };

  it("gives only checks that a check file may hold, and a golden set that can be read", () => {
    const { checks, goldenCases } = assemble(readPromptfoo(source), (settings) => {
      const parsed = checkSettings.safeParse(settings);
      return parsed.success ? null : "refused";
    });
    expect(checks.length).toBeGreaterThan(8);
    for (const { settings } of checks) expect(checkSettings.safeParse(settings).success).toBe(true);
    expect(new Set(checks.map(({ settings }) => settings.id)).size).toBe(checks.length);
    const lines = goldenCases.map((each) => JSON.stringify(each)).join("\n");
    expect(readGoldenSet(lines, dirname(folder))).toMatchObject({ faults: [], cases: { length: 3 } });
  });
});

describe("a document that is no configuration", () => {
  it.each([["[1, 2]"], ["{ tags: [a] }"], ["just text"]])("%s is refused", (written) => {
    expect(() => carried(written)).toThrow("is no promptfoo configuration");
  });

  it("survives nonsense inside", () => {
    const { checks } = carried(`
prompts: 4
tests: [1, null, [], { vars: 3, assert: {} }, { assert: [null, 2, { type: 9 }, { type: contains, value: {} }] }]
scenarios: { a: 1 }
defaultTest: [1]
`);
    expect(checks).toEqual([]);
  });
});
