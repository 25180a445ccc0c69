import { isJsonObject, type Json, type JsonObject } from "../domain/json.js";
import { compilePath } from "../text/json-path.js";
import { textOfJson } from "../text/json-value.js";

/** A value in a record, and what it is called there. */
export interface Found {
  readonly name: string;
  readonly value: Json;
}

/** Finds the values a field may have in a record, the likeliest first. */
export interface FieldReader {
  /** True when nobody configured it: a value of the wrong shape then only means "not this one". */
  readonly guessed: boolean;
  readonly find: (record: Json) => readonly Found[];
}

/** Builds the reader of one field: from the configured path or paths, or from default names. */
export function fieldReader(
  path: string | readonly string[] | null | undefined,
  names: readonly string[],
): FieldReader {
  if (path === null) return { guessed: false, find: () => [] };
  if (path === undefined) return { guessed: true, find: byNames(names) };
  return { guessed: false, find: typeof path === "string" ? byPath(path) : byPaths(path) };
}

function byPath(path: string): FieldReader["find"] {
  const compiled = compilePath(path);
  return (record) =>
    compiled
      .select(record)
      .slice(0, 1)
      .map((node) => ({ name: node.path, value: node.value }));
}

// Joined only when every part is there: half an id would make two outputs one.
function byPaths(paths: readonly string[]): FieldReader["find"] {
  const compiled = paths.map((path) => compilePath(path));
  return (record) => {
    const parts = compiled.flatMap((path) => path.select(record).slice(0, 1));
    const present = parts.filter((part) => part.value !== null && part.value !== "");
    if (present.length < paths.length) return [];
    return [{ name: paths.join(":"), value: present.map((part) => textOfJson(part.value)).join(":") }];
  };
}

function byNames(names: readonly string[]): FieldReader["find"] {
  const wanted = names.map((name) => ({ name, steps: name.split(".").map(plainName) }));
  return (record) => {
    const found: Found[] = [];
    for (const { name, steps } of wanted) {
      const value = valueAt(record, steps);
      if (value !== undefined) found.push({ name, value });
    }
    return found;
  };
}

function valueAt(record: Json, steps: readonly string[]): Json | undefined {
  let value: Json | undefined = record;
  for (const step of steps) value = member(value, step);
  return value;
}

function member(holder: Json | undefined, plain: string): Json | undefined {
  if (!isJsonObject(holder)) return undefined;
  const key = plainKeys(holder).get(plain);
  return key === undefined ? undefined : holder[key];
}

// Every field asks the same record for several names, one record after the other.
let latest: { readonly holder: JsonObject; readonly keys: ReadonlyMap<string, string> } | null = null;

function plainKeys(holder: JsonObject): ReadonlyMap<string, string> {
  if (latest?.holder === holder) return latest.keys;
  const keys = new Map<string, string>();
  for (const key of Object.keys(holder)) {
    const plain = plainName(key);
    // of two keys alike the first has it
    if (!keys.has(plain)) keys.set(plain, key);
  }
  latest = { holder, keys };
  return keys;
}

// Records repeat the same few keys; a hostile stream of ever new ones must not fill memory.
const plainNames = new Map<string, string>();

function plainName(key: string): string {
  const known = plainNames.get(key);
  if (known !== undefined) return known;
  if (plainNames.size >= 2_000) plainNames.clear();
  const plain = key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  plainNames.set(key, plain);
  return plain;
}
