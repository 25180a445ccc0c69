import { z } from "zod";
import { fail } from "../../domain/verdict.js";
import { roundedDown } from "../../measure/rounding.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { expectedFor, expectedSetting, expectedText, noReference } from "../expected.js";
import { comparedCharacters, likeness, likenessKinds } from "../likeness.js";
import { ignoreCaseSetting } from "../wording-match.js";

/** The text is nearly the known-good one. */
export const fuzzyText = defineCheckType({
  type: "fuzzy-text",
  group: "reference",
  says: "is close to the known answer",
  example: {
    settings: { min: 0.8 },
    good: { text: "Your parcel arrives on Friday.", reference: "Your parcel arrives Friday." },
    bad: { text: "We cannot find your order.", reference: "Your parcel arrives Friday." },
  },
  settings: z.strictObject({
    expected: expectedSetting,
    method: z
      .enum(likenessKinds)
      .default("levenshtein")
      .describe(
        "`levenshtein`: share of characters that need no edit; `token-set`: shared words in any order (Dice)",
      ),
    min: z.number().min(0).max(1).default(0.8).describe("Least likeness, 0 to 1"),
    ignoreCase: ignoreCaseSetting,
  }),
  prepare:
    ({ expected, method, min, ignoreCase }) =>
    (subject) => {
      const wanted = expectedFor(subject, expected);
      if (wanted === null) return noReference();
      const compared = expectedText(wanted);
      const score = likeness(method, subject.text, compared, ignoreCase);
      const longest = Math.max(subject.text.length, compared.length);
      const cut =
        method === "levenshtein" && longest > comparedCharacters
          ? ` over the first ${comparedCharacters} characters`
          : "";
      const said = () => `${roundedDown(score)} like ${quoted(compared)}${cut}`;
      return score >= min
        ? passing(() => `is ${said()}, expected less than ${min}`, { score })
        : fail(`is ${said()}, expected at least ${min}`, { score });
    },
});
