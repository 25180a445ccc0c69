import { DateTime } from "luxon";
import { ConfigError } from "../domain/errors.js";

/** A format of time: what a value is to be. */
export type TimeFormat = "date" | "time" | "datetime";

/** Longer than any date that people write. */
const longestDate = 100;

/** strftime's letters in luxon's tokens; `%-d` and `%-m` are the same without a leading zero. */
const strftime: Readonly<Record<string, string>> = {
  Y: "yyyy",
  y: "yy",
  m: "MM",
  "-m": "M",
  d: "dd",
  "-d": "d",
  e: "d",
  b: "MMM",
  B: "MMMM",
  a: "EEE",
  A: "EEEE",
  H: "HH",
  "-H": "H",
  I: "hh",
  "-I": "h",
  M: "mm",
  S: "ss",
  p: "a",
  z: "ZZZ",
  j: "ooo",
  F: "yyyy-MM-dd",
  T: "HH:mm:ss",
  R: "HH:mm",
  D: "MM/dd/yy",
};

/** What luxon reads, by letter: how often it may stand in a row. Its macros (`D`, `f`, `T`) change with the computer. */
const tokens =
  /^(?:y|yy|yyyy|yyyyy|yyyyyy|[ML]{1,4}|d{1,2}|o|ooo|H{1,2}|h{1,2}|m{1,2}|s{1,2}|S|SSS|u{1,3}|a|E|EEE|EEEE|c|ccc|cccc|k{2}|kkkk|W{1,2}|q{1,2}|G{1,2}|Z{1,3}|z)$/;

/** A year of two digits, outside of quoted words. */
const shortYear = /(?<!y)yy(?!y)(?=(?:[^']*'[^']*')*[^']*$)/;

/** How a text fits a pattern: `absent` means the right shape for a day or hour that does not exist. */
export type PatternFit = "fits" | "absent" | "other";

/**
 * Compiles a pattern of luxon's tokens (`dd.MM.yyyy`) or of strftime (`%d.%m.%Y`). Throws ConfigError when what it
 * writes cannot be read back, which is how a pattern shows that it misses the day or the hour.
 */
export function compileDatePattern(
  source: string,
  locale: string,
  parts: TimeFormat,
): (text: string) => PatternFit {
  const written = source.includes("%") ? fromStrftime(source) : source;
  refuseOtherLetters(source, written);
  const known = DateTime.utc(2026, 11, 25, 13, 45).setLocale(locale);
  const readBack = DateTime.fromFormat(known.toFormat(written), written, { zone: "utc", locale });
  const day = parts === "time" || readBack.toISODate() === known.toISODate();
  const hour = parts === "date" || (readBack.hour === 13 && readBack.minute === 45);
  if (!readBack.isValid || !day || !hour) {
    const example = parts === "time" ? "HH:mm or %H:%M" : "dd.MM.yyyy or %d.%m.%Y";
    throw new ConfigError("format", `pattern "${source}" does not say a whole ${parts}; write ${example}`);
  }
  // luxon takes three or four digits too where two are asked for
  const longer = written.replace(shortYear, "yyyy");
  const hasLongYear = (text: string, year: number) =>
    longer !== written &&
    (year < 1_000 || DateTime.fromFormat(text, longer, { zone: "utc", locale }).isValid);
  return (text) => {
    if (text.length > longestDate) return "other";
    const read = DateTime.fromFormat(text, written, { zone: "utc", locale });
    if (read.isValid) return hasLongYear(text, read.year) ? "other" : "fits";
    return read.invalidReason === "unit out of range" ? "absent" : "other";
  };
}

/** Letters that are no token: luxon takes some for words and some for whole dates of its own. */
function refuseOtherLetters(source: string, written: string): void {
  for (const [found] of written.replace(/'[^']*'/g, " ").matchAll(/([a-zA-Z])\1*/g)) {
    if (tokens.test(found)) continue;
    throw new ConfigError(
      "format",
      `pattern "${source}": ${found} stands for nothing; write for example dd.MM.yyyy, HH:mm or %d.%m.%Y, and words in '...'`,
    );
  }
}

function fromStrftime(source: string): string {
  return source.replace(/%(-?[A-Za-z%])|[A-Za-z]+/g, (found: string, letter?: string) => {
    if (letter === "%") return "%";
    if (letter === undefined) return `'${found}'`;
    const token = Object.hasOwn(strftime, letter) ? strftime[letter] : undefined;
    if (token !== undefined) return token;
    throw new ConfigError(
      "format",
      `pattern "${source}": ${found} is not known; there are %${Object.keys(strftime).join(" %")}`,
    );
  });
}
