import { z } from "zod";
import { commonOptions } from "./common-options.js";
import { checkTypes } from "./registry.js";

/** One setting, as the README's table shows it. */
export interface SettingRow {
  readonly name: string;
  /** Such as `string`, `"a" or "b"`, `list of string`. */
  readonly type: string;
  readonly required: boolean;
  /** As JSON; null: none. */
  readonly default: string | null;
  readonly description: string;
}

/** A check type, as the README describes it. */
export interface CheckReference {
  readonly type: string;
  /** What it says of a good output: "is JSON". */
  readonly says: string;
  readonly settings: readonly SettingRow[];
}

/** Every check type with its own settings, by name. */
export function checkReference(): readonly CheckReference[] {
  return [...checkTypes.values()]
    .map(({ type, says, settings }) => ({ type, says, settings: settingRows(settings) }))
    .sort((left, right) => (left.type < right.type ? -1 : 1));
}

/** The options that every check shares. */
export function commonOptionRows(): readonly SettingRow[] {
  return settingRows(z.strictObject(commonOptions));
}

/** The settings of a schema as rows, in their declared order. */
export function settingRows(settings: z.ZodObject): readonly SettingRow[] {
  const schema = z.toJSONSchema(settings, { io: "input", unrepresentable: "any", reused: "inline" });
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeName(property),
    required: required.has(name),
    default: defaultOf(property),
    description: (typeof property === "object" ? property.description : undefined) ?? "",
  }));
}

type Schema = z.core.JSONSchema._JSONSchema;

function typeName(schema: Schema): string {
  if (typeof schema === "boolean") return "any JSON";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeName))].join(" or ");
  if (schema.type === "array") return `list of ${itemName(schema.items)}`;
  if (schema.type === "object") return "object";
  return schema.type === undefined ? "any JSON" : [schema.type].flat().join(" or ");
}

function itemName(items: z.core.JSONSchema.JSONSchema["items"]): string {
  if (items === undefined || Array.isArray(items)) return "any JSON";
  const name = typeName(items);
  return name.includes(" or ") ? `(${name})` : name;
}

function defaultOf(schema: Schema): string | null {
  if (typeof schema === "boolean" || schema.default === undefined) return null;
  return JSON.stringify(schema.default);
}
