import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkSettings } from "../../src/check/settings.js";
import { KnownError } from "../../src/domain/errors.js";
import type { JsonObject } from "../../src/domain/json.js";
import { readGoldenSet } from "../../src/golden/golden-set.js";
import { assemble } from "../../src/import/assemble.js";
import type { Found } from "../../src/import/imported.js";
import { readOpenAiEvals } from "../../src/import/openai-evals.js";
import { readPromptfoo } from "../../src/import/promptfoo.js";
import { asSource } from "./sources.js";

const complaintAbout = (settings: JsonObject) =>
  checkSettings.safeParse(settings).success ? null : "it would be refused";

const types = [
  "equals",
  "contains",
  "regex",
  "similar",
  "llm-rubric",
  "is-json",
  "assert-set",
  "word-count",
  "brand-new",
];
const assert = fc.record(
  {
    type: fc.oneof(
      fc.constantFrom(...types),
      fc.constantFrom(...types).map((type) => `not-${type}`),
      fc.jsonValue(),
    ),
    value: fc.oneof(
      fc.constantFrom("{{q}}", "{{ q }} and more", "{% if q %}", "file://x.json"),
      fc.jsonValue(),
    ),
    threshold: fc.jsonValue(),
    assert: fc.jsonValue(),
    $ref: fc.constantFrom("#/assertionTemplates/a", "__proto__"),
  },
  { requiredKeys: ["type"] },
);
const test = fc.record({
  vars: fc.oneof(fc.record({ q: fc.jsonValue() }), fc.jsonValue()),
  assert: fc.oneof(fc.array(assert), fc.jsonValue()),
});
const promptfoo = fc.record({
  prompts: fc.oneof(fc.constant(["{{q}}"]), fc.jsonValue()),
  tests: fc.oneof(fc.array(test), fc.jsonValue()),
  defaultTest: fc.oneof(test, fc.jsonValue()),
  scenarios: fc.oneof(fc.array(fc.record({ config: fc.array(test), tests: fc.array(test) })), fc.jsonValue()),
  assertionTemplates: fc.oneof(fc.record({ a: assert }), fc.jsonValue()),
});
const grader = fc.record({
  type: fc.constantFrom("string_check", "text_similarity", "label_model", "score_model", "multi", "python"),
  name: fc.jsonValue(),
  input: fc.oneof(fc.constantFrom("{{sample.output_text}}", "{{item.a}}"), fc.jsonValue()),
  reference: fc.oneof(fc.constantFrom("{{sample.output_json.x}}", "{{item.b}}"), fc.jsonValue()),
  operation: fc.constantFrom("eq", "ne", "like", "ilike", "other"),
  graders: fc.jsonValue(),
  labels: fc.jsonValue(),
  passing_labels: fc.jsonValue(),
});
const evals = fc.record({
  testing_criteria: fc.oneof(fc.array(grader), fc.jsonValue()),
  items: fc.oneof(
    fc.array(fc.record({ item: fc.record({ a: fc.jsonValue(), b: fc.jsonValue() }) })),
    fc.jsonValue(),
  ),
});

/** Whatever was read: checks are accepted under ids of their own, and the golden set can be read. */
function isUsable(read: () => Found): void {
  let found: Found;
  try {
    found = read();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(KnownError);
    return;
  }
  const { checks, goldenCases } = assemble(found, complaintAbout);
  for (const { settings } of checks) expect(checkSettings.safeParse(settings).error?.issues).toBeUndefined();
  expect(new Set(checks.map(({ settings }) => settings.id)).size).toBe(checks.length);
  const lines = goldenCases.map((each) => JSON.stringify(each)).join("\n");
  if (goldenCases.length > 0) expect(readGoldenSet(lines, "golden.jsonl").faults).toEqual([]);
}

describe("whatever stands in a document", () => {
  it("a promptfoo configuration gives usable files or a sentence", () => {
    fc.assert(
      fc.property(promptfoo, (value) => isUsable(() => readPromptfoo(asSource(value)))),
      { numRuns: 100 },
    );
  });

  it("an OpenAI eval gives usable files or a sentence", () => {
    fc.assert(
      fc.property(evals, (value) => isUsable(() => readOpenAiEvals([asSource(value)], null))),
      { numRuns: 100 },
    );
  });

  it("ten thousand cases with a check each take seconds, and say that there are too many", () => {
    const tests = Array.from({ length: 10_500 }, (_, at) => ({
      vars: { q: `question ${at}`, a: `answer ${at}` },
      assert: [
        { type: "contains", value: `word ${at}` },
        { type: "equals", value: "{{a}}" },
      ],
    }));
    const begun = performance.now();
    const { checks, goldenCases, notCarried } = assemble(
      readPromptfoo(asSource({ prompts: ["{{q}}"], tests })),
      complaintAbout,
    );
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(goldenCases).toHaveLength(10_000);
    expect(checks).toHaveLength(201);
    expect(notCarried.map(({ why }) => why).join("\n")).toContain("more than 10000 cases");
    expect(notCarried.at(-1)?.why).toContain("more than 200 such checks would hide the others");
  }, 60_000);

  it("lists of variables do not multiply without end", () => {
    const list = Array.from({ length: 100 }, (_, at) => at);
    const { goldenCases } = assemble(
      readPromptfoo(
        asSource({ prompts: ["{{a}} {{b}} {{c}}"], tests: [{ vars: { a: list, b: list, c: list } }] }),
      ),
      complaintAbout,
    );
    expect(goldenCases).toHaveLength(10_000);
  });
});
