import { describe, expect, it } from "vitest";
import { knownElsewhere, typesMeant } from "../../src/check/other-names.js";
import { checkTypes } from "../../src/check/registry.js";
import { faultsOf } from "./judge.js";

describe("a check type named as another tool names it", () => {
  it.each([
    ["llm-rubric", '"judge"'],
    ["model-graded-closedqa", '"judge"'],
    ["model_graded_closedqa", '"judge"'],
    ["javascript", '"expression" or "script" for a JavaScript file'],
    ["python", '"expression" or "script" for a JavaScript file'],
    ["similar", '"semantic-similarity"'],
    ["icontains", '"contains" with "ignoreCase": true'],
    ["not-icontains", '"contains" with "ignoreCase": true, and "not": true'],
    ["rouge-n", '"ngram-overlap" with "method": "rouge-1" or "rouge-2"'],
    ["bleu", '"ngram-overlap" with "method": "bleu"'],
    ["levenshtein", '"fuzzy-text"'],
    ["word-count", '"length" with "unit": "words"'],
    ["contains-json", '"is-json" with "anywhere": true'],
    ["contains-sql", '"is-sql" with "anywhere": true'],
  ])("%s", (named, written) => {
    expect(knownElsewhere(named)).toBe(`known elsewhere, here write ${written}`);
    expect(faultsOf({ id: "a", type: named })).toEqual([
      expect.stringContaining(
        `no such check type; known elsewhere, here write ${written}; there are checksum,`,
      ),
    ]);
  });

  it("is told a type that there is", () => {
    expect(typesMeant.filter((type) => !checkTypes.has(type))).toEqual([]);
  });

  it.each(["horoscope", "", "__proto__", "constructor", "not-horoscope"])(
    "of no tool gets no such hint: %j",
    (named) => {
      expect(knownElsewhere(named)).toBeNull();
    },
  );

  it("never hides a type of its own", () => {
    expect([...checkTypes.keys()].filter((type) => knownElsewhere(type) !== null)).toEqual([]);
  });
});
