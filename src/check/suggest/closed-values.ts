import { redactText } from "../../text/redact.js";

/** Most values that an enumeration may have. */
const mostValues = 20;
/** How often each value must have been seen. */
const leastOften = 3;
/** Largest share of values that may still be unseen. */
const mostUnseen = 0.01;
/** Names of fields that hold people or what belongs to them. */
const personal =
  /(?:^|[_.\s-])(?:name|names|customer|client|person|people|user|author|contact|owner|agent|assignee|employee|sender|recipient|e-?mail|mail|phone|mobile|address|street|iban|birth\w*|by)(?:$|[_.\s-])/i;
/** Two or more capitalised words: a name of a person, as far as code can tell. */
const likeName = /^\p{Lu}[\p{Ll}'’-]{1,40}(?:\s+(?:\p{Lu}\.|\p{Lu}[\p{L}'’-]{1,40})){1,3}$/u;

/** A set of values that looks complete. */
export interface ClosedValues {
  readonly values: readonly string[];
  /** How often the rarest was seen. */
  readonly rarest: number;
}

/**
 * The values of a field when the set of them looks closed, otherwise null: at most 20, each seen 3 times or more, and
 * the estimated share of values not yet seen under 1 %: (singletons + 1) / (n + 1), which needs 100 values at least.
 * Source: I. J. Good, 1953, "The population frequencies of species and the estimation of population parameters",
 * Biometrika 40; the added 1 keeps the estimate above zero where nothing was seen once. Personal data is never listed.
 */
export function closedValues(name: string, texts: readonly string[]): ClosedValues | null {
  const counts = new Map<string, number>();
  for (const text of texts) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.size > mostValues) return null;
  }
  const often = [...counts.values()];
  const singletons = often.filter((count) => count === 1).length;
  const rarest = Math.min(...often);
  if (counts.size === 0 || rarest < leastOften) return null;
  if ((singletons + 1) / (texts.length + 1) >= mostUnseen) return null;
  const values = [...counts.keys()].sort();
  return isPersonal(name, values) ? null : { values, rarest };
}

/** True when a field may hold personal data, by its name or its values. */
export function isPersonal(name: string, values: readonly string[]): boolean {
  const plain = name.slice(0, 300).replace(/([a-z0-9])([A-Z])/g, "$1_$2");
  return personal.test(plain) || values.some(isPersonalValue);
}

/** True for a text that names a person or what belongs to one, as far as code can tell. */
export function isPersonalValue(value: string): boolean {
  return value.length > 60 || redactText(value) !== value || likeName.test(value.trim());
}
