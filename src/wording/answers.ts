import type { Answer, Judgement } from "../domain/judgement.js";

/** What a person said, in a word: on buttons, in lists, in the order of the buttons. */
export const answerWords: Readonly<Record<Answer, string>> = {
  right: "Right",
  wrong: "Wrong",
  "cannot-tell": "Can’t tell",
};

/** "Marta Quill (Slack)": who said it, and by what way where it came by one that can be passed on. */
export function sayWho({ who, via }: Pick<Judgement, "who" | "via">): string {
  return via === null ? who : `${who} (${via})`;
}

/** "Marta Quill (Slack) said: wrong." */
export function sayJudgement(judgement: Pick<Judgement, "who" | "via" | "answer">): string {
  return `${sayWho(judgement)} said: ${answerWords[judgement.answer].toLowerCase()}.`;
}
