/** A number in a text, with everything it may mean where ways of writing numbers differ. */
export interface NumberToken {
  /** Offset of its first digit. */
  readonly at: number;
  /** With the `%` or `million` behind it. */
  readonly text: string;
  /** Each reading is one or more decimals; `1.234` reads as 1.234 or as 1234, `12 345` as one number or two. */
  readonly readings: readonly (readonly string[])[];
  /** All decimals that it can vouch for: of every reading, and without the `million` behind it. */
  readonly vouches: readonly string[];
}

/** Digits, then further digits behind a point, comma or apostrophe, or three behind a blank; or a fraction such as 1½. */
const tokens = /\d{0,6} ?[½¼¾⅕⅛⅜⅝⅞]|\d+(?:[.,'\u2019]\d+|[ \u00a0\u2009\u202f]\d{3}(?!\d))*/g;
/** Fractions that are one character, by what they add to the whole number before them. */
const fractions: Readonly<Record<string, string>> = {
  "½": "5",
  "¼": "25",
  "¾": "75",
  "⅕": "2",
  "⅛": "125",
  "⅜": "375",
  "⅝": "625",
  "⅞": "875",
};
const blanks = /[ \u00a0\u2009\u202f]/;
/** More groups than this are a list of numbers, not one. */
const mostGroups = 8;
const longestToken = 400;

const percent =
  /^[ \u00a0\u202f]?(?:%|(?:percent|per ?cent|prozent|pour ?cent|por ciento|per cento|procent)(?!\p{L}))/iu;
/** Words behind a number that multiply it, by the power of ten; in en, de, fr, es, it and nl. */
const scales: readonly (readonly [RegExp, number])[] = [
  [/^[ \u00a0\u202f]?(?:thousand|tausend|tsd|duizend|mila|mil|mille)(?!\p{L})/iu, 3],
  [/^[ \u00a0\u202f]?(?:million(?:s|en)?|mio|mln|miljoen|mill(?:ó|o)n(?:es)?|milion[ei])(?!\p{L})/iu, 6],
  [/^[ \u00a0\u202f]?(?:billions?|bn|milliarden?|mrd|miljard|milliards?|miliard[oi])(?!\p{L})/iu, 9],
];
/** Short forms that may as well be a unit: read both ways. */
const looseScales: readonly (readonly [RegExp, number])[] = [
  [/^[ \u00a0\u202f]?[kK](?!\p{L})/u, 3],
  [/^[ \u00a0\u202f]?[mM](?!\p{L})/u, 6],
];

/**
 * The numbers of a text, read in any of the ways en, de, fr, es, it, nl and Swiss texts write them: point or comma
 * for decimals, comma, point, blank or apostrophe between thousands, Indian grouping, `%`, `2.5 million`, `1½`. Signs
 * and currencies are left out. Only the digits 0 to 9 count.
 */
export function numbersIn(text: string): readonly NumberToken[] {
  return [...text.matchAll(tokens)].map((found) => {
    const written = found[0].trimStart();
    const at = found.index + found[0].length - written.length;
    const behind = text.slice(at + written.length, at + written.length + 16);
    const plain = readingsOf(written);
    const vouching = written.includes(" ") ? [...plain, ...joinedRuns(written)] : plain;
    const readings = scaled(plain, behind);
    return {
      at,
      text: written + unitBehind(behind),
      readings,
      vouches: [...new Set([...vouching, ...scaled(vouching, behind)].flat())],
    };
  });
}

/** A number of a JSON document as a decimal: `12.50` and `12.5` are one, `1.249` is never 1249. */
export function decimalOf(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = String(Math.abs(value));
  const [mantissa = "0", exponent] = text.split("e");
  return exponent === undefined ? plainDecimal(mantissa) : shifted(plainDecimal(mantissa), Number(exponent));
}

function readingsOf(written: string): string[][] {
  const fraction = fractions[written.at(-1) ?? ""];
  if (fraction !== undefined) return [[plainDecimal(`${written.slice(0, -1).trim()}.${fraction}`)]];
  if (written.length > longestToken) return [[plainDecimal(written.replace(/\D/g, ""))]];
  const groups = written.split(blanks);
  if (groups.length === 1) return chunkReadings(written);
  const apart = groups.flatMap((group) => chunkReadings(group)[0] ?? []);
  if (groups.length > mostGroups) return [apart];
  const whole = joined(groups);
  // Blanks that do not break, or cents behind two groups: nobody writes two numbers like that.
  if (whole !== null && (!written.includes(" ") || /^\d+ \d+[.,]\d{2}$/.test(written))) return [[whole]];
  const tail = joined(groups.slice(1));
  const first = chunkReadings(groups[0] ?? "")[0] ?? [];
  return [
    ...(whole === null ? [] : [[whole]]),
    ...(tail === null || groups.length === 2 ? [] : [[...first, tail]]),
    apart,
  ];
}

/** Every run of groups that may be one number: in `5 100 234,56` also the 100 234,56. */
function joinedRuns(written: string): string[][] {
  const groups = written.split(blanks);
  const apart = groups.map((group) => chunkReadings(group)[0] ?? []);
  if (groups.length > mostGroups) return apart;
  const runs = groups.flatMap((_group, from) =>
    groups.slice(from + 1).flatMap((_last, count) => joined(groups.slice(from, from + count + 2)) ?? []),
  );
  return [...apart, ...runs.map((run) => [run])];
}

/** Groups with blanks as thousands, or null when they cannot be that. */
function joined(groups: readonly string[]): string | null {
  const text = groups.join(" ");
  return /^\d{1,3}(?: \d{3})+(?:[.,]\d+)?$/.test(text)
    ? plainDecimal(text.replace(/ /g, "").replace(",", "."))
    : null;
}

/** Without blanks: one number in one or two readings, or several that points or commas keep apart. */
function chunkReadings(chunk: string): string[][] {
  if (/^\d+$/.test(chunk)) return [[plainDecimal(chunk)]];
  if (/['\u2019]/.test(chunk)) return apostropheReadings(chunk);
  const single = /^(\d+)[.,](\d+)$/.exec(chunk);
  if (single !== null) {
    const [, whole = "", part = ""] = single;
    const decimal = plainDecimal(`${whole}.${part}`);
    const thousands = part.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
    return thousands ? [[decimal], [plainDecimal(whole + part)]] : [[decimal]];
  }
  const both = chunk.includes(".") && chunk.includes(",");
  const lastMark = Math.max(chunk.lastIndexOf("."), chunk.lastIndexOf(","));
  const whole = both ? chunk.slice(0, lastMark) : chunk;
  if (isGrouped(whole)) {
    const digits = whole.replace(/[.,]/g, "");
    return [[plainDecimal(both ? `${digits}.${chunk.slice(lastMark + 1)}` : digits)]];
  }
  const parts = both ? chunk.split(",") : chunk.split(/[.,]/);
  return [
    parts.flatMap((part) =>
      /^\d+(?:\.\d+)?$/.test(part) ? [plainDecimal(part)] : part.split(".").map(plainDecimal),
    ),
  ];
}

/** One mark throughout, three digits behind each; or, with commas, the Indian way. */
function isGrouped(whole: string): boolean {
  return /^\d{1,3}(?:(?:\.\d{3})+|(?:,\d{3})+)$|^\d{1,2}(?:,\d{2})+,\d{3}$/.test(whole);
}

function apostropheReadings(chunk: string): string[][] {
  if (/^\d{1,3}(?:['\u2019]\d{3})+(?:[.,]\d+)?$/.test(chunk)) {
    return [[plainDecimal(chunk.replace(/['\u2019]/g, "").replace(",", "."))]];
  }
  return [chunk.split(/['\u2019]/).flatMap((part) => chunkReadings(part)[0] ?? [])];
}

function scaled(readings: readonly (readonly string[])[], behind: string): readonly (readonly string[])[] {
  const by = (power: number) => readings.map((reading) => lastShifted(reading, power));
  if (percent.test(behind)) return [...readings, ...by(-2)];
  const scale = scales.find(([word]) => word.test(behind));
  if (scale !== undefined) return by(scale[1]);
  const loose = looseScales.find(([word]) => word.test(behind));
  return loose === undefined ? readings : [...readings, ...by(loose[1])];
}

function unitBehind(behind: string): string {
  const patterns = [percent, ...scales.map(([word]) => word)];
  for (const pattern of patterns) {
    const found = pattern.exec(behind);
    if (found !== null) return found[0];
  }
  return "";
}

function lastShifted(reading: readonly string[], power: number): readonly string[] {
  return reading.map((one, index) => (index === reading.length - 1 ? shifted(one, power) : one));
}

/** A decimal times a power of ten, without rounding. */
function shifted(decimal: string, power: number): string {
  const [whole = "0", part = ""] = decimal.split(".");
  const digits = whole + part;
  const point = whole.length + power;
  if (point <= 0) return plainDecimal(`0.${"0".repeat(-point)}${digits}`);
  return plainDecimal(`${digits.slice(0, point).padEnd(point, "0")}.${digits.slice(point)}`);
}

/** Digits with at most one point, without zeros that say nothing. */
function plainDecimal(text: string): string {
  const [whole = "", part = ""] = text.split(".");
  let from = 0;
  while (from < whole.length - 1 && whole[from] === "0") from += 1;
  let until = part.length;
  while (until > 0 && part[until - 1] === "0") until -= 1;
  const head = whole.slice(from) || "0";
  return until === 0 ? head : `${head}.${part.slice(0, until)}`;
}
