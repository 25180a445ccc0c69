/**
 * How a change of the shape of structured output is said.
 * In: the change. Out: the headline, which names both sides of a renamed field, and the type that a field has taken.
 */
import type { Move, ShareChange } from "../drift/explanation.js";
import { beyond, type Field, fieldOf, lineOf, mostFields } from "../text/json-shape.js";
import { type Share, sayShare } from "../wording/numbers.js";

/** Fields named in one sentence beside the one it is about. */
const mostNamed = 3;

/** "`total_amount` is in 2% of outputs instead of 100%; `amount_total` is new". */
export function shapeHeadline(change: ShareChange): string {
  const arrived = change.newcomers.map(({ value, since }): Arrived => ({ ...fieldOf(value), since }));
  const said = change.share.kind === "present" ? presence(change.share, change, arrived) : newField(change);
  const left = arrived.filter(({ path }) => !said.about.includes(path));
  const clauses = left.length === 0 ? [] : [newNames(left)];
  return [said.text, ...clauses].join("; ");
}

interface Arrived extends Field {
  readonly since: Share;
}

interface Said {
  readonly text: string;
  /** The paths it is about. */
  readonly about: readonly string[];
}

interface Moved extends Field {
  readonly before: Share;
  readonly since: Share;
}

function presence(field: Field, change: Pick<Move, "before" | "since">, arrived: readonly Arrived[]): Said {
  const other = arrived.find((each) => each.path === field.path && each.type !== field.type);
  if (other === undefined) return { text: inOutputs(field, change), about: [field.path] };
  const { before, since } = change;
  const text = `${sayPath(field)} is ${sayType(field)} in ${sayShare(since)} of outputs instead of ${sayShare(before)}; it is now ${sayType(other)} in ${sayShare(other.since)}`;
  return { text, about: [field.path] };
}

function newField(change: ShareChange): Said {
  const [first] = change.newcomers;
  const fell = rate(change.since) < rate(change.before);
  if (first === undefined || fell) {
    const { before, since } = change;
    return {
      text: `fields hardly or never seen before are in ${sayShare(since)} of outputs instead of ${sayShare(before)}`,
      about: [],
    };
  }
  const field = fieldOf(first.value);
  const moved = moves(change);
  const old =
    moved.find((each) => each.path === field.path && each.type !== field.type) ??
    moved.find((each) => rate(each.since) < rate(each.before));
  // a renamed field is known by its old name
  if (old !== undefined) return presence(old, old, [{ ...field, since: first.since }]);
  return { text: `${sayPath(field)} is new, in ${sayShare(first.since)} of outputs`, about: [field.path] };
}

/** The fields that moved beside the one the change is about. */
function moves(change: ShareChange): readonly Moved[] {
  return change.moved.flatMap(({ share, before, since }) =>
    share.kind === "present" ? [{ path: share.path, type: share.type, before, since }] : [],
  );
}

function inOutputs(field: Field, { before, since }: { before: Share; since: Share }): string {
  return `${sayPath(field)} is in ${sayShare(since)} of outputs instead of ${sayShare(before)}`;
}

function newNames(fields: readonly Arrived[]): string {
  const names = [...new Set(fields.map(sayPath))];
  const named = names.slice(0, mostNamed);
  const last = named.length > 1 ? ` and ${named.at(-1) ?? ""}` : "";
  const list = named.length > 1 ? `${named.slice(0, -1).join(", ")}${last}` : (named[0] ?? "");
  return `${list} ${named.length > 1 ? "are" : "is"} new`;
}

/** "`total`"; what stands for the rest of a wide output is no name. */
export function sayPath(field: Field): string {
  if (lineOf(field) === lineOf(beyond)) return `more than ${mostFields} fields or very deep ones`;
  return field.path === "$" ? "the output as a whole" : `\`${field.path}\``;
}

const types: ReadonlyMap<string, string> = new Map([
  ["string", "a text"],
  ["text", "plain text"],
  ["number", "a number"],
  ["boolean", "true or false"],
  ["null", "null"],
  ["list", "a list"],
  ["object", "an object"],
]);

/** "a number". */
export function sayType({ type }: Field): string {
  return types.get(type) ?? type;
}

function rate({ hits, n }: Share): number {
  return n === 0 ? 0 : hits / n;
}
