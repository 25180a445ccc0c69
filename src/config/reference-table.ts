import { z } from "zod";
import { expectedForm, isOptional, isSecretForm } from "./expected.js";
import { alternatives, defaultOf, descriptionOf, type Schema, settingsOf } from "./schema-walk.js";

/** The settings of an object as a table. */
export function settingsTable(schema: Schema): string {
  return table(["setting", "takes", "default", "what it is"], rowsOf(settingsOf(schema), ""));
}

/** Settings with a section of their own. */
const ownSections = ["people", "channels", "models", "automations", "checks", "source", "map", "probe"];

/** Rows of settings, those inside objects after them. */
export function rowsOf(settings: ReadonlyMap<string, Schema>, prefix: string): string[][] {
  return [...settings].flatMap(([name, schema]) => {
    const inner = innerSettings(schema);
    const elsewhere = inner.length > 0 && ownSections.includes(name);
    const form = elsewhere ? "see below" : expectedForm(schema);
    const row = [code(prefix + name), form, shownDefault(schema), descriptionOf(schema) ?? ""];
    return elsewhere
      ? [row]
      : [row, ...inner.flatMap((part) => rowsOf(part.settings, `${prefix}${name}${part.join}`))];
  });
}

/** The settings of objects that a setting holds: itself, in a list, or as one of several forms. */
function innerSettings(schema: Schema): { join: string; settings: ReadonlyMap<string, Schema> }[] {
  return alternatives(schema).flatMap((alternative) => {
    const isList = alternative instanceof z.ZodArray;
    const objects = isList ? alternatives(alternative.element) : [alternative];
    return objects
      .filter((object) => settingsOf(object).size > 0 && !isSecretForm(object))
      .map((object) => ({ join: isList ? "[]." : ".", settings: settingsOf(object) }));
  });
}

function shownDefault(schema: Schema): string {
  const value = defaultOf(schema);
  if (value !== undefined && typeof value !== "object") return code(JSON.stringify(value));
  if (Array.isArray(value)) return value.length === 0 ? "none" : code(JSON.stringify(value));
  return isOptional(schema) ? "" : "needed";
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** Code in Markdown. */
export function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replace(/\s*\n\s*/g, " ");
}
