import { comparable, placeOf } from "../wording-match.js";

/**
 * True when a quotation stands in the source word by word: case, white space, kinds of quotation marks and dashes
 * aside; an omission ("…") parts it, and each part must stand there after the one before.
 */
export function standsIn(source: string, quotation: string): boolean {
  const parts = plain(quotation)
    .split(/\[?(?:\.\.\.|…)\]?/)
    .map((part) => part.replace(/^[\s"'.,;:]+|(?<![\s"'.,;:])[\s"'.,;:]+$/g, ""))
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const text = plain(source);
  let from = 0;
  return (
    parts.length > 0 &&
    parts.every((part) => {
      const at = placeOf(text, part, true, from);
      from = at + part.length;
      return at >= 0;
    })
  );
}

function plain(text: string): string {
  return comparable(text, true)
    .replace(/[\u2018\u2019\u201a\u201b\u2032`]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/\s+/g, " ");
}
