// Check digits that several kinds of number share. Pure arithmetic: the form of a number is judged by the caller.

/** Digits with one weight each, added up. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0);
}

/** ISO 7064, MOD 11,10 over digits: the last one checks the others. */
export function hasMod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

/** The remainder modulo 97 of a text whose letters count as 10 to 35 (ISO 7064). */
export function remainder97(text: string): number {
  let rest = 0;
  for (const sign of text) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** The control letter of a Spanish DNI or NIE (Orden INT/2058/2008): eight digits, or X, Y or Z and seven; then a letter. */
export function hasSpanishLetter(number: string): boolean {
  const digits = number.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Number(digits) % 23) === number.at(-1);
}
