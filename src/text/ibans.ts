import { countrySpecs } from "ibantools";
import { remainder97 } from "./check-digits.js";
import { replaceSpans, type Span } from "./span.js";

/** Where an IBAN may begin: two letters and two digits. */
const beginnings = /(?<![\p{L}\p{N}])[A-Z]{2}[ \u00a0-]?\d{2}/giu;

/** Where account numbers in IBAN form stand whose country, length and check digits (ISO 13616) are right. */
export function findIbans(text: string): readonly Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const beginning of text.matchAll(beginnings)) {
    if (beginning.index < from) continue;
    const end = ibanEnd(text, beginning.index);
    if (end === null) continue;
    found.push({ start: beginning.index, end });
    from = end;
  }
  return found;
}

/** Replaces such account numbers. */
export function replaceIbans(text: string, replacement: string): string {
  return replaceSpans(text, findIbans(text), replacement);
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
  // a text that ends early holds no whole number, and one in 97 short ones has the remainder all the same
  if (digits.length < length || /[\p{L}\p{N}]/u.test(text.charAt(index))) return null;
  return hasIbanDigits(digits) ? index : null;
}

/**
 * ISO 7064, MOD 97-10, over the number with its first four signs at the end and letters as 10 to 35. National
 * check digits are left alone: rather one number too many than one too few.
 */
function hasIbanDigits(iban: string): boolean {
  return remainder97(iban.slice(4) + iban.slice(0, 4)) === 1;
}
