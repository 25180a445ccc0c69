import { foldText } from "./fold.js";

/** An identifier in a text: `INV-004711`, `AB12/3`, an IBAN, a telephone number, an e-mail or web address. */
export interface IdToken {
  readonly at: number;
  readonly text: string;
  /** `address`: has to occur as it is; `mixed`: letters and digits; `digits`: groups that may as well be numbers. */
  readonly kind: "address" | "mixed" | "digits";
}

/** Letters behind a number that make it an amount or a quantity rather than an identifier. */
const units =
  "kg|g|mg|t|lbs?|oz|km|m|cm|mm|ml|cl|l|hl|h|hrs?|min|s|sec|ms|x|px|gb|mb|tb|kb|kwh?|w|v|st|nd|rd|th|er|e|pcs?|k|mio|mln|mrd|bn|d|am|pm|eur|usd|gbp|chf|pln|sek|nok|dkk";
const quantity = new RegExp(`^(?:[a-z]{3})?\\d[\\d.,]*(?:(?:${units})|[-/]\\p{L}*\\p{Ll}[\\p{L}-]*)?$`, "iu");
const leadingCode = /^[A-Z]{3}[\d.,]+$/;

const address =
  /(?:https?:\/\/|www\.)[^\s<>"'()[\]{}|]{3,2000}|(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/giu;
const iban =
  /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ \u00a0][A-Z0-9]{4}){2,7}(?:[ \u00a0][A-Z0-9]{1,4})?(?![\p{L}\p{N}])/gu;
const run = /[\p{L}\p{N}]+(?:[-_/.#][\p{L}\p{N}]+)*/gu;
const digitGroups = /\+?\(?(?<!\d)\d+\)?(?:[ \u00a0]?[-/ \u00a0(][ \u00a0]?\(?\d+\)?)+/g;
const fewestDigits = 7;

/** The identifiers of a text, in order of their kinds; none lies inside another. */
export function idsIn(text: string): readonly IdToken[] {
  const found: IdToken[] = [];
  let rest = text;
  const take = (pattern: RegExp, kindOf: (written: string, behind: string) => IdToken["kind"] | null) => {
    rest = rest.replace(pattern, (written: string, ...match: unknown[]) => {
      const at = Number(match.find((one) => typeof one === "number"));
      const kind = kindOf(written, rest.slice(at + written.length, at + written.length + 2));
      if (kind === null) return written;
      const kept = kind === "address" ? written.replace(/[.,;:!?]{1,20}$/, "") : written;
      found.push({ at, text: kept, kind });
      return "\u0000".repeat(written.length);
    });
  };
  take(address, () => "address");
  take(iban, () => "mixed");
  take(run, (written) => (isMixed(written) ? "mixed" : null));
  take(digitGroups, (written, behind) =>
    written.replace(/\D/g, "").length < fewestDigits || /^[.,]\d/.test(behind) ? null : "digits",
  );
  return found;
}

function isMixed(written: string): boolean {
  if (written.length > 100 || !/\p{N}/u.test(written) || !/\p{L}/u.test(written)) return false;
  return !quantity.test(written) && !leadingCode.test(written);
}

/** A text without case, diacritics and everything that is no letter or digit, searched at the edges of its words. */
export interface SquashedText {
  /** True when a squashed wording occurs, beginning and ending where a word or a run of digits does. */
  has(squashed: string): boolean;
}

/** `INV-00 47/11` becomes `inv004711`. */
export function squash(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Prepares a text for many searches. */
export function squashText(text: string): SquashedText {
  const parts: string[] = [];
  const edges = new Set<number>([0]);
  let length = 0;
  for (const found of foldText(text).matchAll(/\p{L}+|\p{N}+/gu)) {
    parts.push(found[0]);
    length += found[0].length;
    edges.add(length);
  }
  const whole = parts.join("");
  return {
    has: (squashed) => {
      if (squashed === "") return false;
      for (let at = whole.indexOf(squashed); at >= 0; at = whole.indexOf(squashed, at + 1)) {
        if (edges.has(at) && edges.has(at + squashed.length)) return true;
      }
      return false;
    },
  };
}
