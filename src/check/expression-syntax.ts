import { isJsonObject } from "../domain/json.js";
import { nearest } from "../text/nearest.js";

/** What would make a verdict depend on the moment, or run what nobody has read, or cannot be bounded. */
const refused: Readonly<Record<string, string>> = {
  now: "a verdict must not depend on the clock; compare with a date of the output or input",
  millis: "a verdict must not depend on the clock; compare with a date of the output or input",
  random: "a verdict must not depend on chance",
  shuffle: "a verdict must not depend on chance",
  eval: "it would run text of the output; write the expression out",
  toMillis: "write $date(text), which gives a day such as 2026-11-03 that can be compared",
  fromMillis: "write $date(text), which gives a day such as 2026-11-03 that can be compared",
  pad: "it could fill the memory; compare without padding",
};

/** What JSONata 2 brings, and the two functions that are added to it. */
const known = new Set(
  (
    "abs append assert average boolean ceil clone contains count decodeUrl decodeUrlComponent distinct each encodeUrl " +
    "encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber join keys length lookup lowercase " +
    "map match max merge min not number parseInteger power reduce replace reverse round sift single sort split spread " +
    "sqrt string substring substringAfter substringBefore sum trim type uppercase zip base64encode base64decode date near"
  ).split(" "),
);

/** The two sides of a comparison, as written. */
export interface Comparison {
  readonly operator: string;
  readonly left: string;
  readonly right: string;
}

/** A node of a syntax tree. */
export interface Node {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly steps?: unknown;
  readonly lhs?: unknown;
  readonly arguments?: unknown;
  readonly procedure?: unknown;
  readonly focus?: unknown;
  readonly index?: unknown;
}

/** Every node of a syntax tree, each once. */
export function nodesOf(root: unknown): readonly Node[] {
  const seen = new Set<object>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null || next instanceof RegExp || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...Object.values(next));
  }
  return [...seen].filter((node) => !Array.isArray(node));
}

/** What is wrong with a name behind `$`: it is refused, or nothing is called so. null: nothing is wrong. */
export function variableFault(nodes: readonly Node[]): string | null {
  const bound = new Set(nodes.flatMap(boundNames));
  for (const node of nodes) {
    const called = calledWithoutSign(node);
    if (called !== null) return `${called}(...) is no function; write $${called}(...)`;
    const { type, value: name } = node;
    // $ and $$ have no name or the name $
    if (type !== "variable" || typeof name !== "string" || name === "" || name === "$") continue;
    if (bound.has(name)) continue;
    if (Object.hasOwn(refused, name)) return `$${name} is not possible: ${refused[name]}`;
    if (known.has(name)) continue;
    const meant = nearest(name, [...known, ...bound]);
    const hint = meant === null ? "; a field is written without $" : `; did you mean $${meant}?`;
    return `there is no $${name}${hint}`;
  }
  return null;
}

/** Names that an expression gives itself: by `:=`, as parameters, by `@` and `#`. */
function boundNames({ type, lhs, arguments: given, focus, index }: Node): readonly string[] {
  const parameters = type === "lambda" && Array.isArray(given) ? given : [];
  const named = [...(type === "bind" ? [lhs] : []), ...parameters].map((one: unknown) =>
    isJsonObject(one) ? one.value : undefined,
  );
  return [...named, focus, index].filter((name) => typeof name === "string");
}

/** `sum(lines)`: the name of a known function that is called as if it were a field. */
function calledWithoutSign({ type, procedure }: Node): string | null {
  if (type !== "function" || !isJsonObject(procedure) || !Array.isArray(procedure.steps)) return null;
  const [step]: unknown[] = procedure.steps;
  const name = isJsonObject(step) && procedure.steps.length === 1 ? step.value : undefined;
  return typeof name === "string" && known.has(name) ? name : null;
}

/** The two sides of an expression that is a comparison as a whole. Positions in the tree lie behind the token. */
export function comparisonOf(source: string, ast: unknown): Comparison | null {
  if (typeof ast !== "object" || ast === null || !("position" in ast) || !("value" in ast)) return null;
  const { position, value: operator } = ast;
  if (
    typeof position !== "number" ||
    typeof operator !== "string" ||
    !("type" in ast && ast.type === "binary")
  )
    return null;
  if (!["=", "!=", "<", "<=", ">", ">="].includes(operator)) return null;
  if (source.slice(position - operator.length, position) !== operator) return null;
  return {
    operator,
    left: source.slice(0, position - operator.length).trim(),
    right: source.slice(position).trim(),
  };
}

/** A path of names alone, such as `lines.amount`: one, or none. */
export function plainPath({ type, steps }: Node): readonly string[] {
  if (type !== "path" || !Array.isArray(steps)) return [];
  const names = steps.map((step: unknown) =>
    isJsonObject(step) && step.type === "name" && typeof step.value === "string" && !("stages" in step)
      ? step.value
      : null,
  );
  const plain = names.every((name) => name !== null && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name));
  return plain ? [names.join(".")] : [];
}
