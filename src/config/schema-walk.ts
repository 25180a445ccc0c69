import { z } from "zod";

/** Any zod schema. */
export type Schema = z.core.$ZodType;

/** The schema inside optional, default, nullable and the like. */
export function plainSchema(schema: Schema): Schema {
  return layersOf(schema).at(-1) ?? schema;
}

/** What a setting is for, as its schema describes it; null when nobody did. */
export function descriptionOf(schema: Schema): string | null {
  for (const layer of layersOf(schema)) {
    const { description } = z.globalRegistry.get(layer) ?? {};
    if (description !== undefined) return description;
  }
  return null;
}

/** A setting's default; undefined when it has none. */
export function defaultOf(schema: Schema): unknown {
  for (const layer of layersOf(schema)) if (layer instanceof z.ZodDefault) return layer.def.defaultValue;
  return undefined;
}

/** A schema and those inside its wrappers, outermost first. */
function layersOf(schema: Schema): readonly Schema[] {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodNonOptional ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodLazy
  )
    return [schema, ...layersOf(schema.unwrap())];
  return schema instanceof z.ZodPipe ? [schema, ...layersOf(schema.in)] : [schema];
}

/** The alternatives of a union, themselves without unions; any other schema is its only one. */
export function alternatives(schema: Schema): readonly Schema[] {
  const plain = plainSchema(schema);
  return plain instanceof z.ZodUnion ? plain.options.flatMap(alternatives) : [plain];
}

/** Names and schemas of an object's settings; empty for anything else. */
export function settingsOf(schema: Schema): ReadonlyMap<string, Schema> {
  const plain = plainSchema(schema);
  return new Map(plain instanceof z.ZodObject ? Object.entries<Schema>(plain.shape) : []);
}

/** The schema that a value at a path is held against: of several alternatives the one the value is nearest to. */
export function schemaAt(schema: Schema, value: unknown, path: readonly PropertyKey[]): Schema | null {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  for (const alternative of nearestFirst(schema, value)) {
    const inner = innerSchema(alternative, step);
    if (inner !== null) return schemaAt(inner, innerValue(value, step), rest);
  }
  return null;
}

function innerSchema(schema: Schema, step: PropertyKey): Schema | null {
  if (schema instanceof z.ZodObject) return settingsOf(schema).get(String(step)) ?? null;
  if (schema instanceof z.ZodArray && typeof step === "number") return schema.element;
  if (schema instanceof z.ZodTuple && typeof step === "number") return schema.def.items[step] ?? null;
  return schema instanceof z.ZodRecord ? schema.valueType : null;
}

function innerValue(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Reflect.get(value, step);
}

/** The alternative that a value was probably meant for; null when there is none. */
export function nearestAlternative(schema: Schema, value: unknown): Schema | null {
  return nearestFirst(schema, value)[0] ?? null;
}

/** Alternatives in order of their number of faults on the value, those of another kind last. */
function nearestFirst(schema: Schema, value: unknown): readonly Schema[] {
  const all = alternatives(schema);
  if (all.length < 2) return all;
  const ranked = all.map((alternative) => ({ alternative, rank: rankOf(alternative, value) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ alternative }) => alternative);
}

function rankOf(schema: Schema, value: unknown): number {
  const issues = z.safeParse(schema, value).error?.issues ?? [];
  const otherKind = issues.some(({ path, code }) => path.length === 0 && code === "invalid_type");
  const otherType = issues.some(({ path, code }) => code === "invalid_value" && path[0] === "type");
  return issues.length + (otherType ? 1_000 : 0) + (otherKind ? 1_000_000 : 0);
}
