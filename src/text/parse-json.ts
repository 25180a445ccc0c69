import type { Json } from "../domain/json.js";
import { unfence } from "./code-fence.js";
import { isJson } from "./json-value.js";

/** Deepest nesting accepted; `JSON.stringify` overflows the stack from about 10,000. */
export const maxJsonDepth = 64;

/** RFC 8259, 6: what a double cannot hold is not JSON that others read alike; `1e999` would become infinite, or null. */
const tooLarge = "is JSON with a number that is too large to be read (above 1.8e308)";
const mayOverflow = /\de\+?\d{2}|\d{290}/i;

/** What reading a text as JSON gave. */
export type ParsedJson =
  | { readonly ok: true; readonly value: Json; readonly fenced: boolean }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads a text as JSON: a byte order mark is ignored, one code fence around the whole text is taken off and
 * noted. Keys such as `__proto__` become ordinary own keys. The reason never quotes the text.
 */
export function parseJson(text: string): ParsedJson {
  const parsed = parseRecords(text);
  const fault = parsed.ok && mayOverflow.test(text) ? numberFault(parsed.value) : null;
  return fault === null ? parsed : { ok: false, reason: fault };
}

/**
 * The same for a text that holds many records: a number that is too large is no fault of the whole. Whoever takes the
 * records one by one asks `numberFault`.
 */
export function parseRecords(text: string): ParsedJson {
  const { body, fenced } = unfence(text);
  if (body === "") return { ok: false, reason: "is empty, expected JSON" };
  const shape = measure(body);
  if (shape.depth > maxJsonDepth) {
    return { ok: false, reason: `is JSON nested deeper than ${maxJsonDepth} levels` };
  }
  try {
    const value: unknown = JSON.parse(body);
    if (isJson(value)) return { ok: true, value, fenced };
  } catch {
    // What V8 says quotes the text and differs between Node versions; the shape says more.
  }
  return { ok: false, reason: whyBroken(body, shape) };
}

/** True for a text that may be a JSON object or list, by how it begins. */
export function looksStructured(text: string): boolean {
  return /^[\uFEFF\s]*(?:[{[]|```)/.test(text);
}

/** The object or list that a text is, or undefined when it is neither. */
export function parseStructured(text: string): Json | undefined {
  if (!looksStructured(text)) return undefined;
  const parsed = parseJson(text);
  return parsed.ok && typeof parsed.value === "object" && parsed.value !== null ? parsed.value : undefined;
}

/** Why a text has no fields: what is wrong with its JSON, or which other JSON it is. */
export function whyNoFields(text: string): string {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed.reason;
  const { value } = parsed;
  const kind = value === null ? "null" : `a ${typeof value === "string" ? "text" : typeof value}`;
  return `is JSON but only ${kind}, not an object or list`;
}

/** What is wrong with the numbers of a value that was read; null: nothing. */
export function numberFault(value: Json): string | null {
  return holdsInfinite(value) ? tooLarge : null;
}

function holdsInfinite(value: Json): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsInfinite);
}

interface Shape {
  /** Deepest nesting. */
  readonly depth: number;
  /** Brackets still open at the end. */
  readonly open: number;
  /** Where the first bracket closed again; -1: never. */
  readonly closedAt: number;
}

/**
 * Counts brackets outside strings before parsing, so that depth costs no stack. Strings are most of a text: they are
 * leapt over.
 */
function measure(text: string): Shape {
  let depth = 0;
  let open = 0;
  let closedAt = -1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = stringEnd(text, index);
    else if (code === 0x7b || code === 0x5b) {
      open += 1;
      if (open > depth) depth = open;
    } else if (code === 0x7d || code === 0x5d) {
      open -= 1;
      if (open === 0 && closedAt < 0) closedAt = index;
    }
  }
  return { depth, open, closedAt };
}

/** Where the string ends that begins at a quotation mark; the length of the text where it does not. */
export function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === 0x5c) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}

function whyBroken(body: string, shape: Shape): string {
  if (!/^[{[]/.test(body)) return "is not JSON: it begins with other text";
  if (shape.open > 0 && shape.closedAt < 0) {
    return `is JSON that breaks off: ${shape.open} ${shape.open === 1 ? "bracket never closes" : "brackets never close"}`;
  }
  if (shape.closedAt >= 0 && shape.closedAt < body.length - 1) return "is JSON with other text after it";
  return "is broken JSON";
}
