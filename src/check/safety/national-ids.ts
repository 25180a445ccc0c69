import { isDay } from "../../text/calendar.js";
import { hasLuhnDigit } from "../../text/card-numbers.js";
import { hasSpanishLetter, weightedSum } from "../../text/check-digits.js";
import { germanTaxIdFault, gtinFault } from "../checksums.js";

/** A number that a state gives a person. */
export interface NationalId {
  /** What a reason calls it, article first. */
  readonly name: string;
  /** Finds candidates; bounded, so searching stays linear. */
  readonly pattern: RegExp;
  /** The words that must stand near it (or name its field) where the digits alone prove little; null: they suffice. */
  readonly named: RegExp | null;
  /** Judges a candidate without blanks, dots and hyphens, in capitals. */
  readonly isValid: (bare: string, written: string) => boolean;
}

const italianOdd = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/**
 * By country, ISO 3166. Structure and check digits: de: ELSTER, Prüfung der Steuer- und Steueridentifikationsnummer; fr:
 * INSEE; es: Orden INT/2058/2008; it: DM 23 December 1976; nl: BSN eleven test, RvIG; pl: PESEL, gov.pl; gb: HMRC NIM39110,
 * no check digit; us: SSA, no check digit; ch: CCO, EAN-13; at: Dachverband der Sozialversicherungsträger; be: IBZ; se:
 * Skatteverket SKV 704, Luhn.
 */
export const nationalIds = {
  de: {
    name: "a German tax number",
    pattern: /(?<![\p{L}\p{N}])[1-9]\d(?: ?\d{3}){3}(?![\p{L}\p{N}])/gu,
    named: /steuer.{0,4}id|steuerliche identifikation|steueridentifikation|\bidnr|\btax id|\btin\b/iu,
    isValid: (bare) => germanTaxIdFault(bare) === null,
  },
  fr: {
    name: "a French social security number",
    pattern:
      /(?<![\p{L}\p{N}])[123478] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\p{L}\p{N}])/giu,
    named: null,
    isValid: (bare) => {
      const month = Number(bare.slice(3, 5));
      const place = bare.slice(0, 13).replace("2A", "19").replace("2B", "18");
      const plausible = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
      return plausible && 97 - Number(BigInt(place) % 97n) === Number(bare.slice(13));
    },
  },
  es: {
    name: "a Spanish identity number",
    pattern: /(?<![\p{L}\p{N}-])(?:\d{8}|[XYZ]-?\d{7})-?[A-Z](?![\p{L}\p{N}])/giu,
    named: null,
    isValid: hasSpanishLetter,
  },
  it: {
    name: "an Italian tax code",
    pattern:
      /(?<![\p{L}\p{N}])[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z](?![\p{L}\p{N}])/giu,
    named: null,
    isValid: (bare) => {
      const sum = [...bare.slice(0, 15)].reduce((total, sign, index) => total + italianValue(sign, index), 0);
      return String.fromCharCode(65 + (sum % 26)) === bare.at(-1);
    },
  },
  nl: {
    name: "a Dutch citizen service number",
    pattern: /(?<![\p{L}\p{N}.,-])\d{4}[. ]?\d{2}[. ]?\d{3}(?![\p{L}\p{N}])/gu,
    named: /\bbsn\b|burgerservice|\bsofi/iu,
    isValid: (bare) => weightedSum(bare, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && Number(bare) > 0,
  },
  pl: {
    name: "a Polish PESEL number",
    pattern: /(?<![\p{L}\p{N}.,-])\d{11}(?![\p{L}\p{N}])/gu,
    named: /pesel/iu,
    isValid: (bare) =>
      weightedSum(bare, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 &&
      isDayOfAYear(bare.slice(0, 2), Number(bare.slice(2, 4)) % 20, Number(bare.slice(4, 6))),
  },
  gb: {
    name: "a British national insurance number",
    pattern: /(?<![\p{L}\p{N}])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D](?![\p{L}\p{N}])/gu,
    named: null,
    isValid: (bare) => !/^(?:BG|GB|NK|KN|TN|NT|ZZ)/.test(bare),
  },
  us: {
    name: "a US social security number",
    pattern: /(?<![\p{L}\p{N}-])\d{3}-\d{2}-\d{4}(?![\p{L}\p{N}-])/gu,
    named: null,
    isValid: (bare) => !/^(?:000|666|9)|^.{3}00|0000$/.test(bare),
  },
  ch: {
    name: "a Swiss social security number",
    pattern: /(?<![\p{L}\p{N}])756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}(?![\p{L}\p{N}])/gu,
    named: null,
    isValid: (bare) => gtinFault(bare) === null,
  },
  at: {
    name: "an Austrian social security number",
    pattern: /(?<![\p{L}\p{N}.,-])[1-9]\d{3}[ -]?\d{6}(?![\p{L}\p{N}])/gu,
    named: /\bsv-?(?:nr|nummer)|\bvsnr|sozialversicherung|versicherungsnummer/iu,
    isValid: (bare) => {
      const sum = weightedSum(bare, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
      return (
        sum === Number(bare.charAt(3)) && Number(bare.slice(4, 6)) <= 31 && Number(bare.slice(6, 8)) <= 15
      );
    },
  },
  be: {
    name: "a Belgian national register number",
    pattern: /(?<![\p{L}\p{N}.,-])\d{2}(?:\.\d{2}\.\d{2}-\d{3}[. ]\d{2}|\d{9})(?![\p{L}\p{N}])/gu,
    named:
      /rijksregister|registre national|num[ée]ro national|national register|\bniss\b|\binsz\b|\d\d\.\d\d\.\d\d-/iu,
    isValid: (bare) => {
      const check = Number(bare.slice(9));
      const nineteen = 97 - (Number(bare.slice(0, 9)) % 97);
      return check === nineteen || check === 97 - (Number(`2${bare.slice(0, 9)}`) % 97);
    },
  },
  se: {
    name: "a Swedish personal number",
    pattern: /(?<![\p{L}\p{N}.,-])(?:19|20)?\d{6}(?:[-+]\d{4}|\d{4})(?![\p{L}\p{N}-])/gu,
    named: /personn(?:ummer|r)|personal (?:identity )?number|\bpnr\b|\d{6}[-+]\d{4}/iu,
    isValid: (bare) => {
      const ten = bare.slice(-10);
      const day = Number(ten.slice(4, 6));
      return (
        hasLuhnDigit(ten) && isDayOfAYear(ten.slice(0, 2), Number(ten.slice(2, 4)), day > 60 ? day - 60 : day)
      );
    },
  },
} satisfies Readonly<Record<string, NationalId>>;

/** Two figures stand for either century; only 1900 and 2000 differ, on 29 February: rather one day too many. */
function isDayOfAYear(figures: string, month: number, day: number): boolean {
  return isDay(2000 + Number(figures), month, day);
}

function italianValue(sign: string, index: number): number {
  const place = /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65;
  return index % 2 === 0 ? (italianOdd[place] ?? 0) : place;
}
