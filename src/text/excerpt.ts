/** White space of any kind, which one blank stands for. */
const blanks = /\s/u;
/** Controls, direction marks, invisible characters and halves of a pair: what could disguise a text. */
const invisible = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]/u;

/** Printable ASCII with single blanks: nearly every text, and nothing in it has to be changed. */
const plain = /^[!-~](?: ?[!-~])*$/;

/**
 * The beginning of a text on one line: runs of white space become one blank, control characters show as
 * `\x1b`, direction and invisible characters as `\u202e`; cut by code points, `…` included in `max`.
 */
export function excerpt(text: string, max = 60): string {
  const head = text.slice(0, max + 1);
  if (plain.test(head)) return head.length <= max ? head : `${head.slice(0, max - 1).trimEnd()}…`;
  const shown: string[] = [];
  // an escaped character takes six places
  let size = 0;
  for (const character of text) {
    const next = blanks.test(character) ? " " : invisible.test(character) ? escaped(character) : character;
    if (next === " " && (shown.length === 0 || shown.at(-1) === " ")) continue;
    shown.push(next);
    size += places(next);
    if (size > max + 1) break;
  }
  if (shown.at(-1) === " ") size -= places(shown.pop() ?? "");
  if (size <= max) return shown.join("");
  while (size > max - 1 && shown.length > 0) size -= places(shown.pop() ?? "");
  return `${shown.join("").trimEnd()}…`;
}

function places(piece: string): number {
  return [...piece].length;
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}
