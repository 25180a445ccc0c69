/** Scripts that put no blank between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const letters = /[\p{L}\p{M}\p{N}]+/gu;
const lettersOrMarks = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\s]/gu;

/** True when a text has letters of a script that puts no blank between words. */
export function isUnspaced(text: string): boolean {
  return unspaced.test(text);
}

/** Runs of letters and digits, in order; where a script has no blanks, words as Unicode cuts them (UAX #29). */
export function wordsIn(text: string): readonly string[] {
  return unspaced.test(text) ? cut(text).filter(isWord) : (text.match(letters) ?? []);
}

/** As `wordsIn`, with every punctuation mark as a word of its own. */
export function wordsAndMarksIn(text: string): readonly string[] {
  return unspaced.test(text) ? cut(text) : (text.match(lettersOrMarks) ?? []);
}

function isWord(part: string): boolean {
  return /[\p{L}\p{N}]/u.test(part);
}

function cut(text: string): readonly string[] {
  const parts: string[] = [];
  for (const { segment } of new Intl.Segmenter("en", { granularity: "word" }).segment(text)) {
    if (segment.trim() !== "") parts.push(segment);
  }
  return parts;
}
