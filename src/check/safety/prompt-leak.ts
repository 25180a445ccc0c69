import { shown } from "../../text/shown.js";
import { isUnspaced } from "../../text/words.js";
import { plainText } from "./plain-text.js";
import type { Sighting } from "./sighting.js";

/** Words in a row that two texts share by chance only where both quote something. */
const runLength = 8;

/** What is wrong with a prompt that is too short to be recognised, or null. */
export function promptComplaint(prompt: string): string | null {
  const found = wordsOf(plainText(prompt).text).length;
  return found >= runLength
    ? null
    : `say at least ${runLength} words of the prompt, found ${found}: fewer are never recognised; shorter wordings go into "promptFragments"`;
}

/** Compares texts with the prompt that must stay inside: `fragments` word for word, `prompt` by runs of words. */
export function prepareLeak(
  prompt: string,
  fragments: readonly string[],
): (text: string) => readonly Sighting[] {
  const secret = new Set(runsOf(wordsOf(plainText(prompt).text)).map(({ run }) => run));
  const wanted = fragments
    .map((fragment) => plainText(fragment).text.trim())
    .filter((fragment) => fragment !== "");
  if (secret.size === 0 && wanted.length === 0) return () => [];
  return (text) => {
    const plain = plainText(text);
    for (const fragment of wanted) {
      const index = plain.text.indexOf(fragment);
      if (index >= 0) return [leak(plain.at(index), plain.at(index + fragment.length), fragment)];
    }
    if (secret.size === 0) return [];
    const runs = runsOf(wordsOf(plain.text));
    const first = runs.findIndex(({ run }) => secret.has(run));
    if (first < 0) return [];
    let last = first;
    while (secret.has(runs[last + 1]?.run ?? "")) last += 1;
    const start = runs[first]?.start ?? 0;
    const end = runs[last]?.end ?? start;
    return [leak(plain.at(start), plain.at(end), plain.text.slice(start, end))];
  };
}

function leak(start: number, end: number, words: string): Sighting {
  return { start, end, kind: "leak", says: `words of the prompt ("${shown(words, 80)}")` };
}

interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Runs of letters and digits; those of a script without blanks as Unicode cuts them (UAX #29). */
function wordsOf(text: string): readonly Word[] {
  const runs = Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ({ index, 0: word }) => ({
    word,
    start: index,
  }));
  const segmenter = isUnspaced(text) ? new Intl.Segmenter("en", { granularity: "word" }) : null;
  return runs.flatMap(({ word, start }) => {
    if (segmenter === null || !isUnspaced(word)) return [{ word, start, end: start + word.length }];
    return Array.from(segmenter.segment(word), ({ segment, index }) => ({
      word: segment,
      start: start + index,
      end: start + index + segment.length,
    }));
  });
}

/** Every eight words in a row. */
function runsOf(words: readonly Word[]): readonly { run: string; start: number; end: number }[] {
  return words.slice(0, Math.max(0, words.length - runLength + 1)).map(({ start }, index) => {
    const run = words.slice(index, index + runLength);
    return { run: run.map(({ word }) => word).join(" "), start, end: run.at(-1)?.end ?? start };
  });
}
