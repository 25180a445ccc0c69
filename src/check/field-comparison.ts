import type { Json } from "../domain/json.js";
import { compilePath, type JsonPath, type PathNode } from "../text/json-path.js";
import { isJsonList } from "../text/json-value.js";
import { quoted } from "../text/shown.js";
import { type FieldRule, sameValue } from "./field-rules.js";
import { pairItems } from "./list-pairing.js";

/** A field that is not as expected. */
export interface Difference {
  readonly path: string;
  /** What was seen and expected: `is 1.249, expected 1249`. */
  readonly said: string;
}

/** A rule and where it holds. */
export interface PlacedRule {
  readonly path: JsonPath;
  /** How the place is compared as a whole; a list may be compared item by item instead. */
  readonly compare: FieldRule | ComparedFields;
}

/** How the fields of a document are compared. */
export interface ComparedFields {
  readonly rules: readonly PlacedRule[];
  /** What holds for fields of the known document that no rule selects. */
  readonly otherwise: "exact" | "ignore";
  /** Whether fields count that only the seen document has. */
  readonly extra: "ignore" | "count";
}

/** What a comparison came to. */
export interface Compared {
  readonly differences: readonly Difference[];
  /** Places that were compared. */
  readonly total: number;
}

/** The whole document. */
export const wholeDocument = compilePath("$");

const everything = compilePath("$..*");

/**
 * Compares a document with the known-good one. Counted are: each place in the known document that a rule
 * selects, unless ignored its other leaves, lists that became longer, and fields that are extra where they count.
 */
export function compareFields(seen: Json, wanted: Json, fields: ComparedFields): Compared {
  return compareWith(fields, knownDocument(wanted, fields), seenDocument(seen));
}

/** How alike the documents of two lists are, pair by pair; each is taken apart once. */
export function comparedPairs(
  seen: readonly Json[],
  wanted: readonly Json[],
  fields: ComparedFields,
): (seenAt: number, wantedAt: number) => Compared {
  const seenDocuments = seen.map(seenDocument);
  const knownDocuments = wanted.map((each) => knownDocument(each, fields));
  return (seenAt, wantedAt) => {
    const [one, other] = [seenDocuments[seenAt], knownDocuments[wantedAt]];
    if (one === undefined || other === undefined) return { differences: [], total: 0 };
    return compareWith(fields, other, one);
  };
}

interface SeenDocument {
  readonly nodes: readonly PathNode[];
  readonly valueAt: ReadonlyMap<string, Json>;
}

interface KnownDocument {
  readonly nodeAt: ReadonlyMap<string, Json>;
  readonly counted: readonly Claim[];
  /** Lists whose length counts. */
  readonly lists: readonly PathNode[];
}

interface Claim {
  readonly node: PathNode;
  readonly compare: PlacedRule["compare"];
}

function seenDocument(document: Json): SeenDocument {
  const nodes = nodesOf(document);
  return { nodes, valueAt: new Map(nodes.map((node) => [node.path, node.value])) };
}

function knownDocument(document: Json, { rules, otherwise }: ComparedFields): KnownDocument {
  const nodes = nodesOf(document);
  const claimed = claim(document, rules);
  const rest = otherwise === "ignore" ? [] : nodes.filter((node) => !isCovered(node.path, claimed));
  return {
    nodeAt: new Map(nodes.map((node) => [node.path, node.value])),
    counted: [
      ...[...claimed.values()].filter(({ compare }) => compare !== null),
      ...rest.filter((node) => isLeaf(node.value)).map((node) => ({ node, compare: sameValue })),
    ],
    lists: rest.filter((node) => isJsonList(node.value) && !isLeaf(node.value)),
  };
}

function compareWith(fields: ComparedFields, known: KnownDocument, seen: SeenDocument): Compared {
  const parts = known.counted.map(({ node, compare }) =>
    typeof compare === "object" && compare !== null
      ? compareItems(node, seen.valueAt.get(node.path), compare)
      : { differences: difference(node, seen.valueAt.get(node.path), compare), total: 1 },
  );
  const longer = known.lists.flatMap((node) => surplus(node, seen.valueAt.get(node.path)));
  const extra = fields.extra === "ignore" ? [] : extraFields(fields.rules, known, seen);
  return {
    differences: [...parts.flatMap((part) => part.differences), ...longer, ...extra],
    total: parts.reduce((sum, part) => sum + part.total, 0) + longer.length + extra.length,
  };
}

/** The first rule that selects a place has it. */
function claim(wanted: Json, rules: readonly PlacedRule[]): ReadonlyMap<string, Claim> {
  const claimed = new Map<string, Claim>();
  for (const { path, compare } of rules) {
    for (const node of path.select(wanted)) {
      if (!claimed.has(node.path)) claimed.set(node.path, { node, compare });
    }
  }
  return claimed;
}

/** Looks at the path itself and at each of its beginnings. */
function isCovered(path: string, claimed: { has(path: string): boolean; readonly size: number }): boolean {
  return claimed.size > 0 && beginningsOf(path).some((beginning) => claimed.has(beginning));
}

/** `$`, `$.lines`, `$.lines[0]`, ... up to the path itself. */
function beginningsOf(path: string): readonly string[] {
  return [...path.matchAll(/[.[]|$/g)].map(({ index }) => path.slice(0, index));
}

function nodesOf(document: Json): readonly PathNode[] {
  return [{ path: "$", value: document }, ...everything.select(document)];
}

function isLeaf(value: Json): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function difference(node: PathNode, seen: Json | undefined, compare: FieldRule): readonly Difference[] {
  const matches = seen !== undefined && (compare === null || compare(seen, node.value));
  if (matches) return [];
  const is = seen === undefined ? "is missing" : `is ${quoted(seen, 40)}`;
  return [{ path: node.path, said: `${is}, expected ${quoted(node.value, 40)}` }];
}

/** A list that lost items already lacks their leaves; one that gained some shows only in its length. */
function surplus(node: PathNode, seen: Json | undefined): readonly Difference[] {
  if (!isJsonList(node.value) || !isJsonList(seen)) return [];
  if (seen.length <= node.value.length) return [];
  return [{ path: node.path, said: `has ${seen.length} items, expected ${node.value.length}` }];
}

/** Each known item with the seen one that is most like it; items keep their place in the known list. */
function compareItems(node: PathNode, seen: Json | undefined, fields: ComparedFields): Compared {
  const wanted = node.value;
  if (!isJsonList(wanted) || !isJsonList(seen)) {
    return { differences: difference(node, seen, sameValue), total: 1 };
  }
  const pairing = pairItems(seen, wanted, comparedPairs(seen, wanted, fields));
  const parts = pairing.pairs.map(({ wantedAt, compared }) => ({
    total: compared.total,
    differences: compared.differences.map(({ path, said }) => ({
      path: `${node.path}[${wantedAt}]${path.slice(1)}`,
      said,
    })),
  }));
  const missing = pairing.missing.map((at) => ({
    path: `${node.path}[${at}]`,
    said: `is missing, expected ${quoted(wanted[at] ?? null)}`,
  }));
  const extra = pairing.extra.map((at) => ({
    path: node.path,
    said: `has an item that is not expected: ${quoted(seen[at] ?? null)}`,
  }));
  return {
    differences: [...parts.flatMap((part) => part.differences), ...missing, ...extra],
    total: parts.reduce((sum, part) => sum + part.total, 0) + missing.length + extra.length,
  };
}

/** Members that an object has beyond the known one; what lies in them, and in surplus items, is not counted again. */
function extraFields(
  rules: readonly PlacedRule[],
  known: KnownDocument,
  { nodes, valueAt }: SeenDocument,
): readonly Difference[] {
  const document = valueAt.get("$") ?? null;
  const ruled = new Set(
    rules.flatMap(({ path, compare }) =>
      compare === null || typeof compare === "object" ? path.select(document).map((node) => node.path) : [],
    ),
  );
  return nodes
    .filter(({ path }) => !known.nodeAt.has(path) && !isCovered(path, ruled))
    .filter(({ path }) => {
      const parent = beginningsOf(path).findLast((beginning) => beginning !== path && valueAt.has(beginning));
      const holder = parent === undefined ? undefined : known.nodeAt.get(parent);
      return typeof holder === "object" && holder !== null && !isJsonList(holder);
    })
    .map(({ path, value }) => ({ path, said: `is ${quoted(value, 40)}, expected no such field` }));
}
