import { countrySpecs } from "ibantools";

/** Where an IBAN may begin: two letters and two digits. */
const beginnings = /(?<![\p{L}\p{N}])[A-Z]{2}[ \u00a0-]?\d{2}/giu;

/** Replaces account numbers in IBAN form whose country, length and check digits (ISO 13616) are right. */
export function replaceIbans(text: string, replacement: string): string {
  const kept: string[] = [];
  let from = 0;
  for (const found of text.matchAll(beginnings)) {
    if (found.index < from) continue;
    const end = ibanEnd(text, found.index);
    if (end === null) continue;
    kept.push(text.slice(from, found.index), replacement);
    from = end;
  }
  return kept.join("") + text.slice(from);
}

/** The index behind the IBAN that begins at `start`, or null when there is none. */
function ibanEnd(text: string, start: number): number | null {
  const country = text.slice(start, start + 2).toUpperCase();
  const length = Object.hasOwn(countrySpecs, country) ? (countrySpecs[country]?.chars ?? null) : null;
  if (length === null) return null;
  let digits = "";
  let index = start;
  for (; digits.length < length && index < text.length; index += 1) {
    const character = text.charAt(index);
    if (/[A-Z0-9]/i.test(character)) digits += character.toUpperCase();
    else if (!/[ \u00a0\u202f-]/.test(character) || /[ \u00a0\u202f-]/.test(text.charAt(index - 1)))
      return null;
  }
  if (/[\p{L}\p{N}]/u.test(text.charAt(index))) return null;
  return hasIbanDigits(digits) ? index : null;
}

/**
 * ISO 7064, MOD 97-10, over the number with its first four signs at the end and letters as 10 to 35. National
 * check digits are left alone: rather one number too many than one too few.
 */
function hasIbanDigits(iban: string): boolean {
  let remainder = 0;
  for (const sign of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
