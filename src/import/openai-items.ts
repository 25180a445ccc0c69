import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { isJsonList } from "../text/json-value.js";
import type { NotCarried, Place } from "./imported.js";

/** One item of a data source. */
export interface PlacedItem {
  readonly item: JsonObject;
  readonly name: string | null;
}

/** Items that a document holds, each once, and data sources that are elsewhere. */
export interface ItemsRead {
  readonly items: readonly PlacedItem[];
  readonly notCarried: readonly NotCarried[];
}

/** Parts of an answer of the API that may hold items further down. */
const holders = ["run", "runs", "data", "data_source", "source", "content", "items", "output_items"];

/**
 * Finds items: `{ "item": {...} }` of a data source or a JSONL file, and `datasource_item` of a run's results.
 * Several runs over the same items give each once.
 */
export function itemsIn(value: Json, place: Place): ItemsRead {
  const found = new Map<string, PlacedItem>();
  const notCarried: NotCarried[] = [];
  const look = (each: Json, where: Place, depth: number): void => {
    if (depth > 8) return;
    if (isJsonList(each)) {
      for (const [at, one] of each.entries()) look(one, { ...where, path: [...where.path, at] }, depth + 1);
    }
    if (!isJsonObject(each)) return;
    const item = each.item ?? each.datasource_item;
    if (isJsonObject(item)) {
      const key = JSON.stringify(item);
      if (!found.has(key)) found.set(key, { item, name: itemName(item) });
      return;
    }
    const elsewhere = elsewhereIn(each);
    if (elsewhere !== null) notCarried.push({ place: where, ...elsewhere });
    for (const name of holders) {
      const inner = each[name];
      if (inner !== undefined) look(inner, { ...where, path: [...where.path, name] }, depth + 1);
    }
  };
  look(value, place, 0);
  return { items: [...found.values()], notCarried };
}

function itemName(item: JsonObject): string | null {
  const name = item.id ?? item.name ?? item.case;
  return typeof name === "string" || typeof name === "number" ? String(name) : null;
}

function elsewhereIn(source: JsonObject): { what: string; why: string } | null {
  switch (source.type) {
    case "file_id":
      return {
        what: `the items of file ${typeof source.id === "string" ? source.id : "(no id)"}`,
        why: "they are at OpenAI; download the file (GET /v1/files/{id}/content) and give it with --items",
      };
    case "stored_completions":
    case "logs":
      return {
        what: `items from ${source.type}`,
        why: "they are recorded answers at OpenAI; read them as a source instead",
      };
    default:
      return null;
  }
}
