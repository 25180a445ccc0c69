import { foldText } from "../../text/fold.js";

/** What a cell says, or what is wrong with it and what to do. */
export type CellRead<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly fix: string };

/** Longest text of a cell that is taken. */
const longestCell = 2_000;

const directionMark = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const control = /(?![\t\n\r])\p{Cc}/u;
const brokenPair = /\p{Cs}/u;
const zeroWidth = /[\u00ad\u200b\u2060\ufeff]/g;
/** UTF-8 that was read as Windows-1252 and saved so. */
const twiceEncoded = /[ÃÂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€/;
const spreadsheetError = /^#(?:N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!|BEZUG!|NV|WERT!)$/i;
/** A sign in front that the register's own CSV and careful people put before what looks like a formula. */
const guard = /^'(?=\s*[=+\-@＝＋－＠])/;

/** Cells that say that there is nothing. */
const nothing = new Set([
  "",
  "-",
  "--",
  "–",
  "—",
  "n/a",
  "na",
  "none",
  "nil",
  "keine",
  "keiner",
  "k.a.",
  "k. a.",
  "tbd",
  "?",
  ".",
]);

/** The text of a cell as it may be taken: trimmed, without invisible blanks; empty where it says nothing. */
export function readText(cell: string): CellRead<string> {
  const bad = (reason: string, fix: string) => ({ ok: false, reason, fix }) as const;
  if (cell.includes("\u0000")) return bad("holds a NUL character", "delete the cell and type it again");
  if (cell.includes("\ufffd"))
    return bad("lost a character when the file was saved (�)", "type it again and save as CSV UTF-8");
  const mark = directionMark.exec(cell)?.[0];
  if (mark !== undefined)
    return bad(
      `holds the hidden direction mark ${codeOf(mark)}: it may read otherwise than it is`,
      "type it again by hand",
    );
  if (brokenPair.test(cell)) return bad("holds half a character", "type it again and save as CSV UTF-8");
  const character = control.exec(cell)?.[0];
  if (character !== undefined)
    return bad(`holds the control character ${codeOf(character)}`, "delete the cell and type it again");
  const size = [...cell].length;
  if (size > longestCell)
    return bad(
      `is ${size} characters long, at most ${longestCell} are taken`,
      "shorten it; the long text can stay where it is, with a link",
    );
  if (twiceEncoded.test(cell))
    return bad(
      "was saved in the wrong encoding once (such as Ã¼ for ü)",
      "type it again and save as CSV UTF-8",
    );
  const text = cell
    .replace(zeroWidth, "")
    .replace(/\u00a0/g, " ")
    .trim();
  if (spreadsheetError.test(text))
    return bad("is an error of the spreadsheet", "mend the formula, then save again");
  const plain = text.replace(guard, "");
  if (plain === text && isFormula(text))
    return bad("is a formula, not its result", "copy the column, paste it as values, then save again");
  return { ok: true, value: nothing.has(plain.trim().toLowerCase()) ? "" : plain.trim() };
}

/** The parts of a list in one cell, on lines of their own or behind semicolons or commas. */
export function readList(text: string): readonly string[] {
  const parts = /[;\n|]/.test(text) ? text.split(/[;\n|]/) : text.split(",");
  return withoutGuards(parts);
}

/** Steps in one cell: on lines of their own, numbered, or behind semicolons. */
export function readSteps(text: string): readonly string[] {
  const lines = text.split(/\n|;|(?:^|\s)(?=\d{1,2}[.)]\s)/);
  return withoutGuards(lines.map((line) => line.trim().replace(/^(?:\d{1,2}[.)]|[-*•])\s+/, "")));
}

/** One of few values by the words people use for them. */
export function readChoice<Value extends string>(
  text: string,
  words: Readonly<Record<Value, readonly string[]>>,
  values: readonly Value[],
): CellRead<Value> {
  const said = foldText(text)
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  const found = values.find((value) => value === said.replace(" ", "-") || words[value].includes(said));
  if (found !== undefined) return { ok: true, value: found };
  return { ok: false, reason: "is none of the known words", fix: `write one of ${values.join(", ")}` };
}

function isFormula(text: string): boolean {
  return /^[=＝]/.test(text) || /^[+@＋＠-].*[(|!]/.test(text);
}

function withoutGuards(parts: readonly string[]): readonly string[] {
  return parts.map((part) => part.trim().replace(guard, "").trim()).filter((part) => part !== "");
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
