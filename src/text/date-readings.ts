import { isDay } from "./calendar.js";
import { monthNamed, monthPattern } from "./month-names.js";

/** A day, a day without its year, or a month of a year. */
export interface DateReading {
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
}

/** A date in a text, with everything it may mean: `03/04/2026` is 3 April or 4 March. */
export interface DateToken {
  readonly at: number;
  readonly text: string;
  /** Empty where no calendar has the day, such as `31.02.2026`. */
  readonly readings: readonly DateReading[];
  /** True where it may as well be no date: `24/7`, `3.3.`, `20260303`. */
  readonly doubtful: boolean;
}

interface Form {
  readonly pattern: RegExp;
  readonly doubtful?: true;
  read(groups: Readonly<Record<string, string | undefined>>): readonly DateReading[];
}

const month = `(?<name>${monthPattern})(?!\\p{L})\\.?`;
const ordinal = "(?:st|nd|rd|th|er|\\.|º|ª|°)?";
const year = "(?<year>\\d{4})(?!\\d)";

/** In this order; what one form has taken is not looked at by the next. */
const forms: readonly Form[] = [
  {
    pattern: /(?<!\d)(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?!\d)/g,
    read: exact,
  },
  {
    pattern:
      /(?<!\d)(?<!\d[.,/-])(?<first>\d{1,2})(?:\. ?|[/-])(?<second>\d{1,2})(?:\. ?|[/-])(?<year>\d{4}|\d{2})(?![\d]|[./-]\d)/g,
    read: eitherOrder,
  },
  {
    pattern: new RegExp(
      `(?<![\\d.,])(?<day>\\d{1,2})${ordinal}(?:[ \\u00a0]{0,2}(?:of |de |d')?|[-/])${month}(?:(?:[-/ ]['’]?|,? {1,2}(?:de |del |of )?)(?:${year}|(?<=[-/'’])(?<short>\\d{2})(?!\\d)))?`,
      "giu",
    ),
    read: named,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})${month} {1,2}(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?![.,]\\d)(?:,? {1,2}${year})?`,
      "giu",
    ),
    read: named,
  },
  { pattern: new RegExp(`(?<!\\p{L})${month}[ -]{1,2}(?:de |del )?${year}`, "giu"), read: named },
  {
    pattern: /(?<!\d)(?<!\d[./-])(?<month>\d{1,2})\/(?<year>\d{4})(?![\d]|[./-]\d)/g,
    read: exact,
    doubtful: true,
  },
  { pattern: /(?<![\d-])(?<year>(?:19|20)\d{2})-(?<month>\d{2})(?![\d]|-\d)/g, read: exact, doubtful: true },
  {
    pattern:
      /(?<!\d)(?<!\d[.,/-])(?<first>\d{1,2})(?:\/(?<second>\d{1,2})(?![\d]|[./-]\d)|\. ?(?<other>\d{1,2})\.(?!\d))/g,
    read: (groups) => eitherOrder({ ...groups, second: groups.second ?? groups.other }),
    doubtful: true,
  },
  {
    pattern: /(?<![\d.,-])(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})(?![\d]|[.,-]\d)/g,
    read: exact,
    doubtful: true,
  },
];

/**
 * The dates of a text: ISO 8601, day and month in figures in either order, and with the names of months in en, de,
 * fr, es, it and nl. Of two figures for the year, 00 to 68 are 20xx (POSIX).
 */
export function datesIn(text: string): readonly DateToken[] {
  const found: DateToken[] = [];
  let rest = text;
  for (const { pattern, read, doubtful = false } of forms) {
    rest = rest.replace(pattern, (...match: unknown[]) => {
      const written = String(match[0]);
      const groups = groupsOf(match.at(-1));
      const readings = read(groups).filter(exists);
      if (readings.length === 0 && (doubtful || groups.year?.length !== 4)) return written;
      found.push({ at: Number(match.at(-3)), text: written, readings, doubtful });
      return "\u0000".repeat(written.length);
    });
  }
  return found.sort((left, right) => left.at - right.at);
}

function groupsOf(value: unknown): Readonly<Record<string, string | undefined>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function exact({ year, month, day }: Readonly<Record<string, string | undefined>>): readonly DateReading[] {
  return [{ year: fullYear(year), month: Number(month), day: day === undefined ? null : Number(day) }];
}

function eitherOrder(groups: Readonly<Record<string, string | undefined>>): readonly DateReading[] {
  const [first, second] = [Number(groups.first), Number(groups.second)];
  const year = fullYear(groups.year);
  const dayFirst = { year, month: second, day: first };
  return first === second ? [dayFirst] : [dayFirst, { year, month: first, day: second }];
}

function named(groups: Readonly<Record<string, string | undefined>>): readonly DateReading[] {
  const number = monthNamed(groups.name ?? "");
  // Italian "1 set 2026"; without a year it is the English word.
  const word = groups.name?.toLowerCase() === "set" && groups.year === undefined;
  if (number === null || word) return [];
  const day = groups.day === undefined ? null : Number(groups.day);
  return [{ year: fullYear(groups.year ?? groups.short), month: number, day }];
}

function fullYear(figures: string | undefined): number | null {
  if (figures === undefined) return null;
  const value = Number(figures);
  return figures.length > 2 ? value : value + (value <= 68 ? 2000 : 1900);
}

/** Without a year, 29 February counts as a day. */
function exists({ year, month, day }: DateReading): boolean {
  if (year !== null && (year < 1000 || year > 2999)) return false;
  return isDay(year ?? 2024, month, day ?? 1);
}
