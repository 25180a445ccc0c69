import { z } from "zod";
import { alternatives, plainSchema, type Schema, settingsOf } from "./schema-walk.js";

/** What a setting takes, in words: `text`, `a number`, `one of "high", "medium", "low"`. */
export function expectedForm(schema: Schema): string {
  const forms = alternatives(schema).map(formOf);
  const values = alternatives(schema).flatMap(literalsOf);
  if (values.length > 0 && values.length === forms.length) return oneOf(values);
  return [...new Set(forms)].join(" or ");
}

/** `one of "a", "b"`; a single value stands alone. */
export function oneOf(values: readonly unknown[]): string {
  const shown = values.map((value) => JSON.stringify(value));
  return shown.length === 1 ? (shown[0] ?? "") : `one of ${shown.join(", ")}`;
}

/** True for a setting that names a secret, `{ "env": "NAME" }` or `{ "file": "path" }`, and nothing else. */
export function isSecretForm(schema: Schema): boolean {
  const names = [...settingsOf(schema).keys()];
  return names.length === 1 && (names[0] === "env" || names[0] === "file");
}

function literalsOf(schema: Schema): unknown[] {
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}

function formOf(schema: Schema): string {
  if (schema instanceof z.ZodEnum) return oneOf(schema.options);
  if (schema instanceof z.ZodLiteral) return oneOf([...schema.values]);
  if (schema instanceof z.ZodArray) return `a list of ${pluralForm(plainSchema(schema.element))}`;
  if (schema instanceof z.ZodObject) return objectForm(schema);
  if (schema instanceof z.ZodRecord) return "an object { name: value, ... }";
  return scalarForm(schema);
}

function scalarForm(schema: Schema): string {
  switch (schema._zod.def.type) {
    case "string":
      return "text";
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    default:
      return "another value";
  }
}

function objectForm(schema: Schema): string {
  if (isSecretForm(schema)) return settingsOf(schema).has("env") ? '{ "env": "NAME" }' : '{ "file": "path" }';
  const needed = [...settingsOf(schema)].filter(([, setting]) => !isOptional(setting)).map(([name]) => name);
  return needed.length === 0 ? "an object { ... }" : `an object with ${needed.join(", ")}`;
}

function pluralForm(schema: Schema): string {
  if (alternatives(schema).length > 1) return "entries";
  const form = formOf(schema);
  if (form === "text") return "texts";
  if (form === "a number") return "numbers";
  return schema instanceof z.ZodEnum ? form : "objects { ... }";
}

/** True when a setting may be left out. */
export function isOptional(schema: Schema): boolean {
  return z.safeParse(schema, undefined).success;
}
