/** What the formulas count in a text. */
export interface ProseCounts {
  readonly words: number;
  readonly sentences: number;
  readonly syllables: number;
  /** Words of one syllable, of three or more, of more than six letters. */
  readonly short: number;
  readonly polysyllabic: number;
  readonly long: number;
}

/** Prose without what a reader skips: code, addresses, marks of headings, lists and tables. */
export function countProse(text: string, language: "en" | "de"): ProseCounts {
  const plain = text
    .replace(/```[^`]{0,20000}```|`[^`\n]{1,200}`|<[^<>]{1,500}>/g, " ")
    .replace(/https?:\/\/\S{1,2000}/g, " ")
    .replace(/^[ \t]{0,9}(?:#{1,6}|[-*+>]|\d{1,3}[.)])[ \t]/gm, "\n\n");
  const sentences = plain
    .split(/(?<=[.!?…]["'”’»)\]]?)\s+|\n\s*\n|(?<=:)\n/u)
    .map((sentence) => sentence.match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [])
    .filter((found) => found.length > 0);
  const words = sentences.flat();
  const syllables = words.map((word) => (language === "de" ? germanSyllables(word) : englishSyllables(word)));
  const count = (test: (syllables: number) => boolean) => syllables.filter(test).length;
  return {
    words: words.length,
    sentences: sentences.length,
    syllables: syllables.reduce((sum, one) => sum + one, 0),
    short: count((one) => one === 1),
    polysyllabic: count((one) => one >= 3),
    long: words.filter((word) => [...word].length > 6).length,
  };
}

/**
 * Flesch Reading Ease: 206.835 - 1.015 words per sentence - 84.6 syllables per word; about 100 very easy, 60 to 70
 * plain English, under 30 very hard. R. Flesch, A New Readability Yardstick, Journal of Applied Psychology, 1948.
 */
export function fleschReadingEase({ words, sentences, syllables }: ProseCounts): number {
  return 206.835 - (1.015 * words) / sentences - (84.6 * syllables) / words;
}

/**
 * Erste Wiener Sachtextformel: 0.1935 MS + 0.1672 SL + 0.1297 IW - 0.0327 ES - 0.875, with the percentages of words of
 * three and more syllables (MS), of more than six letters (IW) and of one syllable (ES), and words per sentence (SL).
 * It gives the school year, 4 easy to 15 very hard. R. Bamberger, E. Vanecek, Lesen - Verstehen - Lernen - Schreiben,
 * 1984.
 */
export function wienerSachtextformel({ words, sentences, short, polysyllabic, long }: ProseCounts): number {
  const percent = 100 / words;
  const shares = 0.1935 * polysyllabic * percent + 0.1297 * long * percent - 0.0327 * short * percent;
  return shares + (0.1672 * words) / sentences - 0.875;
}

/** Groups of vowels, without a silent e; right for about nine words in ten, which is enough for a mean. */
function englishSyllables(word: string): number {
  const plain = word.toLowerCase().replace(/['’]s?$/, "");
  const spoken = plain.replace(/(?:[^laeiouyxszhcg]es|[^aeiouytd]ed|[^laeiouy]e)$/, (ending) =>
    ending.charAt(0),
  );
  return Math.max(1, (spoken.match(/[aeiouyáéíóúàèäöü]{1,3}/g) ?? []).length);
}

/** Vowels, with au, äu, ei, ai, eu, ie and doubled ones as one. */
function germanSyllables(word: string): number {
  const found = word.toLowerCase().match(/aa|ai|au|äu|ee|ei|eu|ie|oo|[aeiouyäöüéèáà]/g) ?? [];
  return Math.max(1, found.length);
}
