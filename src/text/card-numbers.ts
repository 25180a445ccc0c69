import { replaceSpans, type Span } from "./span.js";

/** Thirteen or more digits, single blanks or hyphens between them; not the decimals of a number. */
const digitRuns = /(?<!\d)(?<!\d[.,])\d(?:[ \u00a0\u202f-]?\d){12,}/g;
/** ISO/IEC 7812 first digits of payment cards, and the lengths they are issued in. */
const issued =
  /^(?:4\d{12}(?:\d{3}|\d{6})?|(?:5|6)\d{12,18}|3\d{13,15}|2(?:2[2-9]|[3-6]\d|7[01]|720)\d{12,13})$/;
const shortest = 13;
const longest = 19;

/** Where payment card numbers stand: right first digits and length, and a valid Luhn digit (ISO/IEC 7812-1). */
export function findCardNumbers(text: string): readonly Span[] {
  return Array.from(text.matchAll(digitRuns)).flatMap((run) => cardsInRun(run[0], run.index));
}

/** Replaces payment card numbers. */
export function replaceCardNumbers(text: string, replacement: string): string {
  return replaceSpans(text, findCardNumbers(text), replacement);
}

/** A card starts and ends where a group of digits does, so an order number beside it does not hide it. */
function cardsInRun(run: string, at: number): readonly Span[] {
  const groups = run.split(/([ \u00a0\u202f-])/);
  const found: Span[] = [];
  let start = at;
  let from = 0;
  while (from < groups.length) {
    const until = cardEnd(groups, from);
    const next = until === null ? from + 2 : until + 1;
    const end = start + groups.slice(from, next).join("").length;
    if (until !== null) found.push({ start, end: end - (groups[until]?.length ?? 0) });
    start = end;
    from = next;
  }
  return found;
}

/** Index of the separator behind the longest card that begins at group `from`, or null. */
function cardEnd(groups: readonly string[], from: number): number | null {
  let digits = "";
  let end: number | null = null;
  for (let index = from; index < groups.length && digits.length <= longest; index += 2) {
    digits += groups[index] ?? "";
    if (digits.length >= shortest && issued.test(digits) && hasLuhnDigit(digits)) end = index + 1;
  }
  return end;
}

/** True when the last digit is the Luhn check digit of the others. */
export function hasLuhnDigit(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 0x30;
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
