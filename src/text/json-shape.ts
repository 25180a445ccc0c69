/**
 * The shape of structured output: which fields are there and of which type, without any of their values.
 * In: a JSON value. Out: one text that is the same for all values of one shape, and its fields back again.
 */
import { isJsonObject, type Json } from "../domain/json.js";
import { redactText } from "./redact.js";

/** A field with its type; list items are `lines[].amount`, the whole output is `$`. */
export interface Field {
  readonly path: string;
  readonly type: string;
}

/** Most fields of one shape; those nearest to the top are kept. */
export const mostFields = 200;
/** Stands among the fields where an output has more, or deeper ones, than are followed. */
export const beyond: Field = { path: "(more)", type: "fields" };

/** The output as a whole; its fields are named without it. */
const top = "$";
const deepest = 12;
/** Values looked at in one output: long lists repeat their items' shape. */
const mostValues = 5_000;
const longestName = 40;
const longestPath = 120;
/** A number of at least so many digits in a name says that it is an id or a date, not the name of a field. */
const idDigits = 4;
/** Stands for the names in a map from ids to values. */
const anyName = "*";

interface Place {
  readonly value: Json;
  readonly path: string;
  readonly depth: number;
}

/**
 * The shape as sorted lines `path:type`, at most 200. Names that are ids count as one (`orders.*`), as do all names of
 * an object with more of them than could be followed; names are redacted, for a map may be keyed by addresses.
 */
export function shapeOf(value: Json): string {
  const lines = new Set<string>();
  const places: Place[] = [{ value, path: top, depth: 0 }];
  let more = false;
  // the list grows while it is read: nearest to the top first, and no recursion that deep nesting could overflow
  for (const place of places) {
    const line = lineOf({ path: place.path, type: typeOf(place.value) });
    if (!lines.has(line) && lines.size >= mostFields) {
      more = true;
      break;
    }
    lines.add(line);
    const room = mostValues - places.length;
    const inside = place.depth < deepest ? placesIn(place, room + 1) : [];
    const unseen = inside.length > room || (place.depth >= deepest && !isEmpty(place.value));
    more ||= unseen;
    places.push(...inside.slice(0, room));
  }
  if (more) lines.add(lineOf(beyond));
  return [...lines].sort().join("\n");
}

/** The shape of an output that is no JSON. */
export const textShape = "$:text";

/** The lines of a shape, one for each field. */
export function shapeLines(shape: string): readonly string[] {
  return shape.split("\n");
}

/** A field as a line of a shape. */
export function lineOf({ path, type }: Field): string {
  return `${path}:${type}`;
}

/** The field of a line. */
export function fieldOf(line: string): Field {
  const at = line.lastIndexOf(":");
  return at < 0 ? { path: line, type: "" } : { path: line.slice(0, at), type: line.slice(at + 1) };
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (isJsonObject(value)) return "object";
  return typeof value === "object" ? "list" : typeof value;
}

function isEmpty(value: Json): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

/** What lies one step deeper, at most so many. */
function placesIn({ value, path, depth }: Place, limit: number): readonly Place[] {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return items.slice(0, limit).map((item) => ({ value: item, path: `${path}[]`, depth: depth + 1 }));
  }
  if (!isJsonObject(value)) return [];
  const names = Object.keys(value);
  const isMap = names.length > mostFields;
  return names.slice(0, limit).flatMap((name) => {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    const step = isMap ? anyName : stepOf(name);
    return member === undefined
      ? []
      : [{ value: member, path: shortened(joined(path, step)), depth: depth + 1 }];
  });
}

function joined(path: string, step: string): string {
  if (path === top) return step;
  return step.startsWith("[") ? `${path}${step}` : `${path}.${step}`;
}

/** Names of letters alone are names of fields and need no second look. */
const plainName = /^[\p{L}_][\p{L}_ -]{0,24}$/u;
const writableName = /^[\p{L}_$][\p{L}\p{N}_$ -]*$/u;

function stepOf(name: string): string {
  if (plainName.test(name)) return name;
  const digits = name.replace(/\P{Nd}/gu, "").length;
  if (digits >= idDigits || digits === name.length) return anyName;
  const known = redactText(name.slice(0, 10 * longestName));
  const short = known.length > longestName ? `${known.slice(0, longestName)}…` : known;
  return writableName.test(short) ? short : `[${JSON.stringify(short)}]`;
}

function shortened(path: string): string {
  return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
}
