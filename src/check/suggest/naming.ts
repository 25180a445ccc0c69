import type { JsonObject } from "../../domain/json.js";
import { type PlacedField, whenThere } from "./field.js";

/** The id of a check on a field: `lines-amount-in-range`. */
export function idFor(path: string, says: string): string {
  const words = path
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return [...words, says].join("-").slice(0, 80).replace(/-$/, "");
}

/** The settings that say where a check looks, and when there is something to look at. */
export function placeOf(placed: PlacedField): JsonObject {
  const when = whenThere(placed);
  return { on: placed.field.path, ...(when === null ? {} : { when }) };
}
