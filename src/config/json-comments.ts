/** True when a text is JSON, perhaps after comments; otherwise it is read as YAML. */
export function looksLikeJson(text: string): boolean {
  return /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*[{[]/.test(text);
}

const textOrComment = /"(?:\\[\s\S]|[^"\\])*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\t/g;

/** Where a text in quotes begins that is not closed in its line; null when all are. */
export function unclosedText(text: string): number | null {
  for (const { 0: found, index } of text.matchAll(textOrComment))
    if (found.startsWith('"') && !/^"(?:\\.|[^"\\\r\n])*"$/.test(found)) return index;
  return null;
}

/** Where lists and objects lie more than `most` deep in one another; null when none do. */
export function tooDeep(text: string, most: number): number | null {
  let depth = 0;
  for (const { 0: found, index } of text.matchAll(/"(?:\\.|[^"\\\r\n])*"|[[{\]}]/g)) {
    if (found === "[" || found === "{") depth += 1;
    if (found === "]" || found === "}") depth = Math.max(0, depth - 1);
    if (depth > most) return index;
  }
  return null;
}

/**
 * Blanks out comments and tabs of a JSON text, character for character, so that positions stay: YAML,
 * which reads the rest, knows neither `//` nor tabs before a key.
 */
export function blankComments(text: string): string {
  return text.replace(textOrComment, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\r\n]/g, " "),
  );
}
