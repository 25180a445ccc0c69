import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, skipped } from "../../domain/verdict.js";
import { roundedDown } from "../../measure/rounding.js";
import { isJsonList } from "../../text/json-value.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { expectedFor, expectedSetting, expectedText, noReference } from "../expected.js";
import { bleu, chrf, type Overlap, rouge, rougeL } from "../overlap-scores.js";
import { comparable } from "../wording-match.js";

/** Longest text compared, in characters; ROUGE-L takes about 60 ms on two texts of 10,000 words. */
const mostCharacters = 60_000;

const kinds = ["rouge-1", "rouge-2", "rouge-l", "bleu", "chrf"] as const;
const counts = ["recall", "precision", "f1"] as const;

interface Method {
  readonly name: string;
  /** What the text has too few of. */
  readonly shares: string;
  score(seen: string, wanted: readonly string[], options: Options): number;
}

interface Options {
  readonly count: (typeof counts)[number];
  readonly beta: number;
}

/** Enough words or word sequences of the known-good text occur: ROUGE, BLEU or chrF. */
export const ngramOverlap = defineCheckType({
  type: "ngram-overlap",
  group: "reference",
  says: "shares its wording with the known answer",
  example: {
    settings: { method: "rouge-1", count: "recall", min: 0.6 },
    good: {
      text: "The pump failed twice in May. A technician replaced its seal.",
      reference: "In May the pump failed twice; its seal was replaced.",
    },
    bad: {
      text: "The customer is happy with the service and asks for a quote.",
      reference: "In May the pump failed twice; its seal was replaced.",
    },
  },
  settings: z.strictObject({
    expected: expectedSetting,
    method: z
      .enum(kinds)
      .default("rouge-1")
      .describe(
        "`rouge-1`, `rouge-2`: shared words or pairs of words; `rouge-l`: words in the same order; `bleu`: sequences of 1 to 4 words (sentence BLEU, smoothing method 3 of Chen and Cherry); `chrf`: sequences of 1 to 6 characters. A list of texts as known answer: several good ones, the best counts",
      ),
    count: z
      .enum(counts)
      .optional()
      .describe(
        "ROUGE only: `recall`: share of the known answer that occurs; `precision`: share of the text that belongs to it; `f1` (the default): both",
      ),
    beta: z
      .number()
      .min(1)
      .max(3)
      .optional()
      .describe("chrF only: how many times as much recall weighs; default: 2"),
    min: z.number().min(0).max(1).default(0.5).describe("Least score, 0 to 1"),
    ignoreCase: z
      .boolean()
      .default(true)
      .describe("Treats `A` and `a` as the same, as is usual for ROUGE; published BLEU and chrF do not"),
  }),
  complaint: ({ method, count, beta }) => {
    if (count !== undefined && !method.startsWith("rouge"))
      return `count belongs to rouge-1, rouge-2 and rouge-l, not to ${method}`;
    return beta !== undefined && method !== "chrf" ? `beta belongs to chrf, not to ${method}` : null;
  },
  prepare: ({ expected, method, count = "f1", beta = 2, min, ignoreCase }) => {
    const { name, shares, score: scoreOf } = methods[method];
    const label = method.startsWith("rouge") ? `${name} ${count === "f1" ? "F1" : count}` : name;
    return (subject) => {
      const wanted = expectedFor(subject, expected);
      if (wanted === null) return noReference();
      const known = knownTexts(wanted).map((text) => comparable(text, ignoreCase));
      const longest = Math.max(subject.text.length, ...known.map((text) => text.length));
      if (longest > mostCharacters) {
        return error(`a text has ${longest} characters, at most ${mostCharacters} are compared`);
      }
      if (!known.some((text) => /[\p{L}\p{N}]/u.test(text))) return skipped("the known answer has no words");
      const score = scoreOf(comparable(subject.text, ignoreCase), known, { count, beta });
      const said = `${label} is ${roundedDown(score)}`;
      return score >= min
        ? passing(() => `shares too much wording with the known answer: ${said}, expected less than ${min}`, {
            score,
          })
        : fail(`has too few ${shares} in common with ${quoted(wanted)}: ${said}, expected at least ${min}`, {
            score,
          });
    };
  },
});

const methods: Readonly<Record<(typeof kinds)[number], Method>> = {
  "rouge-1": ofRouge("ROUGE-1", "words", (seen, wanted) => rouge(1, seen, wanted)),
  "rouge-2": ofRouge("ROUGE-2", "pairs of words", (seen, wanted) => rouge(2, seen, wanted)),
  "rouge-l": ofRouge("ROUGE-L", "words in the same order", rougeL),
  bleu: { name: "BLEU", shares: "words and phrases", score: bleu },
  chrf: {
    name: "chrF",
    shares: "pieces of words",
    score: (seen, wanted, { beta }) => Math.max(...wanted.map((each) => chrf(seen, each, beta))),
  },
};

function ofRouge(name: string, shares: string, compare: (seen: string, wanted: string) => Overlap): Method {
  return {
    name,
    shares,
    score: (seen, wanted, { count }) => Math.max(...wanted.map((each) => compare(seen, each)[count])),
  };
}

function knownTexts(wanted: Json): readonly string[] {
  if (!isJsonList(wanted)) return [expectedText(wanted)];
  const texts = wanted.filter((each) => typeof each === "string");
  return texts.length > 0 && texts.length === wanted.length ? texts : [expectedText(wanted)];
}
