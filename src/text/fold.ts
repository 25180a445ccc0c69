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

const letters = Object.keys(latin).join("");
const smallLetters = new RegExp(`[${letters}]`, "g");
// with the flag u: ẞ is the capital of ß by Unicode's simple case folding alone
const anyLetters = new RegExp(`[${letters}]`, "giu");

/** A text without case and diacritics: `Müller Straße` becomes `muller strasse`. */
export function foldText(text: string): string {
  return withoutMarks(text)
    .toLowerCase()
    .replace(smallLetters, (letter) => latin[letter] ?? letter);
}

/** A text without diacritics, in its own case: `Øre` becomes `Ore`, `Straße` becomes `Strasse`. */
export function withoutDiacritics(text: string): string {
  return withoutMarks(text).replace(anyLetters, (letter) => {
    const small = letter.toLowerCase();
    const plain = latin[small] ?? letter;
    return letter === small ? plain : plain.toUpperCase();
  });
}

function withoutMarks(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "");
}

/** Folded in every way people write it: `Müller` is also `mueller`. */
export function foldings(word: string): readonly string[] {
  const expanded = word
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => `${foldText(letter)}e`);
  return [...new Set([foldText(word), foldText(expanded)])];
}
