import { hasLuhnDigit } from "../text/card-numbers.js";
import { hasMod1110, hasSpanishLetter, weightedSum } from "../text/check-digits.js";
import type { NumberFault } from "./checksums.js";

interface VatRule {
  /** What follows the two letters. */
  readonly form: RegExp;
  readonly says: string;
  /** True when its check digits are right; absent: no public algorithm, or not for every form of number. */
  check?(number: string): boolean;
}

const crossSum = (value: number) => Math.floor(value / 10) + (value % 10);
const last = (number: string) => Number(number.at(-1));

/**
 * VAT identification numbers of the 27 member states and Northern Ireland: structures as the VIES service of the
 * European Commission lists them (FAQ, question 11); check digits by the published national rules. By structure alone:
 * NL (sole proprietors have other digits since 2020), BG with 10 digits, CZ with 9 or 10, ES beginning with K, L or
 * M, FR with a letter in its key, LV of persons, XI of government and health (GD, HA). A wrong digit can go unseen
 * where the rule maps two remainders to one digit: BG, CZ, EL, LT, PT, RO, SI; or to one letter: CY, ES, IE.
 */
const rules: Readonly<Record<string, VatRule>> = {
  AT: {
    form: /^U\d{8}$/,
    says: "U and 8 digits",
    check: (n) => {
      const digits = n.slice(1);
      const sum = [...digits.slice(0, 7)].reduce(
        (all, d, i) => all + (i % 2 === 0 ? Number(d) : crossSum(2 * Number(d))),
        0,
      );
      return (10 - ((sum + 4) % 10)) % 10 === last(n);
    },
  },
  BE: {
    form: /^[01]\d{9}$/,
    says: "10 digits, the first 0 or 1",
    check: (n) => 97 - (Number(n.slice(0, 8)) % 97) === Number(n.slice(8)),
  },
  BG: { form: /^\d{9,10}$/, says: "9 or 10 digits", check: (n) => n.length === 10 || bulgarian(n) },
  CY: { form: /^\d{8}[A-Z]$/, says: "8 digits and a letter", check: cypriot },
  CZ: {
    form: /^\d{8,10}$/,
    says: "8 to 10 digits",
    check: (n) => n.length > 8 || (11 - (weightedSum(n, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === last(n),
  },
  DE: { form: /^[1-9]\d{8}$/, says: "9 digits", check: hasMod1110 },
  DK: {
    form: /^[1-9]\d{7}$/,
    says: "8 digits",
    check: (n) => weightedSum(n, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  EE: {
    form: /^\d{9}$/,
    says: "9 digits",
    check: (n) => weightedSum(n, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  },
  EL: {
    form: /^\d{9}$/,
    says: "9 digits",
    check: (n) => (weightedSum(n, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === last(n),
  },
  ES: {
    form: /^(?:[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/,
    says: "9 characters, the first or the last a letter",
    check: spanish,
  },
  FI: {
    form: /^\d{8}$/,
    says: "8 digits",
    check: (n) => weightedSum(n, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
  },
  FR: { form: /^[A-HJ-NP-Z\d]{2}\d{9}$/, says: "2 characters and 9 digits", check: french },
  HR: { form: /^\d{11}$/, says: "11 digits", check: hasMod1110 },
  HU: {
    form: /^\d{8}$/,
    says: "8 digits",
    check: (n) => weightedSum(n, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0,
  },
  IE: {
    form: /^(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
    says: "7 digits and 1 or 2 letters",
    check: irish,
  },
  IT: { form: /^\d{11}$/, says: "11 digits", check: hasLuhnDigit },
  LT: { form: /^(?:\d{9}|\d{12})$/, says: "9 or 12 digits", check: lithuanian },
  LU: { form: /^\d{8}$/, says: "8 digits", check: (n) => Number(n.slice(0, 6)) % 89 === Number(n.slice(6)) },
  LV: { form: /^\d{11}$/, says: "11 digits", check: (n) => /^[0-3]/.test(n) || latvian(n) },
  MT: {
    form: /^\d{8}$/,
    says: "8 digits",
    check: (n) => 37 - (weightedSum(n, [3, 4, 6, 7, 8, 9]) % 37) === Number(n.slice(6)),
  },
  NL: { form: /^\d{9}B\d{2}$/, says: "9 digits, B and 2 digits" },
  PL: {
    form: /^\d{10}$/,
    says: "10 digits",
    check: (n) => weightedSum(n, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === last(n),
  },
  PT: {
    form: /^\d{9}$/,
    says: "9 digits",
    check: (n) => portuguese(11 - (weightedSum(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) === last(n),
  },
  RO: {
    form: /^[1-9]\d{1,9}$/,
    says: "2 to 10 digits",
    check: (n) =>
      ((weightedSum(n.padStart(10, "0"), [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === last(n),
  },
  SE: { form: /^\d{10}01$/, says: "12 digits, the last 01", check: (n) => hasLuhnDigit(n.slice(0, 10)) },
  SI: {
    form: /^[1-9]\d{7}$/,
    says: "8 digits",
    check: (n) => slovenian(11 - (weightedSum(n, [8, 7, 6, 5, 4, 3, 2]) % 11)) === last(n),
  },
  SK: { form: /^[1-9]\d[2-4789]\d{7}$/, says: "10 digits", check: (n) => Number(n) % 11 === 0 },
  XI: { form: /^(?:\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2})$/, says: "9 or 12 digits", check: british },
};

/** The countries whose numbers are known. */
export const vatCountries: readonly string[] = Object.keys(rules);

/** What is wrong with a VAT number; `country` for one without its two letters. */
export function vatFault(text: string, country?: string): NumberFault {
  const named = text.slice(0, 2).replace("GR", "EL");
  const prefixed = Object.hasOwn(rules, named) && (country === undefined || named === country);
  const rule = rules[prefixed ? named : (country ?? "")];
  if (rule === undefined) return "does not begin with a country of the EU or XI";
  const number = prefixed ? text.slice(2) : text;
  if (!rule.form.test(number)) return `is not ${prefixed ? named : country} and then ${rule.says}`;
  return rule.check === undefined || rule.check(number) ? null : "has wrong check digits";
}

function bulgarian(n: string): boolean {
  const first = weightedSum(n, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const digit = first < 10 ? first : (weightedSum(n, [3, 4, 5, 6, 7, 8, 9, 10]) % 11) % 10;
  return digit === last(n);
}

function cypriot(n: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
  const sum = [...n.slice(0, 8)].reduce(
    (all, d, i) => all + (i % 2 === 0 ? (odd[Number(d)] ?? 0) : Number(d)),
    0,
  );
  return n[8] === String.fromCharCode(65 + (sum % 26));
}

function spanish(n: string): boolean {
  if (/^[XYZ\d]\d{7}[A-Z]$/.test(n)) return hasSpanishLetter(n);
  if (!/^[ABCDEFGHJNPQRSUVW]/.test(n)) return /^[KLM]/.test(n);
  const sum = [...n.slice(1, 8)].reduce(
    (all, d, i) => all + (i % 2 === 0 ? crossSum(2 * Number(d)) : Number(d)),
    0,
  );
  const digit = (10 - (sum % 10)) % 10;
  return n[8] === String(digit) || n[8] === "JABCDEFGHI"[digit];
}

/** Keys of two digits follow a rule; keys with a letter are of a newer kind without a public one. */
function french(n: string): boolean {
  return !/^\d{2}/.test(n) || (12 + 3 * (Number(n.slice(2)) % 97)) % 97 === Number(n.slice(0, 2));
}

function irish(n: string): boolean {
  const old = /^\d[A-Z+*]/.test(n);
  const digits = old ? `0${n.slice(2, 7)}${n.slice(0, 1)}` : n.slice(0, 7);
  const second = old || n.length < 9 ? 0 : 9 * (n.charCodeAt(8) - 64);
  return "WABCDEFGHIJKLMNOPQRSTUV"[(weightedSum(digits, [8, 7, 6, 5, 4, 3, 2]) + second) % 23] === n[7];
}

function lithuanian(n: string): boolean {
  const count = n.length - 1;
  const weights = (from: number) =>
    Array.from({ length: count }, (_unused, index) => ((index + from) % 9) + 1);
  const first = weightedSum(n, weights(0)) % 11;
  const digit = first < 10 ? first : (weightedSum(n, weights(2)) % 11) % 10;
  return digit === last(n);
}

function latvian(n: string): boolean {
  const rest = 3 - (weightedSum(n, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6]) % 11);
  return (rest < -1 ? rest + 11 : rest) === last(n);
}

function portuguese(digit: number): number {
  return digit > 9 ? 0 : digit;
}

function slovenian(digit: number): number {
  return digit === 10 ? 0 : digit;
}

function british(n: string): boolean {
  if (!/^\d/.test(n)) return true;
  const sum = weightedSum(n, [8, 7, 6, 5, 4, 3, 2]) + Number(n.slice(7, 9));
  return sum % 97 === 0 || (sum + 55) % 97 === 0;
}
