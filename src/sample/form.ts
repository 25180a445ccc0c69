import type { Json } from "../domain/json.js";

const MAX_FIELDS = 10_000;
const MAX_DEPTH = 64;
const poisonous = new Set(["__proto__", "constructor", "prototype"]);

/** A form as one record; null when it holds nothing. */
export interface Form {
  readonly record: Json | null;
  readonly faults: readonly string[];
}

/** A member on the way: lists and objects are told apart only at the end, by their keys. */
type Branch = Map<string, Branch | string>;

/**
 * Reads a url-encoded form; `order.total`, `order[total]` and `order__total` nest, `lines[0]` and `lines[]`
 * make lists, a repeated name makes a list of its values.
 */
export function readForm(body: string): Form {
  const fields = [...new URLSearchParams(body.trim())];
  if (fields.length > MAX_FIELDS) return { record: null, faults: [`holds more than ${MAX_FIELDS} fields`] };
  const root: Branch = new Map();
  const faults: string[] = [];
  for (const [name, value] of fields) {
    const steps = stepsOf(name);
    if (steps.length > MAX_DEPTH) faults.push(`a field name nests deeper than ${MAX_DEPTH} levels`);
    else if (steps.some((step) => poisonous.has(step)))
      faults.push("a field name holds __proto__, constructor or prototype");
    else if (!place(root, steps, value)) faults.push("a field is both a value and a group");
  }
  if (fields.length === 0) return { record: null, faults: ["is empty"] };
  return { record: root.size === 0 ? null : settled(root), faults };
}

function stepsOf(name: string): readonly string[] {
  if (poisonous.has(name)) return [name];
  const dotted = name
    .replace(/\[([^[\]]*)\]/g, (_, inner: string) => `.${inner === "" ? "+" : inner}`)
    .replace(/([^_.])__(?=[^_.])/g, "$1.");
  const steps = dotted.split(".");
  return steps.includes("") ? [name] : steps;
}

function place(root: Branch, steps: readonly string[], value: string): boolean {
  let branch = root;
  for (const step of steps.slice(0, -1)) {
    const key = step === "+" ? String(branch.size) : step;
    const next = branch.get(key) ?? new Map<string, Branch | string>();
    if (typeof next === "string") return false;
    branch.set(key, next);
    branch = next;
  }
  const last = steps.at(-1) ?? "";
  const key = last === "+" ? String(branch.size) : last;
  const present = branch.get(key);
  if (present === undefined) branch.set(key, value);
  else if (typeof present === "string")
    branch.set(
      key,
      new Map([
        ["0", present],
        ["1", value],
      ]),
    );
  else if (isList(present)) present.set(String(present.size), value);
  else return false;
  return true;
}

function settled(branch: Branch | string): Json {
  if (typeof branch === "string") return branch;
  if (isList(branch)) {
    return [...branch.entries()]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, member]) => settled(member));
  }
  return Object.fromEntries([...branch].map(([key, member]) => [key, settled(member)]));
}

function isList(branch: Branch): boolean {
  return branch.size > 0 && [...Array(branch.size).keys()].every((index) => branch.has(String(index)));
}
