import { isJsonObject, type Json } from "../domain/json.js";
import { compilePath } from "../text/json-path.js";
import { isJsonList } from "../text/json-value.js";

/** Where a list of records usually lies when an answer is an object. */
const usualPlaces = ["data", "items", "results", "records", "outputs"];

/**
 * The records in a document: what the path selects (one list: its entries); without a path the document's
 * own list, or the one list under a usual name. null: there is none.
 */
export function listItems(document: Json, path: string | null): readonly Json[] | null {
  if (path === null) return ownList(document);
  const selected = compilePath(path).select(document);
  const [only] = selected;
  if (only === undefined) return emptyList(document, path);
  return selected.length === 1 && isJsonList(only.value) ? only.value : selected.map((node) => node.value);
}

function ownList(document: Json): readonly Json[] | null {
  if (isJsonList(document)) return document;
  if (!isJsonObject(document)) return null;
  return usualPlaces.map((name) => document[name]).find(isJsonList) ?? null;
}

// `$.data[*]` selects nothing in an empty list, which is an answer, and nothing without `data`, which is a fault.
function emptyList(document: Json, path: string): readonly Json[] | null {
  const holder = /^(.*\S)\s*\[\s*\*\s*\]$/s.exec(path.trim())?.[1];
  if (holder === undefined) return null;
  return compilePath(holder)
    .select(document)
    .some(({ value }) => isJsonList(value))
    ? []
    : null;
}
