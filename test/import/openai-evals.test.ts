import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkSettings } from "../../src/check/settings.js";
import type { JsonObject } from "../../src/domain/json.js";
import { assemble } from "../../src/import/assemble.js";
import type { ImportedCheck } from "../../src/import/imported.js";
import { readOpenAiEvals } from "../../src/import/openai-evals.js";
import { asSource } from "./sources.js";

const items = [
  { item: { q: "My parcel is late", label: "delivery", city: "Graz" } },
  { item: { q: "Billed twice", label: "billing", city: "Linz" } },
];

const carried = (grader: JsonObject, content: readonly unknown[] = items) =>
  assemble(
    readOpenAiEvals(
      [
        asSource({
          eval: { object: "eval", name: "Tickets", testing_criteria: [{ name: "Graded", ...grader }] },
          run: { data_source: { type: "jsonl", source: { type: "file_content", content } } },
        }),
      ],
      null,
    ),
    () => null,
  );

const settingsOf = ({ settings }: ImportedCheck) => {
  const { id: _id, title: _title, ...rest } = settings;
  return rest;
};

const output = "{{ sample.output_text }}";

describe("a grader", () => {
  it.each([
    [
      "eq with an item's field",
      { type: "string_check", operation: "eq", input: output, reference: "{{item.label}}" },
      { type: "equals", ignoreSpace: false },
      ["delivery", "billing"],
    ],
    [
      "eq the other way round",
      { type: "string_check", operation: "eq", input: "{{item.label}}", reference: output },
      { type: "equals", ignoreSpace: false },
      ["delivery", "billing"],
    ],
    [
      "eq on a field of the output",
      {
        type: "string_check",
        operation: "eq",
        input: "{{sample.output_json.kind}}",
        reference: "{{item.label}}",
      },
      { on: "kind", type: "equals", ignoreSpace: false },
      [{ kind: "delivery" }, { kind: "billing" }],
    ],
    [
      "ne with a fixed text",
      { type: "string_check", operation: "ne", input: output, reference: "unknown" },
      { type: "equals", ignoreSpace: false, not: true, expected: "unknown" },
      [null, null],
    ],
    [
      "like with a fixed text",
      { type: "string_check", operation: "like", input: output, reference: "order" },
      { type: "contains", text: "order" },
      [null, null],
    ],
    [
      "fuzzy_match",
      {
        type: "text_similarity",
        evaluation_metric: "fuzzy_match",
        pass_threshold: 0.8,
        input: output,
        reference: "{{item.label}}",
      },
      { type: "fuzzy-text", min: 0.8 },
      ["delivery", "billing"],
    ],
    [
      "rouge_l",
      {
        type: "text_similarity",
        evaluation_metric: "rouge_l",
        pass_threshold: 0.4,
        input: output,
        reference: "{{item.label}}",
      },
      { type: "ngram-overlap", method: "rouge-l", min: 0.4 },
      ["delivery", "billing"],
    ],
  ])("%s", (_, grader, settings, expected) => {
    const { checks, goldenCases, notCarried } = carried(grader);
    expect(checks.map(settingsOf)).toEqual([settings]);
    expect(checks[0]?.settings).toMatchObject({ id: "graded", title: "Graded" });
    expect(goldenCases.map((each) => each.expected)).toEqual(expected);
    expect(notCarried).toEqual([]);
  });

  it("ilike with an item's field holds for each case by itself", () => {
    const { checks } = carried({
      type: "string_check",
      operation: "ilike",
      input: output,
      reference: "{{item.city}}",
    });
    expect(checks.map(settingsOf)).toEqual([
      { type: "contains", text: "Graz", ignoreCase: true, when: '@.input.label == "delivery"' },
      { type: "contains", text: "Linz", ignoreCase: true, when: '@.input.label == "billing"' },
    ]);
  });

  it.each([
    [
      {
        type: "label_model",
        model: "m",
        labels: ["kind", "rude"],
        passing_labels: ["kind"],
        input: [{ role: "developer", content: "Kind or rude?" }],
      },
      { type: "judge-choice", question: "Kind or rude?", allowed: ["kind"] },
    ],
    [
      {
        type: "score_model",
        model: "m",
        range: [1, 7],
        pass_threshold: 5,
        input: [{ role: "user", content: "How kind is it? {{sample.output_text}}" }],
      },
      { type: "judge", criteria: ["How kind is it?"] },
    ],
    [
      {
        type: "text_similarity",
        evaluation_metric: "cosine",
        pass_threshold: 0.8,
        input: output,
        reference: "{{item.label}}",
      },
      { type: "semantic-similarity", min: 0.8 },
    ],
  ])("%j is a draft", (grader, settings) => {
    const { checks } = carried(grader);
    expect(checks).toHaveLength(1);
    expect(checks[0]).toMatchObject({ active: false, settings });
    expect(checks[0]?.comments.at(-1)).toContain("Fill in, then take the slashes away: ");
  });

  it.each([
    [{ type: "python", source: "def grade(sample, item): return 1" }, "program code"],
    [
      {
        type: "text_similarity",
        evaluation_metric: "gleu",
        pass_threshold: 0.5,
        input: output,
        reference: "x",
      },
      '"gleu" is not computed here',
    ],
    [{ type: "text_similarity", evaluation_metric: "bleu", input: output, reference: "x" }, "only measures"],
    [
      { type: "string_check", operation: "eq", input: `Answer: ${output}`, reference: "x" },
      "does not look at the output alone",
    ],
    [
      { type: "string_check", operation: "like", input: "a b", reference: output },
      "the output within another text",
    ],
    [
      { type: "string_check", operation: "eq", input: output, reference: "{{item.gone}}" },
      "has no value here",
    ],
    [{ type: "label_model", labels: [], passing_labels: [], input: [] }, "no labels"],
    [{ type: "brand_new" }, 'of type "brand_new" have no counterpart'],
  ])("%j stays behind", (grader, why) => {
    const { checks, notCarried } = carried(grader);
    expect(checks).toEqual([]);
    expect(notCarried[0]?.what).toContain("the grader Graded");
    expect(notCarried[0]?.why).toContain(why);
  });

  it("of type multi is carried over in parts, its formula is not", () => {
    const { checks, notCarried } = carried({
      type: "multi",
      calculate_output: "0.5 * a + 0.5 * b",
      graders: {
        a: { type: "string_check", operation: "eq", input: output, reference: "{{item.label}}" },
        b: { type: "string_check", operation: "like", input: output, reference: "e" },
      },
    });
    expect(checks.map(({ settings }) => settings.id)).toEqual(["a", "b"]);
    expect(notCarried[0]).toMatchObject({ what: "the formula of Graded" });
  });

  it.each<[JsonObject, (string | number)[]]>([
    [{ a: "nonsense" }, ["testing_criteria", 0, "graders", "a"]],
    [{ a: 4 }, ["testing_criteria", 0, "graders", "a"]],
  ])("names the parts that can be none: %j", (graders, path) => {
    const { checks, notCarried } = carried({ type: "multi", graders });
    expect(checks).toEqual([]);
    expect(notCarried[1]).toMatchObject({
      what: `grader ${String(graders.a)}`,
      why: "it is no grader; expected an object with a type",
      place: { path: ["eval", ...path] },
    });
  });
});

describe("an export", () => {
  it("may be a list page, with the items in a file beside it", () => {
    const list = { object: "list", data: [{ id: "eval_1", name: "One", testing_criteria: [] }] };
    const found = readOpenAiEvals([asSource(list), asSource(items, "items.jsonl")], null);
    expect(found).toMatchObject({ name: "One", cases: { length: 2 }, notCarried: [] });
  });

  it("of a run's results gives each item once", () => {
    const results = items
      .concat(items)
      .map(({ item }) => ({ object: "eval.run.output_item", datasource_item: item }));
    const found = readOpenAiEvals(
      [asSource({ eval: { testing_criteria: [] }, output_items: { data: results } })],
      null,
    );
    expect(found.cases.map(({ input }) => input)).toEqual(items.map(({ item }) => item));
  });

  it("names the evals of a file that holds several", () => {
    const several = asSource({ data: ["One", "Two"].map((name) => ({ name, testing_criteria: [] })) });
    expect(() => readOpenAiEvals([several], null)).toThrow(
      'config.yaml: holds 2 evals; choose one with --eval; there are "One", "Two"',
    );
    expect(() => readOpenAiEvals([several], "Three")).toThrow('has no eval "Three"');
    expect(readOpenAiEvals([several], "Two").name).toBe("Two");
  });

  it("says where items are that are not in it", () => {
    const data_source = { type: "jsonl", source: { type: "file_id", id: "file-9" } };
    const found = readOpenAiEvals([asSource({ eval: { testing_criteria: [] }, run: { data_source } })], null);
    expect(found.notCarried[0]).toMatchObject({ what: "the items of file file-9" });
    expect(found.notCarried[0]?.why).toContain("--items");
  });

  it.each([[{}], [[]], ["text"], [{ data: [{ testing_criteria: "no" }] }]])("%j holds no eval", (value) => {
    expect(() => readOpenAiEvals([asSource(value)], null)).toThrow("holds no eval");
  });

  it("of this project's sample gives only checks that a check file may hold", () => {
    const path = fileURLToPath(new URL("samples/ticket-eval.json", import.meta.url));
    const found = readOpenAiEvals([asSource(JSON.parse(readFileSync(path, "utf8")))], null);
    const { checks, goldenCases } = assemble(found, (settings) =>
      checkSettings.safeParse(settings).success ? null : "refused",
    );
    expect(checks.filter(({ active }) => active).map(({ settings }) => settings.id)).toEqual([
      "label-matches",
      "never-unknown",
      "close-to-the-label",
    ]);
    for (const { settings } of checks) expect(checkSettings.safeParse(settings).success).toBe(true);
    expect(goldenCases.map(({ id, input }) => [id, input])).toEqual([
      ["late", "My parcel is late"],
      ["twice", "I was billed twice"],
    ]);
  });
});
