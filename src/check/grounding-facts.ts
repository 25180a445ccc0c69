import { dayMs } from "../domain/time.js";
import { currenciesIn } from "../text/currency-tokens.js";
import { type DateReading, datesIn } from "../text/date-readings.js";
import { setsTimeLimit } from "../text/deadlines.js";
import { foldings, foldText } from "../text/fold.js";
import { squashText } from "../text/id-tokens.js";
import { decimalOf, numbersIn } from "../text/number-readings.js";
import { numberWordsIn } from "../text/number-words.js";
import { internationalPhonesIn, isNationalPartOf } from "../text/phone-readings.js";
import { timesIn } from "../text/time-readings.js";
import { sumsOf } from "./grounding-sums.js";

/** Something that an input can vouch for, such as `number 1249`, `day 2026-03-03`, `name Alder`. */
export type Fact =
  `${"number" | "day" | "time" | "id" | "literal" | "currency" | "name" | "phone" | "local"} ${string}`;

/** How an input is read. */
export interface FactOptions {
  /** Sums and differences of its numbers count as its own. */
  readonly allowSums: boolean;
  /** A date without a year vouches for that day in any year, not only within a year of the output. */
  readonly anyYear: boolean;
}

/** What an input can vouch for, and what it has instead. */
export interface Facts {
  /** `at`: when the output was made; a year that was added to a day has to lie near it. */
  has(fact: Fact, at: number): boolean;
  /** True when it sets a time limit, such as `payable within 14 days`. */
  readonly setsTimeLimit: boolean;
  /** True for a month and day, such as `03-03`, that it has without a year. */
  isYearless(monthDay: string): boolean;
  /** Its values as written, for naming the nearest: numbers by their decimal, days, and words. */
  readonly written: {
    readonly numbers: ReadonlyMap<string, string>;
    readonly days: ReadonlyMap<string, string>;
    readonly words: ReadonlyMap<string, string>;
    readonly currencies: ReadonlyMap<string, string>;
  };
}

/** A day whose year was left out is meant to be at most so far away. */
const nearMs = 366 * dayMs;
/** `100.00`: its decimal, 100, no longer shows that it is a price. */
const roundPrice = /[.,]0{1,2}(?!\d)/;
/** Words of one name stand at most so many words apart. */
const nameWindow = 6;

/** `2026-03-03`, `2026-03`, or `--03-03` without its year. */
export function dayFact({ year, month, day }: DateReading): Fact {
  const two = (value: number) => String(value).padStart(2, "0");
  if (day === null) return `day ${year}-${two(month)}`;
  return year === null ? `day --${two(month)}-${two(day)}` : `day ${year}-${two(month)}-${two(day)}`;
}

/** Reads the texts and JSON numbers of an input. */
export function factsOf(texts: readonly string[], numbers: readonly number[], options: FactOptions): Facts {
  const text = texts.join("\n\n");
  const numberMap = new Map<string, string>();
  const days = new Map<string, string>();
  const yearless = new Set<string>();
  const currencies = new Map<string, string>();
  const amounts: string[] = [];
  const priced: string[] = [];
  for (const token of numbersIn(text)) {
    for (const one of token.vouches) if (!numberMap.has(one)) numberMap.set(one, token.text);
    const [read = []] = token.readings;
    amounts.push(...read);
    priced.push(
      ...read.filter((one) => one.includes(".") || (read.length === 1 && roundPrice.test(token.text))),
    );
  }
  for (const value of numbers) {
    numberMap.set(decimalOf(value), String(value));
    amounts.push(decimalOf(value));
    if (!Number.isInteger(value)) priced.push(decimalOf(value));
  }
  // Digits beyond what a JSON number keeps: an output may hold them rounded.
  for (const one of [...numberMap.keys()]) {
    if (one.length > 15) numberMap.set(decimalOf(Number(one)), numberMap.get(one) ?? one);
  }
  for (const { value, text: written } of numberWordsIn(text)) {
    if (!numberMap.has(String(value))) numberMap.set(String(value), written);
  }
  for (const { text: written, readings } of datesIn(text)) {
    for (const reading of readings) {
      addDay(days, reading, written);
      if (reading.year === null) yearless.add(dayFact(reading).slice(6));
      else if (!numberMap.has(String(reading.year))) numberMap.set(String(reading.year), written);
    }
  }
  for (const { text: written, codes } of currenciesIn(text))
    for (const code of codes) currencies.set(code, written);
  const times = new Set(timesIn(text).flatMap(({ readings }) => readings));
  const sums = options.allowSums ? sumsOf(amounts, priced) : new Set<string>();
  const squashed = squashText(text);
  const folded = foldText(text);
  const { positions, words } = wordsOf(text);
  const phones = internationalPhonesIn(text);
  const hasDay = (day: string, at: number) => {
    if (days.has(day)) return true;
    const [, year = "", monthDay = ""] = /^(\d{4})-(\d\d-\d\d)$/.exec(day) ?? [];
    if (!yearless.has(monthDay)) return false;
    return options.anyYear || numberMap.has(year) || Math.abs(Date.parse(day) - at) <= nearMs;
  };
  return {
    written: { numbers: numberMap, days, words, currencies },
    setsTimeLimit: setsTimeLimit(text),
    isYearless: (monthDay) => yearless.has(monthDay),
    has: (fact, at) => {
      const kind = fact.slice(0, fact.indexOf(" "));
      const value = fact.slice(kind.length + 1);
      switch (kind) {
        case "number":
          return numberMap.has(value) || sums.has(value);
        case "day":
          return hasDay(value, at);
        case "time":
          return times.has(value);
        case "id":
          return squashed.has(value);
        case "literal":
          return hasLiteral(folded, foldText(value));
        case "phone":
          return phones.some((whole) => isNationalPartOf(value, whole));
        case "local":
          return squashed.has(value) && !phones.some((whole) => isNationalPartOf(value, whole));
        case "currency":
          return currencies.size === 0 || currencies.has(value);
        default:
          return hasName(positions, value.split(" "));
      }
    },
  };
}

function addDay(days: Map<string, string>, reading: DateReading, written: string): void {
  const { year, month, day } = reading;
  const readings = [reading, { year: null, month, day }, { year, month, day: null }];
  for (const one of readings) {
    const key = dayFact(one).slice(4);
    if ((one.year !== null || one.day !== null) && !days.has(key)) days.set(key, written);
  }
}

/** Exactly so, with no letter or digit on either side. */
function hasLiteral(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = (text[at - 1] ?? " ") + (text[at + wanted.length] ?? " ");
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

function wordsOf(text: string) {
  const positions = new Map<string, number[]>();
  const words = new Map<string, string>();
  let index = 0;
  for (const [written] of text.matchAll(/[\p{L}\p{M}]+/gu)) {
    for (const form of foldings(written)) {
      const places = positions.get(form) ?? [];
      places.push(index);
      positions.set(form, places);
      if (!words.has(form)) words.set(form, written);
    }
    index += 1;
  }
  return { positions, words };
}

/** All words of a name, near each other in any order. */
function hasName(positions: ReadonlyMap<string, readonly number[]>, words: readonly string[]): boolean {
  const places = words.map((word) => new Set(foldings(word).flatMap((form) => positions.get(form) ?? [])));
  places.sort((left, right) => left.size - right.size);
  const [rarest, ...others] = places;
  return [...(rarest ?? [])].some((at) =>
    others.every((other) => {
      for (let near = at - nameWindow; near <= at + nameWindow; near += 1) if (other.has(near)) return true;
      return false;
    }),
  );
}
