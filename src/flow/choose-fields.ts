/**
 * Which fields of structured output are worth following. In: the outputs of some runs, oldest first. Out: paths with
 * their kind, at most 8. Reads nothing and knows no metric.
 *
 * Rule: a field counts when at least 95% of outputs have it with one type. Texts, truths and whole numbers of at most
 * 20 values, each in 5 outputs on average, are categories (DETECTION 1.4 asks for 5 outputs a category). Other numbers
 * are followed as numbers, unless they rise or fall with nearly every output (counters, dates) or are all different
 * whole numbers of one length (ids). Numbers and the categories that vary come before fields that never vary.
 * Smallest sample: 100 outputs. The limits are our own; nothing rests on them but what the digest may say.
 */
import type { FollowedField } from "../domain/followed-field.js";
import { isJsonObject, type Json } from "../domain/json.js";

const mostFields = 8;
const deepest = 3;
const presentShare = 0.95;
const mostCategories = 20;
const outputsPerCategory = 5;
const longestCategory = 40;
const fewestDigitsOfIds = 5;
/** A name that a path can hold without quotes; others are too odd to be followed unasked. */
const plainName = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

/** A field with a number or a category. */
type ValueField = Extract<FollowedField, { kind: "number" | "category" }>;

/** The fields that are followed from now on. */
export function chooseFields(outputs: readonly Json[]): readonly ValueField[] {
  const values = new Map<string, Json[]>();
  for (const output of outputs) collect(output, "$", 0, values);
  const chosen = [...values].flatMap(([path, found]) => {
    if (found.length < presentShare * outputs.length) return [];
    const kind = kindOf(found);
    return kind === null ? [] : [{ path, kind, varies: new Set(found).size > 1 }];
  });
  return chosen
    .sort((left, right) => Number(right.varies) - Number(left.varies))
    .slice(0, mostFields)
    .map(({ path, kind }) => ({ path, kind }));
}

function collect(value: Json, path: string, depth: number, values: Map<string, Json[]>): void {
  if (isJsonObject(value)) {
    if (depth === deepest) return;
    for (const [name, inside] of Object.entries(value))
      if (plainName.test(name)) collect(inside, `${path}.${name}`, depth + 1, values);
    return;
  }
  if (depth === 0 || value === null || typeof value === "object") return;
  const known = values.get(path);
  if (known === undefined) values.set(path, [value]);
  else known.push(value);
}

function kindOf(found: readonly Json[]): ValueField["kind"] | null {
  const numbers = found.flatMap((value) =>
    typeof value === "number" && Number.isFinite(value) ? [value] : [],
  );
  if (numbers.length === 0) {
    const fits = found.every((value) => String(value).length <= longestCategory);
    return fits && isEnumerated(found) ? "category" : null;
  }
  if (numbers.length < found.length) return null;
  if (numbers.every(Number.isInteger) && isEnumerated(found)) return "category";
  return isCounter(numbers) || areIds(numbers) ? null : "number";
}

function isEnumerated(found: readonly Json[]): boolean {
  const distinct = new Set(found).size;
  return distinct <= mostCategories && found.length >= outputsPerCategory * distinct;
}

/** Nearly every step goes one way. */
function isCounter(numbers: readonly number[]): boolean {
  const steps = numbers.slice(1).map((value, at) => value - (numbers[at] ?? value));
  const up = steps.filter((step) => step > 0).length;
  const down = steps.filter((step) => step < 0).length;
  return Math.max(up, down) >= presentShare * steps.length;
}

function areIds(numbers: readonly number[]): boolean {
  const lengths = new Set(numbers.map((value) => String(Math.abs(value)).length));
  const [length = 0] = lengths;
  return (
    numbers.every(Number.isInteger) &&
    lengths.size === 1 &&
    length >= fewestDigitsOfIds &&
    new Set(numbers).size === numbers.length
  );
}
