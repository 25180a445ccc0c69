import { stringEnd } from "./parse-json.js";

/**
 * The first name that one object of a JSON text has twice, or null. RFC 8259, 4: names should be unique, and programs
 * differ in which of two values they take. The text must be JSON.
 */
export function repeatedName(text: string): string | null {
  const open: Set<string>[] = [];
  const isName = /\s*:/y;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (sign === "{" || sign === "[") open.push(new Set());
    else if (sign === "}" || sign === "]") open.pop();
    if (sign !== '"') continue;
    const start = index;
    index = stringEnd(text, start);
    isName.lastIndex = index + 1;
    if (!isName.test(text)) continue;
    const name = String(JSON.parse(text.slice(start, index + 1)));
    const names = open.at(-1);
    if (names?.has(name) === true) return name;
    names?.add(name);
  }
  return null;
}
