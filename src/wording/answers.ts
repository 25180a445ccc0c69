import type { Answer } from "../domain/judgement.js";

/** What a person said, in a word: on buttons, in lists, in the order of the buttons. */
export const answerWords: Readonly<Record<Answer, string>> = {
  right: "Right",
  wrong: "Wrong",
  "cannot-tell": "Can’t tell",
};
