import { type Span, spansOf } from "../../text/span.js";
import { findOverrides } from "./overrides.js";
import { type Sighting, seenByAny, Unsure } from "./sighting.js";

/** Runs of base64 (also its URL form) and hexadecimal digits long enough to say something. */
const base64Runs = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
const hexRuns = /(?:[0-9a-f]{2}){12,}/gi;
/** Escapes of web addresses, programs and pages, three or more in one word. */
const escapedRuns =
  /[^\s"'<>]{0,200}(?:%[0-9a-f]{2}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|&#x?[0-9a-f]{2,6};)[^\s"'<>]{2,2000}/gi;
/** Longest run decoded, most runs of one text that decode to text, and how often something decoded is decoded again. */
const longest = 16_384;
const maxRuns = 2_000;
const deepest = 2;

interface Coding {
  readonly name: string;
  readonly find: (text: string) => readonly Span[];
  readonly decode: (text: string) => string;
}

const codings: readonly Coding[] = [
  {
    name: "base64",
    find: (text) => spansOf(text, base64Runs),
    decode: (text) => Buffer.from(text, "base64").toString("utf8"),
  },
  {
    name: "hexadecimal",
    find: (text) => spansOf(text, hexRuns),
    decode: (text) => Buffer.from(text, "hex").toString("utf8"),
  },
  { name: "escapes", find: (text) => spansOf(text, escapedRuns), decode: unescaped },
  { name: "rot13", find: (text) => [{ start: 0, end: Math.min(text.length, longest) }], decode: rot13 },
];

/**
 * Looks for codings that hide words which override instructions; what decodes to anything else is left alone. Throws
 * Unsure where nothing was found and more runs than are looked at decode to text.
 */
export function findEncoded(text: string, depth = 0): readonly Sighting[] {
  const tried = depth === 0 ? codings : codings.filter(({ name }) => name !== "rot13");
  return seenByAny(tried.map((coding) => () => findCoding(text, coding, depth)));
}

function findCoding(text: string, { name, find, decode }: Coding, depth: number): readonly Sighting[] {
  const found: Sighting[] = [];
  let read = 0;
  for (const span of find(text)) {
    const decoded = span.end - span.start > longest ? "" : decode(text.slice(span.start, span.end));
    if (!isText(decoded)) continue;
    read += 1;
    if (read > maxRuns) break;
    const hidden =
      findOverrides(decoded)[0] ??
      (name === "rot13" || depth + 1 === deepest ? undefined : findEncoded(decoded, depth + 1)[0]);
    if (hidden !== undefined) found.push({ ...span, kind: "encoded", says: `${name} of ${hidden.says}` });
  }
  if (read <= maxRuns || found.length > 0) return found;
  throw new Unsure(`there are more than ${maxRuns} pieces of text in ${name}`);
}

/** Something a person could read: hardly any replacement or control signs. */
function isText(decoded: string): boolean {
  if (decoded.length < 8) return false;
  const odd = decoded.match(/(?![\t\n\r])\p{Cc}|\ufffd/gu)?.length ?? 0;
  return odd * 20 < decoded.length;
}

function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"))
    .replace(
      /\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|&#x([0-9a-f]{2,6});/gi,
      (found, two?: string, four?: string, page?: string) =>
        signOf(Number.parseInt(two ?? four ?? page ?? "", 16), found),
    )
    .replace(/&#(\d{2,6});/g, (found, digits: string) => signOf(Number(digits), found));
}

function signOf(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode((code & 0x60) + (((code & 0x1f) + 12) % 26) + 1);
  });
}
