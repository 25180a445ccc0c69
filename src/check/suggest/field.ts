import { isJsonObject, type Json } from "../../domain/json.js";
import type { Output } from "../../domain/output.js";
import { isJsonList } from "../../text/json-value.js";
import { isPersonalValue } from "./closed-values.js";

/** Deepest level that is looked at. */
const deepest = 6;
/** Members of one object, and items of one list, that are looked at. */
const mostMembers = 100;
const mostItems = 50;
/** Values kept of one field. */
const mostKept = 50_000;

/** What was seen at one place of JSON outputs. */
export interface Field {
  /** `lines[*].amount`; empty for the output itself. */
  readonly path: string;
  /** The name in its object; empty for items of a list. */
  readonly name: string;
  /** How often the object or list around it was there. */
  around: number;
  /** How often it was there. */
  seen: number;
  nulls: number;
  booleans: number;
  objects: number;
  lists: number;
  emptyLists: number;
  readonly numbers: number[];
  readonly texts: string[];
  readonly members: Map<string, Field>;
  items: Field | null;
}

/** What the outputs hold; null when fewer than nine in ten are JSON. */
export function fieldsOf(outputs: readonly Output[]): Field | null {
  const structured = outputs.flatMap(({ fields }) => (fields === undefined ? [] : [fields]));
  if (structured.length === 0 || structured.length < outputs.length * 0.9) return null;
  const root = emptyField("", "");
  root.around = outputs.length;
  for (const value of structured) look(root, value, 0);
  return root;
}

/** What at most one in a hundred has is a slip of the automation, and no part of the form. */
export const slipShare = 0.01;

/** True for a number of sightings so small that they were slips. */
export function isSlip(count: number, of: number, share: number = slipShare): boolean {
  return count <= of * share;
}

/** True when it is hardly ever missing or null. */
export function isThere(field: Field): boolean {
  return isSlip(field.around - field.seen, field.around) && isSlip(field.nulls, field.seen);
}

/** True when what is there are texts, or null. */
export function isText(field: Field): boolean {
  return field.texts.length > 0 && isSlip(field.seen - field.nulls - field.texts.length, field.seen);
}

/** True when what is there are numbers, or null. */
export function isNumber(field: Field): boolean {
  return field.numbers.length > 0 && isSlip(field.seen - field.nulls - field.numbers.length, field.seen);
}

/** The filter under which a check on the field has something to judge; null where that is always so. */
export function whenThere({ field, parents }: PlacedField): string | null {
  const list = parents.find(({ lists }) => lists > 0);
  const always =
    [...parents, field].every(({ seen, around }) => seen === around) &&
    isNeverNull(field) &&
    (list === undefined || list.emptyLists === 0);
  if (always) return null;
  const place = inFilter(field.path.replaceAll("[*]", "[0]"));
  return isNeverNull(field) ? place : `${place} && ${place} != null`;
}

function isNeverNull(field: Field): boolean {
  return isSlip(field.nulls, field.seen);
}

function inFilter(path: string): string {
  return path.startsWith("$") ? `@.output${path.slice(1)}` : `@.output.${path}`;
}

/** A field, and the fields around it, outermost first. */
export interface PlacedField {
  readonly field: Field;
  readonly parents: readonly Field[];
}

/** Every field that single values stand in. */
export function leavesOf(root: Field): readonly PlacedField[] {
  const found: PlacedField[] = [];
  const walk = (field: Field, parents: readonly Field[]): void => {
    if (field.numbers.length > 0 || field.texts.length > 0) found.push({ field, parents });
    for (const inner of field.members.values()) walk(inner, [...parents, field]);
    if (field.items !== null) walk(field.items, [...parents, field]);
  };
  walk(root, []);
  // a filter cannot tell the nulls of one list item from those of another
  const isTold = ({ field, parents }: PlacedField) =>
    isNeverNull(field) || parents.every(({ lists }) => lists === 0);
  return found.filter((each) => each.field.path !== "" && isTold(each));
}

function emptyField(path: string, name: string): Field {
  return {
    path,
    name,
    around: 0,
    seen: 0,
    nulls: 0,
    booleans: 0,
    objects: 0,
    lists: 0,
    emptyLists: 0,
    numbers: [],
    texts: [],
    members: new Map(),
    items: null,
  };
}

function look(field: Field, value: Json, depth: number): void {
  field.seen += 1;
  if (value === null) field.nulls += 1;
  else if (typeof value === "boolean") field.booleans += 1;
  else if (typeof value === "number") keep(field.numbers, value);
  else if (typeof value === "string") keep(field.texts, value);
  else if (depth >= deepest) return;
  else if (isJsonList(value)) lookAtList(field, value, depth);
  else if (isJsonObject(value)) {
    field.objects += 1;
    for (const [name, member] of Object.entries(value).slice(0, mostMembers)) {
      const known = field.members.get(name);
      // a key that names someone is data, and may stand in no path
      if (known === undefined && (field.members.size >= mostMembers || isPersonalValue(name))) continue;
      const inner = known ?? emptyField(memberPath(field.path, name), name);
      field.members.set(name, inner);
      look(inner, member, depth + 1);
    }
    for (const inner of field.members.values()) inner.around = field.objects;
  }
}

function lookAtList(field: Field, list: readonly Json[], depth: number): void {
  field.lists += 1;
  if (list.length === 0) field.emptyLists += 1;
  for (const item of list.slice(0, mostItems)) {
    field.items ??= emptyField(`${field.path === "" ? "$" : field.path}[*]`, "");
    look(field.items, item, depth + 1);
    field.items.around = field.items.seen;
  }
}

function keep<T>(kept: T[], value: T): void {
  if (kept.length < mostKept) kept.push(value);
}

function memberPath(path: string, name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `${path === "" ? "$" : path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
