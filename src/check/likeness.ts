import { distance } from "fastest-levenshtein";
import { comparable } from "./wording-match.js";

/** How two texts can be compared. */
export const likenessKinds = ["levenshtein", "token-set"] as const;

/** Characters of each text that Levenshtein looks at; its time grows with the square (34 pairs/s at 8,000). */
export const comparedCharacters = 4_000;

/** How alike two texts are: 0 nothing, 1 the same. White space at the ends does not count. */
export function likeness(
  kind: (typeof likenessKinds)[number],
  left: string,
  right: string,
  ignoreCase: boolean,
): number {
  const [a, b] = [comparable(left, ignoreCase).trim(), comparable(right, ignoreCase).trim()];
  if (a === b) return 1;
  return kind === "levenshtein" ? levenshteinRatio(a, b) : sharedTokens(a, b);
}

/** 1 minus edits by the longer length (Levenshtein, 1966), over the first 4,000 UTF-16 units of NFC text. */
function levenshteinRatio(left: string, right: string): number {
  const [a, b] = [left.slice(0, comparedCharacters), right.slice(0, comparedCharacters)];
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - edits(a, b) / longest;
}

/** What two texts share at their beginning and end needs no edit; an answer near its known one is mostly that. */
function edits(left: string, right: string): number {
  const shortest = Math.min(left.length, right.length);
  let start = 0;
  while (start < shortest && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shortest - start &&
    left.charCodeAt(left.length - 1 - end) === right.charCodeAt(right.length - 1 - end)
  )
    end += 1;
  return distance(left.slice(start, left.length - end), right.slice(start, right.length - end));
}

/** Twice the shared words by all words (Dice, 1945), each word counted once. */
function sharedTokens(left: string, right: string): number {
  const [a, b] = [tokens(left), tokens(right)];
  if (a.size + b.size === 0) return 0;
  const shared = [...a].filter((token) => b.has(token)).length;
  return (2 * shared) / (a.size + b.size);
}

function tokens(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
}
