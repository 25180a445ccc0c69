import type { Json } from "../domain/json.js";
import { compilePath, type JsonPath, type PathNode } from "../text/json-path.js";
import { isJsonList } from "../text/json-value.js";
import { quoted } from "../text/shown.js";
import { type FieldRule, sameValue } from "./field-rules.js";

/** A field that is not as expected. */
export interface Difference {
  readonly path: string;
  /** What was seen and expected: `is 1.249, expected 1249`. */
  readonly said: string;
}

/** A rule and where it holds. */
export interface PlacedRule {
  readonly path: JsonPath;
  readonly compare: FieldRule;
}

const everything = compilePath("$..*");

/**
 * Compares a document with the known-good one. Counted are: each place in the known document that a rule
 * selects, and, unless `otherwise` ignores them, its other leaves and lists that became longer.
 */
export function compareFields(
  seen: Json,
  wanted: Json,
  rules: readonly PlacedRule[],
  otherwise: "exact" | "ignore",
): { readonly differences: readonly Difference[]; readonly total: number } {
  const seenAt = new Map(nodesOf(seen).map((node) => [node.path, node.value]));
  const claimed = claim(wanted, rules);
  const rest = otherwise === "ignore" ? [] : unclaimed(nodesOf(wanted), claimed);
  const counted = [
    ...[...claimed.values()].filter(({ compare }) => compare !== null),
    ...rest.filter(({ node }) => isLeaf(node.value)),
  ];
  const differences = counted.flatMap(({ node, compare }) =>
    difference(node, seenAt.get(node.path), compare),
  );
  const longer = rest.flatMap(({ node }) => surplus(node, seenAt.get(node.path)));
  return { differences: [...differences, ...longer], total: counted.length + longer.length };
}

interface Claim {
  readonly node: PathNode;
  readonly compare: FieldRule;
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

/** Places that no rule has, neither itself nor through what it lies in. */
function unclaimed(nodes: readonly PathNode[], claimed: ReadonlyMap<string, Claim>): readonly Claim[] {
  return nodes.filter((node) => !isCovered(node.path, claimed)).map((node) => ({ node, compare: sameValue }));
}

/** Looks at the path itself and at each of its beginnings. */
function isCovered(path: string, claimed: ReadonlyMap<string, Claim>): boolean {
  if (claimed.size === 0) return false;
  for (const { index } of path.matchAll(/[.[]|$/g)) {
    if (claimed.has(path.slice(0, index))) return true;
  }
  return false;
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
  if (!isJsonList(node.value) || !isJsonList(seen) || isLeaf(node.value)) return [];
  if (seen.length <= node.value.length) return [];
  return [{ path: node.path, said: `has ${seen.length} items, expected ${node.value.length}` }];
}
