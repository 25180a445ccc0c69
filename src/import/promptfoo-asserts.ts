import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList, textOfJson } from "../text/json-value.js";
import { parseJson } from "../text/parse-json.js";
import type { Mapped } from "./imported.js";
import { type Assert, type Mapping, noValue } from "./promptfoo-assert.js";
import { judgedAsserts } from "./promptfoo-judged.js";
import { sqlAsserts } from "./promptfoo-sql.js";

/** promptfoo's defaults, as its documentation gives them. */
const defaults = { levenshtein: 5, rouge: 0.75, bleu: 0.5 };

// The names are those of https://www.promptfoo.dev/docs/configuration/expected-outputs/deterministic/ (2026).
const asserts: Readonly<Record<string, Mapping>> = {
  equals: ({ value, not }) =>
    value === undefined
      ? noValue
      : { settings: turned({ type: "equals", ignoreSpace: false }, not), known: value },
  contains: (assert) => containing(assert, false),
  icontains: (assert) => containing(assert, true),
  "contains-any": (assert) => containingAny(assert, false),
  "icontains-any": (assert) => containingAny(assert, true),
  "contains-all": (assert) => containingAll(assert, false),
  "icontains-all": (assert) => containingAll(assert, true),
  regex: ({ value, not }) =>
    isText(value) ? { settings: turned({ type: "regex", pattern: textOfJson(value) }, not) } : noValue,
  "starts-with": ({ value, not }) =>
    isText(value) ? { settings: turned({ type: "starts-with", prefix: textOfJson(value) }, not) } : noValue,
  "is-json": (assert) => jsonText(assert, { strict: true }, {}),
  "contains-json": (assert) => jsonText(assert, { anywhere: true }, { anywhere: true }),
  "is-xml": ({ value, not }) => markup("is-xml", value, not, { strict: true }),
  "contains-xml": ({ value, not }) => markup("is-xml", value, not, { anywhere: true }),
  "is-html": ({ value, not }) => markup("is-html", value, not, { strict: true }),
  "contains-html": ({ value, not }) => markup("is-html", value, not, { anywhere: true }),
  levenshtein: ({ value, threshold, not }) => {
    if (!isText(value)) return noValue;
    const edits = threshold ?? defaults.levenshtein;
    const length = textOfJson(value).length;
    // as a share of the longer text, in steps of 5 %, so that cases of like length share a check
    const min = Math.floor((length / Math.max(1, length + edits)) * 20) / 20;
    const remarks = [
      `Was: at most ${edits} edits. Here likeness is a share: 1 minus edits by the longer text.`,
    ];
    return { settings: turned({ type: "fuzzy-text", min }, not), known: value, remarks };
  },
  "rouge-n": ({ value, threshold, not }) =>
    overlap({ method: "rouge-1", min: threshold ?? defaults.rouge }, value, not),
  bleu: ({ value, threshold, not }) =>
    overlap({ method: "bleu", min: threshold ?? defaults.bleu }, value, not),
  latency: ({ threshold, not }) =>
    threshold === null ? noThreshold : { settings: turned({ type: "latency", maxMs: threshold }, not) },
  cost: ({ threshold, not }) =>
    threshold === null ? noThreshold : { settings: turned({ type: "cost", maxUsd: threshold }, not) },
  "word-count": wordCount,
  "is-refusal": ({ not }) => ({ settings: turned({ type: "refusal" }, !not) }),
  "finish-reason": ({ value, not }) =>
    isText(value)
      ? { settings: turned({ type: "finish-reason", allowed: [textOfJson(value)] }, not) }
      : noValue,
  ...sqlAsserts,
  ...judgedAsserts,
};

const code =
  "it is program code, which is not carried over; say the rule with a check type, or write a script check";
const traces = "it looks at the steps of an agent, and an output here carries none";

/** Why the others stay behind. */
const reasons: Readonly<Record<string, string>> = {
  gleu: "GLEU is not computed here; ngram-overlap with chrf comes closest",
  meteor: "METEOR needs a dictionary of synonyms; ngram-overlap with chrf comes closest",
  perplexity: "it needs the probabilities of the tokens, which outputs do not carry",
  "perplexity-score": "it needs the probabilities of the tokens, which outputs do not carry",
  classifier: "it asks a classifier at Hugging Face; judge-choice puts the same question to a model of yours",
  moderation: "it asks a moderation service; a webhook check can ask the same one",
  guardrails: "it reads what the vendor's guardrail said; map finishReason, and check it with refusal",
  pi: "it asks the scorer of one vendor; a webhook check can ask the same one",
  "select-best": "it compares several models with each other; pairwise-vs-golden compares with known answers",
  "max-score": "it compares several models with each other; pairwise-vs-golden compares with known answers",
  "is-valid-function-call":
    "it reads the tools of the provider's settings; copy their schema into a json-schema check",
  "is-valid-openai-function-call":
    "it reads the tools of the provider's settings; copy their schema into a json-schema check",
  "is-valid-openai-tools-call":
    "it reads the tools of the provider's settings; copy their schema into a json-schema check",
  "tool-call-f1": "tool calls are not part of an output here",
  "skill-used": traces,
  human: "a person judges; spot checks do that here",
  javascript: code,
  python: code,
  ruby: code,
};

/** What an assert becomes, or why it stays behind. */
export function mapAssert(assert: Assert): Mapped | string {
  const mapping = Object.hasOwn(asserts, assert.type) ? asserts[assert.type] : undefined;
  if (mapping !== undefined) return mapping(assert);
  if (/^(?:trajectory|trace)[:-]/.test(assert.type)) return traces;
  const reason = Object.hasOwn(reasons, assert.type) ? reasons[assert.type] : undefined;
  return reason ?? `"${assert.type}" has no counterpart here`;
}
const noThreshold = "it has no threshold, so it only measures";

/** Settings of a check, turned round where the assert was. */
function turned(settings: JsonObject, not: boolean): JsonObject {
  return not ? { ...settings, not: true } : settings;
}

function isText(value: Json | undefined): value is string | number | boolean {
  return typeof value === "string" ? value !== "" : typeof value === "number" || typeof value === "boolean";
}

function containing({ value, not }: Assert, ignoreCase: boolean): Mapped | string {
  if (!isText(value)) return noValue;
  const type = not ? "not-contains" : "contains";
  return { settings: { type, text: textOfJson(value), ...caseOf(ignoreCase) } };
}

function containingAny({ value, not }: Assert, ignoreCase: boolean): Mapped | string {
  const any = listOf(value);
  if (any === null) return noValue;
  return { settings: { type: not ? "not-contains" : "contains", any, ...caseOf(ignoreCase) } };
}

function containingAll({ value, not }: Assert, ignoreCase: boolean): Mapped | string {
  const every = listOf(value);
  if (every === null) return noValue;
  return { settings: turned({ type: "contains", all: every, ...caseOf(ignoreCase) }, not) };
}

function caseOf(ignoreCase: boolean): JsonObject {
  return ignoreCase ? { ignoreCase: true } : {};
}

function listOf(value: Json | undefined): readonly string[] | null {
  const list = typeof value === "string" ? value.split(",").map((part) => part.trim()) : value;
  const texts = isJsonList(list) ? list.filter(isText).map(textOfJson) : [];
  return texts.length === 0 ? null : texts;
}

function jsonText({ value, not }: Assert, plain: JsonObject, withSchema: JsonObject): Mapped | string {
  if (value === undefined || value === null || value === "") {
    return { settings: turned({ type: "is-json", ...plain }, not) };
  }
  const parsed = typeof value === "string" ? parseJson(value) : { ok: true as const, value };
  if (!parsed.ok) return `its schema ${parsed.reason}`;
  return { settings: turned({ type: "json-schema", schema: parsed.value, ...withSchema }, not) };
}

function markup(type: string, value: Json | undefined, not: boolean, how: JsonObject): Mapped {
  const written = isJsonObject(value) ? value.requiredElements : undefined;
  const elements = isJsonList(written)
    ? written.filter(isText).map((path) => textOfJson(path).replaceAll(".", "/"))
    : [];
  return {
    settings: turned({ type, ...how, ...(elements.length === 0 ? {} : { requiredElements: elements }) }, not),
  };
}

function overlap(how: JsonObject, value: Json | undefined, not: boolean): Mapped | string {
  if (!isText(value) && listOf(value) === null) return noValue;
  return { settings: turned({ type: "ngram-overlap", ...how }, not), known: value ?? null };
}

function wordCount({ value, not }: Assert): Mapped | string {
  const limits = isJsonObject(value) ? value : { min: value ?? null, max: value ?? null };
  const [min, max] = [numberOf(limits.min), numberOf(limits.max)];
  if (min === null && max === null) return noValue;
  const bounds = { ...(min === null ? {} : { min }), ...(max === null ? {} : { max }) };
  return { settings: turned({ type: "length", unit: "words", ...bounds }, not) };
}

function numberOf(value: Json | undefined): number | null {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}
