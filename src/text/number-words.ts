/** Zero to twelve in en, de, fr, es, it and nl; the same word never means two numbers. */
const spelled: readonly (readonly [number, string])[] = [
  [0, "zero null zéro cero nul"],
  [1, "one ein eins eine einen einem einer un une uno una een één"],
  [2, "two zwei deux dos due twee"],
  [3, "three drei trois tres tre drie"],
  [4, "four vier quatre cuatro quattro"],
  [5, "five fünf cinq cinco cinque vijf"],
  [6, "six sechs seis sei zes"],
  [7, "seven sieben sept siete sette zeven"],
  [8, "eight acht huit ocho otto"],
  [9, "nine neun neuf nueve nove negen"],
  [10, "ten zehn dix diez dieci tien"],
  [11, "eleven elf onze once undici"],
  [12, "twelve zwölf douze doce dodici twaalf"],
];

/** Words that mostly mean something else, in their own language or another: they vouch, but claim nothing. */
const ambiguous = new Set(["due", "sei", "once", "neuf", "otto", "elf", "dos", "sept", "null", "nul"]);

const values = new Map(
  spelled.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)),
);

/** A small number written as a word. */
export interface NumberWord {
  readonly at: number;
  readonly text: string;
  readonly value: number;
  /** True where the word certainly states a number: not "one", not Italian "due" in an English text. */
  readonly certain: boolean;
}

/** The small numbers that a text spells out, zero to twelve. */
export function numberWordsIn(text: string): readonly NumberWord[] {
  return [...text.matchAll(/\p{L}{2,8}(?!\p{L})/gu)].flatMap((found) => {
    const word = found[0].toLowerCase();
    const value = values.get(word);
    if (value === undefined || /\p{L}$/u.test(text.slice(0, found.index).slice(-2))) return [];
    return [{ at: found.index, text: found[0], value, certain: value > 1 && !ambiguous.has(word) }];
  });
}
