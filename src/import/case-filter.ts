import { isJsonObject, type Json } from "../domain/json.js";
import { looksStructured } from "../text/parse-json.js";

/** Longest filter that a check may have. */
const longestFilter = 1_000;

/**
 * A filter that holds for some cases and for no others, by their inputs; null when none of bearable length does.
 * The shortest name wins whose values tell the two apart; otherwise all names of a case together.
 */
export function caseFilter(inputs: readonly Json[], chosen: readonly number[]): string | null {
  const inside = new Set(chosen);
  const of = (wanted: boolean) => inputs.filter((_, at) => inside.has(at) === wanted);
  const found = [...byOneName(of(true), of(false)), ...byAllNames(of(true), of(false))]
    .filter((filter) => filter.length <= longestFilter)
    .sort((left, right) => left.length - right.length);
  return found[0] ?? null;
}

function byOneName(inside: readonly Json[], outside: readonly Json[]): readonly string[] {
  const first = inside[0];
  const names = isJsonObject(first) ? Object.keys(first) : [null];
  return names.flatMap((name) => {
    const terms = inside.map((input) => term(input, name));
    const others = new Set(outside.map((input) => term(input, name)));
    const wanted = [...new Set(terms)];
    return wanted.some((each) => each === null || others.has(each)) ? [] : [wanted.join(" || ")];
  });
}

function byAllNames(inside: readonly Json[], outside: readonly Json[]): readonly string[] {
  const others = new Set(outside.map(allTerms));
  const terms = [...new Set(inside.map(allTerms))];
  if (terms.some((each) => each === null || others.has(each))) return [];
  return [terms.map((each) => `(${each})`).join(" || ")];
}

function allTerms(input: Json): string | null {
  if (!isJsonObject(input)) return null;
  const terms = Object.keys(input).flatMap((name) => term(input, name) ?? []);
  return terms.length === 0 ? null : terms.join(" && ");
}

/** One comparison; null for what a filter cannot compare. */
function term(input: Json, name: string | null): string | null {
  const value = name === null ? input : isJsonObject(input) ? input[name] : undefined;
  if (value === undefined || (typeof value === "object" && value !== null)) return null;
  // an input that is JSON by itself is parsed before the filter sees it
  if (name === null && (typeof value !== "string" || looksStructured(value))) return null;
  const place = name === null ? "" : /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  return `@.input${place} == ${JSON.stringify(value)}`;
}
