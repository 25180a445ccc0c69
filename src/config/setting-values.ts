import { excerpt } from "../text/excerpt.js";
import { nearest } from "../text/nearest.js";
import type { SettingsDocument } from "./document.js";
import type { SettingPath } from "./fault.js";

/** Names listed in a hint before it becomes a wall. */
const MOST_NAMES = 40;

/** The value at a path of plain data; undefined when there is none. */
export function valueAt(root: unknown, path: SettingPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    root,
  );
}

/** The text at a path of a document, whatever else is wrong there; null for anything else. */
export function textAt(document: SettingsDocument, path: SettingPath): string | null {
  const value = valueAt(document.value, path);
  return typeof value === "string" ? value : null;
}

/** The list at a path of a document; empty for anything else. */
export function listAt(document: SettingsDocument, path: SettingPath): readonly unknown[] {
  const value = valueAt(document.value, path);
  return Array.isArray(value) ? value : [];
}

/** A value on one line: texts in quotes, the rest by kind. */
export function found(value: unknown): string {
  if (typeof value === "string") return `"${excerpt(value)}"`;
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** `did you mean "steps"?`; where no known name is near, all of them: `known here: by, steps`. */
export function suggestion(name: string, known: readonly string[], listName: string): string {
  const near = nearest(name, known);
  if (near !== null) return `did you mean ${JSON.stringify(near)}?`;
  const shown = known.length > MOST_NAMES ? [...known.slice(0, MOST_NAMES), "..."] : known;
  return `${listName}: ${shown.join(", ")}`;
}
