import { z } from "zod";
import { error, fail, pass } from "../../domain/verdict.js";
import { cosine } from "../../measure/cosine.js";
import { textOfJson } from "../../text/json-value.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { expectedFor, expectedSetting, noReference } from "../expected.js";

/**
 * The text is about the same as the known-good one, by the cosine of two embeddings. Embeddings tell what a text is
 * about, hardly whether it says yes or no: models rate a sentence and its negation as alike (Cao, "Enhancing Negation
 * Awareness in Universal Text Embeddings", 2025, arXiv 2504.00584). So it may not page by itself. The likeness of
 * unrelated texts differs from model to model; the least value has to be found on known answers.
 */
export const semanticSimilarity = defineCheckType({
  type: "semantic-similarity",
  group: "reference",
  says: "is about the same as the known answer",
  asks: true,
  loudest: "digest",
  example: {
    settings: { model: "embeddings", min: 0.8 },
    good: { text: "Your parcel comes on Friday.", reference: "The delivery is planned for Friday." },
    bad: { text: "Our shop sells lamps.", reference: "The delivery is planned for Friday." },
    answers: {
      good: [
        [
          [0.6, 0.8, 0],
          [0.64, 0.76, 0.1],
        ],
      ],
      bad: [
        [
          [0.1, 0.2, 0.97],
          [0.64, 0.76, 0.1],
        ],
      ],
    },
  },
  settings: z.strictObject({
    model: z.string().min(1).describe("The embedding model: an id from `models` of the configuration"),
    expected: expectedSetting,
    min: z
      .number()
      .min(-1)
      .max(1)
      .default(0.75)
      .describe(
        "Least likeness (cosine) from -1 to 1; find it on known answers, it differs from model to model. It sees what a text is about and is blind to negation, so this check may not page by itself",
      ),
    dimensions: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("How many numbers a vector of this model has; another length is `error`"),
  }),
  prepare: ({ model, expected, min, dimensions }) => {
    let known: Known | null =
      dimensions === undefined ? null : { length: dimensions, whence: "`dimensions` says" };
    return async (subject, asking) => {
      const wanted = expectedFor(subject, expected);
      if (wanted === null) return noReference();
      const compared = textOfJson(wanted);
      if (subject.text.trim() === "")
        return fail(`is empty, expected something like ${quoted(compared)}`, { score: 0 });
      const vectors = await asking.embed(model, [subject.text, compared]);
      const [left = [], right = []] = vectors;
      const wrong =
        vectors.length === 2 ? faultOf(left, right, known) : `gave ${vectors.length} vectors for 2 texts`;
      if (wrong !== null) return error(`could not tell: the embedding model ${wrong}`);
      known ??= { length: left.length, whence: "in its first answer since the start" };
      const score = cosine(left, right);
      if (score === null) return error("could not tell: the vectors of the embedding model have no angle");
      // Rounded down, so that 0.7996 does not read like the 0.8 it misses.
      const said = `${Math.floor(score * 1_000) / 1_000} like ${quoted(compared)} in meaning`;
      return score >= min
        ? pass({ score, reason: `is ${said}, expected less than ${min}` })
        : fail(`is ${said}, expected at least ${min}`, { score });
    };
  },
});

/** How many numbers a vector has, and where that was learned. */
interface Known {
  readonly length: number;
  readonly whence: string;
}

function faultOf(left: readonly number[], right: readonly number[], known: Known | null): string | null {
  if (left.length !== right.length) return `gave vectors of ${left.length} and ${right.length} numbers`;
  if (left.length === 0) return "gave an empty vector";
  if (known !== null && left.length !== known.length) {
    return `gave vectors of ${left.length} numbers, expected ${known.length} as ${known.whence}: it is another model now; find \`min\` anew and write "dimensions": ${left.length}`;
  }
  for (const vector of [left, right]) {
    if (!vector.every(Number.isFinite)) return "gave a vector with a value that is no number";
    if (vector.every((value) => value === 0)) return "gave a vector of zeros";
  }
  return null;
}
