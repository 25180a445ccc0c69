/**
 * Adds entries to a list of a configuration as text: comments and layout of everything else stay as they are. In: the
 * file's text, the name of a list, entries with comments. Out: the new text; null where the list is not written out in
 * the file (an alias, a fault), so that only a person can edit it. Reads and writes no file.
 */
import { isMap, isNode, isScalar, isSeq, type Node, parseDocument, type YAMLSeq } from "yaml";
import type { JsonObject } from "../domain/json.js";
import { jsonText } from "../text/check-file-text.js";
import { excerpt } from "../text/excerpt.js";
import { blankComments, looksLikeJson } from "./json-comments.js";

/** An entry to add. */
export interface AddedEntry {
  readonly value: JsonObject;
  /** Lines above it. */
  readonly comments: readonly string[];
  /** False: it is added commented out. */
  readonly active: boolean;
}

const longestComment = 400;
const usualIndent = "    ";

/** The text with the entries at the end of the list; those that are commented out come first. */
export function insertEntries(source: string, list: string, entries: readonly AddedEntry[]): string | null {
  const mark = source.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = source.slice(mark.length);
  const isJson = looksLikeJson(text);
  const plain = isJson ? blankComments(text) : text;
  const found = listNode(plain, list);
  if (found === null) return null;
  const place: Place = {
    text,
    plain: isJson ? plain : text.replace(/(?<=^|\s)#[^\n]*/gm, (comment) => " ".repeat(comment.length)),
    comment: isJson ? "//" : "#",
    ...found,
  };
  const inserted = found.seq.flow ? intoFlow(place, entries) : intoBlock(place, entries);
  if (inserted === null) return null;
  return mark + (text.includes("\r\n") ? inserted.replace(/\r?\n/g, "\r\n") : inserted);
}

interface Place {
  readonly text: string;
  /** The same with comments blanked out. */
  readonly plain: string;
  readonly comment: "//" | "#";
  readonly seq: YAMLSeq;
  readonly last: Node;
}

function listNode(plain: string, list: string): { seq: YAMLSeq; last: Node } | null {
  const document = parseDocument(plain, { prettyErrors: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === list);
  const seq = pair?.value;
  if (!isSeq(seq)) return null;
  const last = seq.items.at(-1);
  return isNode(last) ? { seq, last } : null;
}

/** `[ ... ]`: before the bracket that closes it. */
function intoFlow(place: Place, entries: readonly AddedEntry[]): string | null {
  const { text, plain, seq, last } = place;
  const close = (seq.range?.[1] ?? 0) - 1;
  const lastEnd = last.range?.[1] ?? 0;
  if (text[close] !== "]" || lastEnd > close) return null;
  const hasComma = plain.slice(lastEnd, close).includes(",");
  const comma = hasComma || !entries.some(({ active }) => active) ? "" : ",";
  const indent = indentAt(text, last.range?.[0] ?? 0) ?? usualIndent;
  const lineStart = text.lastIndexOf("\n", close - 1) + 1;
  const alone = text.slice(lineStart, close).trim() === "" && lineStart > lastEnd;
  const at = alone ? lineStart : close;
  const lines = [...linesOf(entries, { ...place, indent, dash: "", between: "," }), ""].join("\n");
  const before = text.slice(0, lastEnd) + comma + text.slice(lastEnd, at);
  return alone
    ? before + lines + text.slice(at)
    : `${before.trimEnd()}\n${lines}${indent.slice(2)}${text.slice(close)}`;
}

/** `- ...`: in the line after its last item. */
function intoBlock(place: Place, entries: readonly AddedEntry[]): string | null {
  const { text, plain, last } = place;
  const start = last.range?.[0] ?? 0;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = /^( *)- *$/.exec(line)?.[1];
  if (indent === undefined) return null;
  const end = plain.slice(0, last.range?.[1] ?? 0).trimEnd().length;
  const feed = text.indexOf("\n", end);
  const at = feed < 0 ? text.length : feed + 1;
  const lines = linesOf(entries, { ...place, indent, dash: "- ", between: "" }).join("\n");
  return `${text.slice(0, at)}${feed < 0 ? "\n" : ""}${lines}\n${text.slice(at)}`;
}

/** The blanks a line begins with, where nothing else stands before an offset. */
function indentAt(text: string, offset: number): string | null {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.trim() === "" && before !== "" ? before : null;
}

interface Layout {
  readonly comment: string;
  readonly indent: string;
  readonly dash: string;
  readonly between: string;
}

function linesOf(entries: readonly AddedEntry[], layout: Layout): readonly string[] {
  const { indent, comment, dash, between } = layout;
  const ordered = [...entries.filter(({ active }) => !active), ...entries.filter(({ active }) => active)];
  return ordered.flatMap(({ value, comments, active }, at) => {
    const mark = active ? "" : `${comment} `;
    const isLast = at === ordered.length - 1;
    const text = `${dash}${jsonText(value, indent.length + dash.length)}${active && isLast ? "" : between}`;
    return [
      ...comments.map((each) => `${indent}${comment} ${excerpt(each, longestComment)}`),
      ...text
        .split("\n")
        .map((each, index) =>
          index === 0 || active
            ? `${index === 0 ? indent : ""}${mark}${each}`
            : `${indent}${mark}${each.slice(indent.length)}`,
        ),
    ];
  });
}
