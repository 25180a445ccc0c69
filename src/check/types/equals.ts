import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { fail } from "../../domain/verdict.js";
import { isJsonList } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { quoted, shown } from "../../text/shown.js";
import { answersSetting, prepareAnswers } from "../answers.js";
import { defineCheckType, passing } from "../check-type.js";
import { expectedFor, expectedSetting, noReference } from "../expected.js";
import { numberIn } from "../numbers.js";
import { seenIn } from "../subject.js";
import { comparable, ignoreCaseSetting } from "../wording-match.js";

/** The value is the known-good one. */
export const equals = defineCheckType({
  type: "equals",
  group: "reference",
  says: "equals the known answer",
  example: {
    settings: { ignoreCase: true },
    good: { text: "billing", reference: "Billing" },
    bad: { text: "technical", reference: "Billing" },
  },
  settings: z.strictObject({
    expected: expectedSetting,
    ignoreCase: ignoreCaseSetting,
    ignoreSpace: z
      .boolean()
      .default(true)
      .describe("Any run of white space counts as one blank, none at the ends"),
    answers: answersSetting("answer").describe(
      "For an answer inside running text: tried in order, the first pattern that matches says what the text answers",
    ),
  }),
  prepare: ({ expected, ignoreCase, ignoreSpace, answers }) => {
    const answerIn = prepareAnswers(answers);
    const plain = (text: string) => {
      const compared = comparable(text, ignoreCase);
      return ignoreSpace ? compared.replace(/\s+/g, " ").trim() : compared;
    };
    return (subject) => {
      const wanted = expectedFor(subject, expected);
      if (wanted === null) return noReference();
      const seen = answerIn === null ? seenIn(subject) : answerIn(subject.text);
      if (seen === null)
        return fail(`"${shown(subject.text)}" gives none of the answers, expected ${quoted(wanted)}`);
      return same(seen, structuredLike(seen, wanted), plain)
        ? passing(() => `is ${quoted(seen)}, expected anything else`)
        : fail(`is ${quoted(seen)}, expected ${quoted(wanted)}`);
    };
  },
});

/** A reference may be JSON written as text. */
function structuredLike(seen: Json, wanted: Json): Json {
  if (typeof seen !== "object" || typeof wanted !== "string") return wanted;
  return parseStructured(wanted) ?? wanted;
}

function same(seen: Json, wanted: Json, plain: (text: string) => string): boolean {
  if (typeof seen === "string" && typeof wanted === "string") return plain(seen) === plain(wanted);
  if (typeof seen === "number" || typeof wanted === "number") {
    return typeof seen !== "object" && numberIn(seen) !== null && numberIn(seen) === numberIn(wanted);
  }
  if (isJsonList(seen) && isJsonList(wanted)) {
    return seen.length === wanted.length && seen.every((item, at) => same(item, wanted[at] ?? null, plain));
  }
  if (isJsonList(seen) || isJsonList(wanted)) return false;
  if (typeof seen !== "object" || typeof wanted !== "object" || seen === null || wanted === null) {
    return seen === wanted;
  }
  const keys = Object.keys(seen);
  return (
    keys.length === Object.keys(wanted).length &&
    keys.every((key) => Object.hasOwn(wanted, key) && same(seen[key] ?? null, wanted[key] ?? null, plain))
  );
}
