import { type Document, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } from "yaml";
import { messageOf } from "../domain/errors.js";
import type { Fault, SettingPath } from "./fault.js";
import { formatPath } from "./fault.js";
import { blankComments, looksLikeJson, tooDeep, unclosedText } from "./json-comments.js";
import { syntaxSentence } from "./syntax-sentence.js";

/** Alias references that one file may unfold to. */
const MOST_ALIASES = 100;
const MOST_SYNTAX_FAULTS = 3;
/** Deeper text could exhaust the parser's stack. */
const DEEPEST = 200;

/** A configuration file, parsed, that knows where each of its values stands. */
export interface SettingsDocument {
  readonly file: string;
  /** Plain data; undefined when the file could not be read. */
  readonly value: unknown;
  /** What kept it from being read. */
  readonly faults: readonly Fault[];
  /** A fault at a value; where the value is missing, at what should hold it. */
  fault(path: SettingPath, message: string, hints?: readonly string[]): Fault;
  /** A fault at the name of a setting. */
  faultAtKey(path: SettingPath, message: string, hints?: readonly string[]): Fault;
}

/** Parses JSON, JSON with comments or YAML. */
export function parseSettings(file: string, source: string): SettingsDocument {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const faultAt = (
    offset: number,
    path: SettingPath,
    message: string,
    hints: readonly string[] = [],
  ): Fault => {
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    return { file, line, column, path: formatPath(path), message, hints };
  };
  const at: FaultAt = (offset, message) => faultAt(offset, [], message);
  const unreadable = unreadableText(text, at);
  const plain = looksLikeJson(text) ? blankComments(text) : text;
  const document = parseDocument(unreadable === null ? plain : "", { prettyErrors: false });
  const faults = unreadable === null ? syntaxFaults(document, text, at) : [unreadable];
  const read = faults.length > 0 ? { value: undefined, faults } : readValue(document, text, at);
  return {
    file,
    ...read,
    fault: (path, message, hints) => faultAt(offsetOf(document, path), path, message, hints),
    faultAtKey: (path, message, hints) => faultAt(keyOffsetOf(document, path), path, message, hints),
  };
}

type FaultAt = (offset: number, message: string) => Fault;

/** What the parser would take the wrong way, or not survive. */
function unreadableText(text: string, at: FaultAt): Fault | null {
  const lost = text.indexOf("\uFFFD");
  if (lost >= 0) return at(lost, "is not UTF-8 here; save the file as UTF-8");
  const unclosed = looksLikeJson(text) ? unclosedText(text) : null;
  if (unclosed !== null) return at(unclosed, "a text in quotes is not closed in its line");
  const deep = tooDeep(text, DEEPEST);
  return deep === null
    ? null
    : at(deep, `lists and objects lie more than ${DEEPEST} deep in one another here`);
}

function syntaxFaults(document: Document, text: string, at: FaultAt): Fault[] {
  const found = [...document.errors, ...document.warnings].map((problem) =>
    at(problem.pos[0], syntaxSentence(problem.code, problem.message, text.slice(problem.pos[0]))),
  );
  // One slip makes the parser stumble several times in its line.
  const firstOfLine = found.filter(
    (fault, index) => found.findIndex(({ line }) => line === fault.line) === index,
  );
  return firstOfLine.slice(0, MOST_SYNTAX_FAULTS);
}

function readValue(
  document: Document,
  text: string,
  at: FaultAt,
): { value: unknown; faults: readonly Fault[] } {
  if (document.contents === null) return { value: undefined, faults: [at(0, emptyMessage(text))] };
  const aliases: number[] = [];
  const unknown: Fault[] = [];
  visit(document, {
    Pair(_key, { key }) {
      if (!isScalar(key))
        unknown.push(at(startOf(key) ?? 0, "a name is plain text, expected no list, object or alias"));
    },
    Alias(_key, alias) {
      const offset = alias.range?.[0] ?? 0;
      aliases.push(offset);
      if (alias.resolve(document) === undefined)
        unknown.push(at(offset, `*${alias.source}: no such anchor; put text that begins with "*" in quotes`));
    },
  });
  if (unknown.length > 0) return { value: undefined, faults: unknown };
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }), faults: [] };
  } catch (thrown) {
    const message = `aliases (*) unfold to more than ${MOST_ALIASES} copies, which is refused (${messageOf(thrown)})`;
    return { value: undefined, faults: [at(aliases[0] ?? 0, message)] };
  }
}

function emptyMessage(text: string): string {
  return text.trim() === "" ? "the file is empty" : "the file holds nothing but comments";
}

/** Where a value begins, or the nearest thing around it that is there. */
function offsetOf(document: Document, path: SettingPath): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    node = child(document, node, step)?.value;
    const start = startOf(node);
    if (start === null) break;
    offset = start;
  }
  return offset;
}

function keyOffsetOf(document: Document, path: SettingPath): number {
  let node: unknown = document.contents;
  for (const step of path.slice(0, -1)) node = child(document, node, step)?.value;
  const last = path.at(-1);
  const key = last === undefined ? null : startOf(child(document, node, last)?.key);
  return key ?? offsetOf(document, path);
}

function child(
  document: Document,
  parent: unknown,
  step: string | number,
): { key: unknown; value: unknown } | null {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node)) return { key: null, value: node.items[Number(step)] };
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
