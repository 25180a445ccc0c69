import { isSlip, slipShare } from "./field.js";

/** Formats of JSON Schema that a suggestion may name; each test is at most as lenient as the check. */
const formats: readonly (readonly [string, RegExp])[] = [
  ["date", /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/],
  ["date-time", /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/],
  ["time", /^\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/],
  ["uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ["email", /^[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}$/],
  ["ipv4", /^(?:\d{1,3}\.){3}\d{1,3}$/],
  ["uri", /^https?:\/\/[^\s<>"{}|\\^`]{1,1000}$/],
];

/** Fewer texts than this show no format. */
const fewestTexts = 10;

/** The format that all texts have but for a slip in a hundred; null: none, or too few texts to say. */
export function formatOf(texts: readonly string[], slips: number = slipShare): string | null {
  if (texts.length < fewestTexts) return null;
  const found = formats.find(([, pattern]) => {
    const having = texts.filter((text) => text.length <= 1_100 && pattern.test(text)).length;
    return isSlip(texts.length - having, texts.length, slips);
  });
  return found?.[0] ?? null;
}
