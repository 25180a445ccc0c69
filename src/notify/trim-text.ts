/** The text cut to `max` code points, at a word where one ends near, with `…` where something is gone. */
export function cutAtWord(text: string, max: number): string {
  const points = [...text];
  if (points.length <= max) return text;
  const kept = points.slice(0, max - 1).join("");
  const space = kept.search(/\s+\S*$/);
  return `${(space > kept.length * 0.6 ? kept.slice(0, space) : kept).trimEnd()}…`;
}

/** At most `lines` lines and `max` code points; `…` where something is gone. */
export function cutLines(text: string, lines: number, max: number): string {
  const all = text.split("\n");
  const fewer = all.length > lines ? `${all.slice(0, lines).join("\n")} …` : text;
  return cutAtWord(fewer, max);
}

/** The text on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Bidi controls, invisible joiners, halves of a pair: they reorder or hide what stands around them. */
const deceiving = /[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Surrogate}]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** Control and invisible characters written out (`\x1b`, `\u202e`); tabs become blanks, floods of empty lines one. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replaceAll("\t", "  ")
    .replace(control, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replace(deceiving, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/\n[ \n]*\n/g, "\n\n");
}

/** Words wrapped to `width` columns; a longer word stands alone, uncut. Line ends stay. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    if (current !== "" && columns(current) + 1 + columns(word) > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

function columns(text: string): number {
  return [...text].length;
}
