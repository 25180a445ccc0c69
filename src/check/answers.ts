import { z } from "zod";
import { compilePattern } from "../text/pattern.js";
import { flagsSetting, patternSetting, wording } from "./setting-kinds.js";

/** The answers that a running text may give, each with the pattern that shows it; `what` is what a match means. */
export function answersSetting(what: string) {
  return z
    .array(
      z.strictObject({
        says: wording.describe(`The ${what} that a match means`),
        pattern: patternSetting.describe("RE2 pattern that shows it"),
        flags: flagsSetting,
      }),
    )
    .min(1)
    .max(100)
    .optional();
}

/** Reads the answer out of a text: that of the first pattern that matches, or null. */
export type AnswerReader = (text: string) => string | null;

/** Compiles the patterns once; null: none are declared. */
export function prepareAnswers(answers: z.output<ReturnType<typeof answersSetting>>): AnswerReader | null {
  if (answers === undefined) return null;
  const readers = answers.map(({ says, pattern, flags }) => ({
    says,
    pattern: compilePattern(pattern, flags),
  }));
  return (text) => readers.find((reader) => reader.pattern.test(text))?.says ?? null;
}
