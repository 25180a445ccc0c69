import type { Json, JsonObject } from "../domain/json.js";
import { isJsonObject } from "../domain/json.js";
import { excerpt } from "./excerpt.js";
import { isJsonList } from "./json-value.js";

/** Columns of a written check file. */
const columns = 110;

/** A check to write, and what stands above it. */
export interface WrittenCheck {
  readonly settings: JsonObject;
  readonly comments: readonly string[];
  /** False: commented out. */
  readonly active: boolean;
}

/**
 * A check file as JSON with comments. What is commented out comes first and ends in a comma, so that taking the
 * slashes away is all there is to do.
 */
export function checkFileText(head: readonly string[], checks: readonly WrittenCheck[]): string {
  const off = checks.filter(({ active }) => !active);
  const on = checks.filter(({ active }) => active);
  const lines = [
    ...head.flatMap((line) => commented(line, "")),
    "{",
    '  "checks": [',
    ...off.flatMap(({ settings, comments }) => [
      ...comments.flatMap((line) => commented(line, "    ")),
      ...`${jsonText(settings, 4)},`
        .split("\n")
        .map((line, at) => (at === 0 ? `    // ${line}` : `    // ${line.slice(4)}`)),
    ]),
    ...on.flatMap(({ settings, comments }, at) => [
      ...comments.flatMap((line) => commented(line, "    ")),
      `    ${jsonText(settings, 4)}${at === on.length - 1 ? "" : ","}`,
    ]),
    "  ]",
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** Each line of a comment on one line of the file, whatever characters it holds. */
function commented(text: string, indent: string): readonly string[] {
  const words = excerpt(text, 2_000).split(" ");
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns - indent.length - 3) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${indent}// ${line}`);
}

/** JSON that keeps on one line what fits there. */
export function jsonText(value: Json, indent: number): string {
  const flat = flatText(value);
  if (indent + flat.length <= columns || typeof value !== "object" || value === null) return flat;
  const inner = " ".repeat(indent + 2);
  const parts = isJsonList(value)
    ? value.map((each) => jsonText(each, indent + 2))
    : Object.entries(value).map(([name, each]) => `${scalarText(name)}: ${jsonText(each, indent + 2)}`);
  const [open, close] = isJsonList(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function flatText(value: Json): string {
  if (isJsonList(value)) return `[${value.map(flatText).join(", ")}]`;
  if (!isJsonObject(value)) return scalarText(value);
  const members = Object.entries(value).map(([name, each]) => `${scalarText(name)}: ${flatText(each)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** JSON in which nothing is invisible: direction marks and controls stand as escapes. */
function scalarText(value: Json): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
