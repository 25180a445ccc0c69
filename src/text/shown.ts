import type { Json } from "../domain/json.js";
import { excerpt } from "./excerpt.js";
import { textOfJson } from "./json-value.js";
import { redactText } from "./redact.js";

/** How far beyond the excerpt a text is redacted, so that nothing is cut in two before it is recognised. */
const margin = 1_000;

/** The beginning of a text as it may be shown to anyone: redacted, then cut. */
export function shown(text: string, max = 60): string {
  return excerpt(redacted(text.slice(0, max * 4 + margin)), max);
}

// a failing check quotes its text in the reason and again as the excerpt
let latest = { text: "", redacted: "" };

function redacted(text: string): string {
  if (latest.text !== text) latest = { text, redacted: redactText(text) };
  return latest.redacted;
}

/** A value as a reason names it: strings in quotation marks, lists and objects as JSON. */
export function quoted(value: Json, max = 60): string {
  const text = shown(textOfJson(value), max);
  return typeof value === "string" ? `"${text}"` : text;
}

/** Several values as a reason lists them: at most five, then how many more. */
export function quotedList(values: readonly Json[], conjunction: string): string {
  const named = values.slice(0, 5).map((value) => quoted(value, 40));
  const more = values.length - named.length;
  if (more > 0) return `${named.join(", ")} ${conjunction} ${more} more`;
  const last = named.pop() ?? "";
  return named.length === 0 ? last : `${named.join(", ")} ${conjunction} ${last}`;
}
