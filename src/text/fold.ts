/** Letters that have no base letter in Unicode's decomposition. */
const latin: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** A text without case and diacritics: `Müller Straße` becomes `muller strasse`. */
export function foldText(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => latin[letter] ?? letter);
}

/** Folded in every way people write it: `Müller` is also `mueller`. */
export function foldings(word: string): readonly string[] {
  const expanded = word
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => `${foldText(letter)}e`);
  return [...new Set([foldText(word), foldText(expanded)])];
}
