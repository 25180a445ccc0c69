/** The languages tinyld/light tells apart, by ISO 639-1 code; a test holds the list to the library. */
export const knownLanguages: readonly string[] = [
  "ar",
  "bn",
  "de",
  "el",
  "en",
  "es",
  "fi",
  "fr",
  "he",
  "hi",
  "hu",
  "it",
  "ja",
  "ko",
  "nl",
  "no",
  "pl",
  "pt",
  "ro",
  "ru",
  "sv",
  "th",
  "tr",
  "zh",
];

/** Beyond this, more text does not change the answer. */
export const longestRanked = 4_000;
/** So many times likelier than the runner-up, a language is clear. */
const overRunnerUp = 1.5;

/** A language that a text may be in. */
export interface RankedLanguage {
  readonly lang: string;
  readonly accuracy: number;
}

/** The languages that a text may be in, the likeliest first. */
export async function rankLanguages(text: string): Promise<readonly RankedLanguage[]> {
  // loaded with the first text it has to judge: its tables take 11 MB, which a quiet watch need not hold
  const { detectAll } = await import("tinyld/light");
  return detectAll(text.slice(0, longestRanked));
}

/** True when the first language leads the second by enough. */
export function isClear([best, next]: readonly RankedLanguage[]): boolean {
  return best !== undefined && best.accuracy >= overRunnerUp * (next?.accuracy ?? 0);
}
