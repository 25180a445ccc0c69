import { prepareSchema } from "../types/json-schema.js";
import { isSlip, slipShare } from "./field.js";

/** Formats of JSON Schema that a suggestion may name, by how a text of it looks; the check itself decides as well. */
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
export type FormatOf = (texts: readonly string[], slips?: number) => string | null;

/** Reads formats as the type `json-schema` does: what it would refuse has none. */
export async function prepareFormatOf(): Promise<FormatOf> {
  const tests = await Promise.all(
    formats.map(async ([format, pattern]) => {
      const faultOf = await prepareSchema({ format });
      const has = (text: string) => text.length <= 1_100 && pattern.test(text) && faultOf(text) === null;
      return { format, has };
    }),
  );
  return (texts, slips = slipShare) => {
    if (texts.length < fewestTexts) return null;
    const found = tests.find(({ has }) =>
      isSlip(texts.length - texts.filter(has).length, texts.length, slips),
    );
    return found?.format ?? null;
  };
}
