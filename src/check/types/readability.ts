import { z } from "zod";
import { error, fail, pass, skipped } from "../../domain/verdict.js";
import { stringsIn } from "../../text/json-value.js";
import { defineCheckType } from "../check-type.js";
import { isOutside, limitsComplaint, sayLimits } from "../limits.js";
import { countProse, fleschReadingEase, wienerSachtextformel } from "../readability-formulas.js";

const maxText = 262_144;

const formulas = {
  en: { name: "Flesch Reading Ease", higher: "easier", score: fleschReadingEase },
  de: { name: "Wiener Sachtextformel", higher: "harder", score: wienerSachtextformel },
};

/**
 * The text reads as easily as it should: Flesch Reading Ease for English, Wiener Sachtextformel for German. Both count
 * lengths only; a short nonsense reads easily.
 */
export const readability = defineCheckType({
  type: "readability",
  group: "text",
  says: "reads as easily as it should",
  example: {
    settings: { language: "en", min: 50, minWords: 25 },
    good: "Your parcel left on Friday. It will reach you by Monday. You can track it on our page. If it is late, just write to us and we will look into it.",
    bad: "Notwithstanding aforementioned considerations regarding transportation, subsequent notification concerning anticipated availability necessitates supplementary administrative verification procedures, including comprehensive documentation of organisational responsibilities, contractual obligations, and international jurisdiction.",
  },
  settings: z.strictObject({
    language: z
      .enum(["en", "de"])
      .describe(
        "`en`: Flesch Reading Ease, higher is easier; `de`: Wiener Sachtextformel, the school year, higher is harder",
      ),
    min: z.number().optional().describe("Least score; en: 60 is plain English, 30 hard"),
    max: z.number().optional().describe("Greatest score; de: 8 is easy, 12 hard"),
    minWords: z
      .int()
      .min(5)
      .default(100)
      .describe("Shorter texts are skipped; Flesch measured samples of 100 words"),
  }),
  complaint: (limits) => limitsComplaint("readability", limits),
  prepare: ({ language, minWords, ...limits }) => {
    const { name, higher, score } = formulas[language];
    const expected = sayLimits(limits);
    return ({ text, value }) => {
      if (text.length > maxText) {
        return error(`could not tell: ${text.length} characters, readability is measured up to ${maxText}`);
      }
      const counts = countProse(value === undefined ? text : stringsIn(value).join("\n\n"), language);
      if (counts.words < minWords) return skipped(`has ${counts.words} words, readability needs ${minWords}`);
      const seen = Math.round(score(counts) * 10) / 10;
      const mean = Math.round((counts.words / counts.sentences) * 10) / 10;
      const said = `has a ${name} of ${seen} (${higher} when higher), with ${mean} words a sentence`;
      return isOutside(seen, limits)
        ? fail(`${said}, expected ${expected}`)
        : pass({ reason: `${said}, expected not ${expected}` });
    };
  },
});
