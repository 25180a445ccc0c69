import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { fail, skipped } from "../../domain/verdict.js";
import { textOfJson } from "../../text/json-value.js";
import { quoted, shown } from "../../text/shown.js";
import { answersSetting, prepareAnswers } from "../answers.js";
import { defineCheckType, passing } from "../check-type.js";
import { expectedFor, expectedSetting, noReference } from "../expected.js";
import { wording } from "../setting-kinds.js";
import { seenIn } from "../subject.js";

/** The label that the output gives is the known one, whatever its spelling. */
export const labelMatch = defineCheckType({
  type: "label-match",
  group: "reference",
  says: "gives the known label",
  example: {
    settings: { on: "category", synonyms: { billing: ["invoice", "payment"] } },
    good: { text: '{"category":"Payment"}', reference: { category: "billing" } },
    bad: { text: '{"category":"billing"}', reference: { category: "technical" } },
  },
  settings: z.strictObject({
    expected: expectedSetting,
    synonyms: z
      .record(wording, z.array(wording).min(1).max(1_000))
      .default({})
      .describe('Other wordings of a label, such as { "billing": ["invoice", "payment"] }'),
    answers: answersSetting("label").describe(
      "For a label inside running text: tried in order, the first pattern that matches says which label it is",
    ),
  }),
  complaint: ({ synonyms }) => ambiguous(synonyms),
  prepare: ({ expected, synonyms, answers }) => {
    const labels = labelsOf(synonyms);
    const labelOf = (text: string) => labels.get(plainLabel(text)) ?? plainLabel(text);
    const answerIn = prepareAnswers(answers);
    return (subject) => {
      const wanted = expectedFor(subject, expected);
      if (wanted === null) return noReference();
      if (typeof wanted === "object") return skipped("the reference is not a label but a list or object");
      const known = textOfJson(wanted);
      const said = answerIn === null ? labelIn(seenIn(subject)) : answerIn(subject.text);
      if (said === null) {
        return fail(`"${shown(subject.text)}" gives no label, known answer ${quoted(known)}`);
      }
      return labelOf(said) === labelOf(known)
        ? passing(() => `said ${quoted(said)}, known answer ${quoted(known)}, expected another label`)
        : fail(`said ${quoted(said)}, known answer ${quoted(known)}`);
    };
  },
});

/** null: a list, an object or nothing. */
function labelIn(seen: Json): string | null {
  if (typeof seen === "object") return null;
  const text = textOfJson(seen);
  return plainLabel(text) === "" ? null : text;
}

/** No case, no accents' composition, no punctuation around it; `in_stock`, `In-stock` and `in stock` are one label. */
function plainLabel(text: string): string {
  return text
    .slice(0, longestLabel)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_-]+/gu, " ")
    .replace(/^[\s\p{P}]+/u, "")
    .replace(/(?<![\s\p{P}])[\s\p{P}]+$/u, "");
}

/** A longer text is no label; its beginning tells it from one. */
const longestLabel = 500;

function labelsOf(synonyms: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(synonyms).flatMap(([label, others]) =>
      [label, ...others].map((other) => [plainLabel(other), plainLabel(label)] as const),
    ),
  );
}

function ambiguous(synonyms: Readonly<Record<string, readonly string[]>>): string | null {
  const meant = new Map<string, string>();
  for (const [label, others] of Object.entries(synonyms)) {
    for (const other of [label, ...others]) {
      const before = meant.get(plainLabel(other));
      if (before !== undefined && before !== label) {
        return `synonyms: "${other}" stands under "${before}" and "${label}"; leave it under one of them`;
      }
      meant.set(plainLabel(other), label);
    }
  }
  return null;
}
