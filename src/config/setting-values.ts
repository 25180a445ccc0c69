import { excerpt } from "../text/excerpt.js";
import type { SettingsDocument } from "./document.js";
import type { SettingPath } from "./fault.js";

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
