import { RE2JS } from "re2js";
import { KnownError, messageOf } from "../domain/errors.js";
import { shortCategory } from "./unicode-categories.js";

/** Longest pattern accepted, in characters. */
const maxPatternLength = 1_000;
/** Longest text a pattern looks at, in characters; 1 MB would hold the event loop for most of a second. */
const maxPatternText = 262_144;
/** Largest compiled program; time is text length times this. */
const maxProgramSize = 2_000;

/** Where a pattern occurs. */
export interface PatternMatch {
  readonly at: number;
  readonly text: string;
  /** What its groups took; null: nothing. */
  readonly groups: readonly (string | null)[];
}

/** A compiled pattern: matching time grows in step with the text, whatever the pattern. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** True when it occurs anywhere. Throws KnownError `text-too-long` above `maxPatternText`. */
  test(text: string): boolean;
  /** How often it occurs, counted up to `limit`. */
  count(text: string, limit: number): number;
  /** Its first occurrence at or behind an offset, or null. */
  find(text: string, from: number): PatternMatch | null;
  /** Source and flags; ajv tells compiled patterns apart by this. */
  toString(): string;
}

/**
 * Compiles a user's pattern over RE2 (no look-around, no back references). Flags: `i` any case, `m` `^` and
 * `$` at every line, `s` the dot takes line breaks too; `u` is always on.
 */
export function compilePattern(source: string, flags = ""): Pattern {
  if (source.length > maxPatternLength) {
    throw refusal(source, `has ${source.length} characters, ${maxPatternLength} are possible`);
  }
  const compiled = compile(source, flagBits(source, flags));
  return {
    source,
    flags,
    test: (text) => compiled.test(limited(text)),
    count: (text, limit) => {
      const matcher = compiled.matcher(limited(text));
      let found = 0;
      while (found < limit && matcher.find()) found += 1;
      return found;
    },
    find: (text, from) => {
      const matcher = compiled.matcher(limited(text));
      if (from > text.length || !matcher.find(from)) return null;
      const groups = Array.from({ length: matcher.groupCount() }, (_unused, index) =>
        matcher.group(index + 1),
      );
      return { at: matcher.start(), text: matcher.group() ?? "", groups };
    },
    toString: () => `/${source}/${flags}`,
  };
}

function compile(source: string, bits: number): RE2JS {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(translated(source), bits);
  } catch (thrown) {
    throw refusal(source, adviceFor(source) ?? plainMessage(thrown));
  }
  if (compiled.programSize() > maxProgramSize) {
    throw refusal(source, "is too large once its repetitions are written out; use smaller counts");
  }
  return compiled;
}

/** JavaScript's ways of writing a character, script or category, in RE2's. */
function translated(source: string): string {
  return source.replace(
    /\\(?:u\{([0-9a-f]{1,6})\}|u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|u([0-9a-f]{4})|(p)\{(?:(?:Script|sc|General_Category|gc)=)?([a-z_]+)\}|[\s\S])/gi,
    (found: string, ...[braced, high, low, plain, property, name]: (string | undefined)[]) => {
      if (property !== undefined && name !== undefined) return `\\${property}{${shortCategory(name)}}`;
      if (high !== undefined && low !== undefined) return hexEscape(pairCode(high, low));
      const digits = braced ?? plain;
      return digits === undefined ? found : hexEscape(Number.parseInt(digits, 16));
    },
  );
}

function pairCode(high: string, low: string): number {
  return (Number.parseInt(high, 16) - 0xd800) * 0x400 + (Number.parseInt(low, 16) - 0xdc00) + 0x10000;
}

function hexEscape(code: number): string {
  return `\\x{${code.toString(16)}}`;
}

function flagBits(source: string, flags: string): number {
  const bits: Readonly<Record<string, number>> = {
    i: RE2JS.CASE_INSENSITIVE,
    m: RE2JS.MULTILINE,
    s: RE2JS.DOTALL,
    u: 0,
  };
  return [...flags].reduce((all, flag) => {
    const bit = bits[flag];
    if (bit === undefined) throw refusal(source, `has the flag "${flag}"; possible are i, m and s`);
    return all | bit;
  }, 0);
}

/** What RE2 cannot do, and what to write instead. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/\(\?[=!]/, "looks ahead, which is not possible; write two checks, the second with not: true if need be"],
  [/\(\?<[=!]/, "looks behind, which is not possible; put what stands before into the pattern"],
  [
    /\\[1-9]|\\k</,
    "refers back to a group, which is not possible; write the text out, or compare fields with fields-match",
  ],
  [
    /\{\d*,?\d{4,}\}/,
    "repeats more than 1000 times, which is not possible; use a length check beside a shorter pattern",
  ],
  [/\(\?>|[*+?}]\+/, "has an atomic group or a possessive repetition; drop it, matching is always linear"],
  [/\\Z/, "has \\Z; write \\z or $ for the end of the text"],
];

function adviceFor(source: string): string | null {
  return advice.find(([construct]) => construct.test(source))?.[1] ?? null;
}

function plainMessage(thrown: unknown): string {
  return `cannot be read: ${messageOf(thrown).replace(/^error parsing regexp: /, "")}`;
}

function refusal(source: string, why: string): KnownError {
  const shown = source.length > 80 ? `${source.slice(0, 79)}…` : source;
  return new KnownError("pattern", `pattern "${shown}": ${why}`);
}

function limited(text: string): string {
  if (text.length <= maxPatternText) return text;
  throw new KnownError(
    "text-too-long",
    `the text has ${text.length} characters, a pattern looks at ${maxPatternText} at most`,
  );
}
