import type { Json } from "../domain/json.js";

/** A number, or a text that is nothing but one (`-12.5`, `1e3`); null: neither. */
export function numberIn(value: Json | undefined): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.length > 400) return null;
  return /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : null;
}
