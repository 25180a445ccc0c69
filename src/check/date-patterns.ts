import { DateTime } from "luxon";
import { ConfigError } from "../domain/errors.js";

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

/** How a text fits a pattern: `absent` means the right shape for a day or hour that does not exist. */
export type PatternFit = "fits" | "absent" | "other";

/**
 * Compiles a pattern of luxon's tokens (`dd.MM.yyyy`) or of strftime (`%d.%m.%Y`). Throws ConfigError when what it
 * writes cannot be read back, which is how a pattern shows that it misses the day or the hour.
 */
export function compileDatePattern(
  source: string,
  locale: string,
  parts: "date" | "time" | "datetime",
): (text: string) => PatternFit {
  const tokens = source.includes("%") ? fromStrftime(source) : source;
  const known = DateTime.utc(2026, 11, 25, 13, 45).setLocale(locale);
  const readBack = DateTime.fromFormat(known.toFormat(tokens), tokens, { zone: "utc", locale });
  const day = parts === "time" || readBack.toISODate() === known.toISODate();
  const hour = parts === "date" || (readBack.hour === 13 && readBack.minute === 45);
  if (!readBack.isValid || !day || !hour) {
    const example = parts === "time" ? "HH:mm or %H:%M" : "dd.MM.yyyy or %d.%m.%Y";
    throw new ConfigError("format", `pattern "${source}" does not say a whole ${parts}; write ${example}`);
  }
  return (text) => {
    if (text.length > longestDate) return "other";
    const read = DateTime.fromFormat(text, tokens, { zone: "utc", locale });
    if (read.isValid) return "fits";
    return read.invalidReason === "unit out of range" ? "absent" : "other";
  };
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
