import type { Json, JsonObject } from "../domain/json.js";

/** `similar(0.8): text`, `not-contains: text`, `is-json`. */
const shortForm = /^(not-)?([a-z][a-z-]*(?::cosine)?)(?:\((\d{1,9}(?:\.\d{1,9})?)\))?(?::([\s\S]*))?$/;

/** Names of asserts that the short form of a table knows; anything else in the column is the answer itself. */
const known = new Set(
  [
    "equals contains icontains contains-any icontains-any contains-all icontains-all regex starts-with is-json",
    "contains-json is-xml contains-xml is-html contains-html is-sql contains-sql levenshtein rouge-n bleu gleu meteor",
    "latency cost word-count is-refusal finish-reason similar llm-rubric g-eval model-graded-closedqa factuality",
    "model-graded-factuality answer-relevance context-faithfulness context-recall context-relevance webhook javascript",
    "python classifier moderation guardrails perplexity perplexity-score pi select-best max-score human",
    "tool-call-f1 is-valid-function-call is-valid-openai-function-call is-valid-openai-tools-call skill-used",
  ].flatMap((line) => line.split(" ")),
);

const lists = new Set(["contains-any", "contains-all", "icontains-any", "icontains-all"]);
const legacy: Readonly<Record<string, string>> = {
  fn: "javascript",
  eval: "javascript",
  grade: "llm-rubric",
};

/** The assert that a cell of an `__expected` column means. */
function assertInCell(cell: string): JsonObject {
  const old = /^(fn|eval|grade):([\s\S]*)$/.exec(cell);
  if (old !== null) return { type: legacy[old[1] ?? ""] ?? "", value: (old[2] ?? "").trim() };
  if (/^file:\/\/.*\.(?:js|ts|mjs|cjs)(?::\w+)?$/.test(cell)) return { type: "javascript", value: cell };
  if (/^file:\/\/.*\.py(?::\w+)?$/.test(cell)) return { type: "python", value: cell };
  const found = shortForm.exec(cell.trim());
  const [, not = "", type = "", threshold, value] = found ?? [];
  if (!known.has(type)) return { type: "equals", value: cell };
  const trimmed = value?.trim();
  const read: Json =
    trimmed === undefined ? null : lists.has(type) ? trimmed.split(",").map((each) => each.trim()) : trimmed;
  return {
    type: `${not}${type}`,
    ...(read === null ? {} : { value: read }),
    ...(threshold === undefined ? {} : { threshold: Number(threshold) }),
  };
}

/** A row of a table as the test case it means; columns that begin with `__` are not variables. */
export function testOfRow(row: JsonObject): JsonObject {
  const columns = Object.entries(row);
  const cell = (value: Json) => (typeof value === "string" ? value : String(value ?? ""));
  const metric = row.__metric;
  const asserts = columns
    .filter(([name, value]) => name.startsWith("__expected") && cell(value).trim() !== "")
    .map(([, value]) => ({ ...assertInCell(cell(value)), ...(metric ? { metric } : {}) }));
  const metadata = columns.filter(([name]) => name.startsWith("__metadata:"));
  return {
    vars: Object.fromEntries(columns.filter(([name]) => !name.startsWith("__"))),
    assert: asserts,
    ...(row.__description ? { description: row.__description } : {}),
    ...(metadata.length === 0
      ? {}
      : {
          metadata: Object.fromEntries(
            metadata.map(([name, value]) => [name.slice("__metadata:".length), value]),
          ),
        }),
  };
}
