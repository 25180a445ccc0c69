import { plainName } from "../text/nearest.js";

/** What is written here for a check type that is known under another name elsewhere. */
interface Written {
  readonly type: string;
  /** What else to write, or another way. */
  readonly more?: string;
}

const ignoreCase = 'with "ignoreCase": true';
const anyOf = 'with "any": [...]';
const allOf = 'with "all": [...]';
const inside = 'with "anywhere": true';
const reference = 'with "show": ["input", "reference"]';
const code: Written = { type: "expression", more: 'or "script" for a JavaScript file' };

/**
 * Names of checks, asserts, graders and metrics in promptfoo, OpenAI's evals, DeepEval, Ragas and autoevals, and plain
 * words for the same; capitals, hyphens, underscores and spaces do not matter.
 */
const otherNames: Readonly<Record<string, Written>> = {
  "exact-match": { type: "equals" },
  "string-check": { type: "equals" },
  icontains: { type: "contains", more: ignoreCase },
  "contains-any": { type: "contains", more: anyOf },
  "icontains-any": { type: "contains", more: `${anyOf} and "ignoreCase": true` },
  "contains-all": { type: "contains", more: allOf },
  "icontains-all": { type: "contains", more: `${allOf} and "ignoreCase": true` },
  matches: { type: "regex" },
  pattern: { type: "regex" },
  "valid-json": { type: "is-json" },
  "is-valid-json": { type: "is-json" },
  "json-validity": { type: "is-json" },
  "contains-json": { type: "is-json", more: inside },
  "json-correctness": { type: "json-schema" },
  "contains-xml": { type: "is-xml", more: inside },
  "contains-html": { type: "is-html", more: inside },
  "contains-sql": { type: "is-sql", more: inside },
  "valid-sql": { type: "is-sql" },
  "is-valid-sql": { type: "is-sql" },
  enum: { type: "one-of" },
  "valid-choices": { type: "one-of" },
  "word-count": { type: "length", more: 'with "unit": "words"' },
  "sentence-count": { type: "length", more: 'with "unit": "sentences"' },
  "text-length": { type: "length" },
  "max-length": { type: "length", more: 'with "max"' },
  "valid-length": { type: "length" },
  levenshtein: { type: "fuzzy-text" },
  "edit-distance": { type: "fuzzy-text" },
  "string-distance": { type: "fuzzy-text" },
  "text-similarity": { type: "fuzzy-text", more: 'or "ngram-overlap" for BLEU and ROUGE' },
  "fuzzy-match": { type: "fuzzy-text" },
  "rouge-n": { type: "ngram-overlap", more: 'with "method": "rouge-1" or "rouge-2"' },
  rouge: { type: "ngram-overlap", more: 'with "method": "rouge-1", "rouge-2" or "rouge-l"' },
  "rouge-l": { type: "ngram-overlap", more: 'with "method": "rouge-l"' },
  bleu: { type: "ngram-overlap", more: 'with "method": "bleu"' },
  gleu: { type: "ngram-overlap", more: 'with "method": "bleu" or "chrf", which come closest' },
  meteor: { type: "ngram-overlap", more: 'with "method": "chrf", which comes closest' },
  chrf: { type: "ngram-overlap", more: 'with "method": "chrf"' },
  similar: { type: "semantic-similarity" },
  similarity: { type: "semantic-similarity" },
  "similar:cosine": { type: "semantic-similarity" },
  "cosine-similarity": { type: "semantic-similarity" },
  "embedding-similarity": { type: "semantic-similarity" },
  "answer-similarity": { type: "semantic-similarity" },
  "bert-score": { type: "semantic-similarity" },
  "llm-rubric": { type: "judge" },
  "llm-judge": { type: "judge" },
  "llm-as-a-judge": { type: "judge" },
  "g-eval": { type: "judge" },
  rubric: { type: "judge" },
  criteria: { type: "judge" },
  "score-model": { type: "judge" },
  "model-graded-closedqa": { type: "judge" },
  "closed-qa": { type: "judge" },
  "answer-relevance": { type: "judge" },
  "answer-relevancy": { type: "judge" },
  toxicity: { type: "judge" },
  bias: { type: "judge" },
  factuality: { type: "judge", more: reference },
  "model-graded-factuality": { type: "judge", more: reference },
  "answer-correctness": { type: "judge", more: reference },
  "label-model": { type: "judge-choice" },
  classifier: { type: "judge-choice" },
  classification: { type: "judge-choice", more: 'or "label-match" for a label in the output' },
  sentiment: { type: "judge-choice" },
  "context-faithfulness": { type: "faithful-to-source" },
  faithfulness: { type: "faithful-to-source" },
  groundedness: { type: "faithful-to-source", more: 'or "grounded-values" for numbers, dates and names' },
  hallucination: { type: "faithful-to-source", more: 'or "grounded-values" for numbers, dates and names' },
  "select-best": { type: "pairwise-vs-golden" },
  "max-score": { type: "pairwise-vs-golden" },
  pairwise: { type: "pairwise-vs-golden" },
  javascript: code,
  python: code,
  ruby: code,
  code,
  lambda: code,
  moderation: { type: "webhook", more: "that asks the moderation service" },
  guardrails: { type: "webhook", more: 'that asks the service, or "finish-reason"' },
  "http-request": { type: "webhook" },
  "is-refusal": { type: "refusal" },
  jailbreak: { type: "prompt-injection" },
  "pii-leakage": { type: "pii" },
  "detect-pii": { type: "pii" },
  "secrets-present": { type: "secrets" },
  "valid-url": { type: "links" },
  "valid-date": { type: "format" },
  email: { type: "format" },
  date: { type: "format" },
  flesch: { type: "readability" },
  "reading-ease": { type: "readability" },
  "response-time": { type: "latency" },
  duration: { type: "latency" },
  price: { type: "cost" },
  "token-count": { type: "tokens" },
  "tool-correctness": { type: "tool-calls" },
  "tool-call-f1": { type: "tool-calls" },
  "is-valid-function-call": { type: "tool-calls" },
  "is-valid-openai-function-call": { type: "tool-calls" },
  "is-valid-openai-tools-call": { type: "tool-calls" },
};

const byPlainName = new Map(Object.entries(otherNames).map(([name, written]) => [plainName(name), written]));

/** The check types that the table leads to; a test holds them against the registry. */
export const typesMeant: readonly string[] = [...new Set(Object.values(otherNames).map(({ type }) => type))];

/** For a name that another tool has for a check type: what to write here; null: no such name is known. */
export function knownElsewhere(name: string): string | null {
  const direct = byPlainName.get(plainName(name));
  if (direct !== undefined) return inWords(direct);
  const turned = /^not[-_ ]/i.test(name) ? byPlainName.get(plainName(name.slice(4))) : undefined;
  return turned === undefined ? null : `${inWords(turned)}, and "not": true`;
}

function inWords({ type, more }: Written): string {
  return `known elsewhere, here write "${type}"${more === undefined ? "" : ` ${more}`}`;
}
