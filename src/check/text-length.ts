import { isUnspaced, wordsIn } from "../text/words.js";

/** One way to say how long a text is. */
interface Measure {
  readonly one: string;
  readonly many: string;
  count(text: string): number;
}

/** The ways to say how long a text is. */
export const measures: Readonly<Record<"chars" | "words" | "sentences", Measure>> = {
  chars: { one: "character", many: "characters", count: countCharacters },
  words: { one: "word", many: "words", count: countWords },
  sentences: { one: "sentence", many: "sentences", count: countSentences },
};

/** Code points of the composed form, so that é counts once however it is written. */
function countCharacters(text: string): number {
  let count = 0;
  for (const _character of text.normalize("NFC")) count += 1;
  return count;
}

/** Runs without white space that hold a letter or digit; in scripts without blanks, as Unicode cuts words. */
function countWords(text: string): number {
  if (isUnspaced(text)) return wordsIn(text).length;
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** Ends at `.`, `!`, `?` or `…` before white space, at a full-width stop, or at an empty line. */
function countSentences(text: string): number {
  return text
    .split(/(?<=[.!?…]["'”’»)\]]?)\s+|(?<=[。！？])|\n\s*\n/u)
    .filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}
