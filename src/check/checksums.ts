import { hasLuhnDigit } from "../text/card-numbers.js";
import { hasMod1110, remainder97 } from "../text/check-digits.js";

/** What is wrong with a number, as the end of "is …, which"; null: nothing. */
export type NumberFault = string | null;

const wrongDigit = "has a wrong check digit";

/** Luhn (ISO/IEC 7812-1 annex B): cards, Swedish and Canadian numbers. Swapping 0 and 9 goes unseen. */
export function luhnFault(text: string): NumberFault {
  if (!/^\d+$/.test(text)) return "is not digits alone";
  if (text.length < 2 || text.length > 64) return "does not have 2 to 64 digits";
  return hasLuhnDigit(text) ? null : wrongDigit;
}

/** ISBN-10 (ISO 2108, modulo 11, X for 10) or ISBN-13 (GTIN that begins with 978 or 979). */
export function isbnFault(text: string): NumberFault {
  if (/^\d{9}[\dX]$/.test(text)) {
    const sum = [...text].reduce(
      (all, sign, index) => all + (10 - index) * (sign === "X" ? 10 : Number(sign)),
      0,
    );
    return sum % 11 === 0 ? null : wrongDigit;
  }
  if (!/^\d{13}$/.test(text)) return "does not have 10 or 13 digits";
  if (!/^97[89]/.test(text)) return "does not begin with 978 or 979";
  return gtinFault(text);
}

/** GTIN of 8, 12, 13 or 14 digits (GS1 General Specifications 7.9): weights 3 and 1 from the right. */
export function gtinFault(text: string): NumberFault {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return "does not have 8, 12, 13 or 14 digits";
  const sum = [...text]
    .reverse()
    .reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0 ? null : wrongDigit;
}

/** LEI (ISO 17442): 18 letters or digits and two check digits, ISO 7064 MOD 97-10. */
export function leiFault(text: string): NumberFault {
  if (!/^[A-Z0-9]{18}\d{2}$/.test(text)) return "does not have 18 letters or digits and 2 digits";
  return remainder97(text) === 1 ? null : "has wrong check digits";
}

/**
 * German tax id (Steueridentifikationsnummer, § 139b AO; ELSTER, Prüfung der Steuer- und Steueridentifikationsnummer):
 * ISO 7064 MOD 11,10; of the first ten digits one stands twice or three times, not three times in a row, the others at
 * most once.
 */
export function germanTaxIdFault(text: string): NumberFault {
  if (!/^[1-9]\d{10}$/.test(text)) return "does not have 11 digits, the first not 0";
  const ten = text.slice(0, 10);
  const counts = new Map<string, number>();
  for (const digit of ten) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3)
    return "does not repeat exactly one digit among its first ten";
  if (/(\d)\1\1/.test(ten)) return "has the same digit three times in a row";
  return hasMod1110(text) ? null : wrongDigit;
}
