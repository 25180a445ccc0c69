import { JSONPathError, type JSONPathNode, JSONPathQuery } from "json-p3";
import { KnownError } from "../domain/errors.js";
import { isJsonObject, type Json } from "../domain/json.js";
import { strayName } from "./filter-names.js";
import { pathEnvironment } from "./json-path-environment.js";
import { isJson } from "./json-value.js";

/** Longest path or filter accepted, in characters. */
const maxLength = 1_000;
/** Most values one path may select in one document; `$..*..*` grows without bound. */
const maxSelected = 10_000;

/** A value inside a document, and where. */
export interface PathNode {
  /** Such as `$.lines[0].amount`. */
  readonly path: string;
  readonly value: Json;
}

/** A compiled JSONPath (RFC 9535). */
export interface JsonPath {
  /** As the user wrote it. */
  readonly source: string;
  /** The selected values, in document order. Throws KnownError `path-too-wide` above 10,000. */
  select(value: Json): readonly PathNode[];
  /** Where it selects nothing: itself, or the members of `lines[*]` that lack the last name. */
  missingIn(value: Json): readonly string[];
  /** Where it selects nothing: the object it leads to at last, and the name that this does not have. */
  lastObjectIn(value: Json): LastObject | null;
}

/** An object on the way of a path. */
export interface LastObject {
  /** `$` or a place within. */
  readonly path: string;
  /** What comes next in the path; null: no name. */
  readonly wanted: string | null;
  readonly fields: readonly string[];
}

/**
 * Compiles an RFC 9535 path; a bare `total` or `lines[*].amount` means `$.total`, `$.lines[*].amount`.
 * Functions `match` and `search` run in linear time. Throws KnownError `json-path` with the position.
 */
export function compilePath(path: string): JsonPath {
  const written = rooted(path);
  const query = compiled(path, written.text, written.added);
  const last = query.segments.at(-1);
  const parents = new JSONPathQuery(query.environment, query.segments.slice(0, -1));
  return {
    source: path,
    select: (value) => run(path, query, value),
    missingIn: (value) => {
      if (run(path, query, value).length === 0) return [shownPath(written.text)];
      if (last === undefined || query.singularQuery()) return [];
      const lastOnly = new JSONPathQuery(query.environment, [last]);
      return run(path, parents, value)
        .filter((parent) => run(path, lastOnly, parent.value).length === 0)
        .map((parent) => `${parent.path}${last.toString({ form: "pretty" })}`);
    },
    lastObjectIn: (value) => lastObject(path, query, value),
  };
}

function lastObject(path: string, query: JSONPathQuery, value: Json): LastObject | null {
  for (let steps = query.segments.length - 1; steps >= 0; steps -= 1) {
    const way = new JSONPathQuery(query.environment, query.segments.slice(0, steps));
    const [found] = run(path, way, value);
    if (found === undefined) continue;
    if (!isJsonObject(found.value)) return null;
    const next = query.segments[steps]?.toString({ form: "pretty" }) ?? "";
    const name = /^(?:\.([^.[\]]+)|\['([^'\\]*)'\])$/.exec(next);
    return { path: found.path, wanted: name?.[1] ?? name?.[2] ?? null, fields: Object.keys(found.value) };
  }
  return null;
}

/**
 * Compiles a filter expression of RFC 9535, such as `@.segment == 'DE' && @.latencyMs < 2000`, to a question
 * about one value. Throws KnownError `json-path` with the position, and for a name behind `@.` that is none of `names`.
 */
export function compileFilter(expression: string, names?: readonly string[]): (value: Json) => boolean {
  if (expression.trim() === "") {
    throw pathError("filter", expression, "is empty; write for example @.segment == 'DE'");
  }
  const query = compiled(expression, `$[?${expression}]`, 3, "filter");
  const stray = names === undefined ? null : strayName(query, names);
  if (stray !== null) throw pathError("filter", expression, stray);
  return (value) => run(expression, query, [value]).length > 0;
}

/** Puts a bare name under `$`; `added` is how many characters that put before it. */
function rooted(path: string): { text: string; added: number } {
  const text = path.trim();
  if (text === "")
    throw pathError("path", path, "is empty; write a name such as total, or $.lines[*].amount");
  if (/^\$(?:[.[\s]|$)/.test(text)) return { text, added: 0 };
  if (/^@(?:[.[]|$)/.test(text)) {
    throw pathError("path", path, "begins with @, which belongs into filters; begin with $ or a name");
  }
  if (/[[\]'"*]/.test(text)) return { text: `$.${text}`, added: 2 };
  const names = text.split(".");
  const empty = names.indexOf("");
  if (empty >= 0) throw pathError("path", path, "has an empty name between dots");
  return { text: `$${names.map((name) => `[${JSON.stringify(name)}]`).join("")}`, added: 0 };
}

function compiled(source: string, text: string, added: number, what = "path"): JSONPathQuery {
  if (source.length > maxLength) {
    throw pathError(what, source, `has ${source.length} characters, ${maxLength} are possible`);
  }
  try {
    return pathEnvironment.compile(text);
  } catch (thrown) {
    if (!(thrown instanceof JSONPathError)) throw thrown;
    const position = Math.max(0, thrown.token.index - added);
    const why = thrown.message.replace(/\s*\('.*':\d+\)\s*$/s, "");
    throw pathError(what, source, `${why} at character ${Math.min(position, source.length) + 1}`);
  }
}

function run(source: string, query: JSONPathQuery, value: Json): readonly PathNode[] {
  const found: PathNode[] = [];
  for (const node of nodes(query, value)) {
    if (found.length === maxSelected) {
      throw new KnownError("path-too-wide", `${source} selects more than ${maxSelected} values`);
    }
    if (isJson(node.value)) found.push({ path: node.getPath({ form: "pretty" }), value: node.value });
  }
  return found;
}

function* nodes(query: JSONPathQuery, value: Json): Iterable<JSONPathNode> {
  if (isQueryable(value)) yield* query.lazyQuery(value);
}

/** json-p3 declares its documents mutable, and leaves them as they are. */
function isQueryable(value: Json): value is Json & Parameters<JSONPathQuery["lazyQuery"]>[0] {
  return isJson(value);
}

function shownPath(text: string): string {
  return pathEnvironment.compile(text).toString({ form: "pretty" });
}

function pathError(what: string, source: string, why: string): KnownError {
  const shown = source.length > 80 ? `${source.slice(0, 79)}…` : source;
  return new KnownError("json-path", `${what} "${shown}": ${why}`);
}
