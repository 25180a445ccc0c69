import type { Json } from "../domain/json.js";

/** True for anything a JSON parser hands back (all but `undefined`). */
export function isJson(value: unknown): value is Json {
  return value !== undefined;
}

/** True for a JSON list. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A value as text: a string as it is, anything else as compact JSON. */
export function textOfJson(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** One text per value: keys sorted, numbers as JSON writes them; equal values give equal texts. */
export function canonicalJson(value: Json): string {
  if (isJsonList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  // a parser reads 1e999 as infinite, which JSON.stringify would write as null
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Every string inside a value, in order, without the keys. */
export function stringsIn(value: Json): readonly string[] {
  if (typeof value === "string") return [value];
  if (isJsonList(value)) return value.flatMap(stringsIn);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(stringsIn);
  return [];
}
