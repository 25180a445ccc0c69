import type { PlantedOutput } from "../domain/check.js";
import type { Json } from "../domain/json.js";
import { noDetails, type Output } from "../domain/output.js";
import { filterView } from "../text/filter-view.js";
import type { JsonPath } from "../text/json-path.js";
import { textOfJson } from "../text/json-value.js";
import { parseStructured } from "../text/parse-json.js";
import type { Subject } from "./check-type.js";

/** A subject and its place in the output; null: the output itself. */
export interface PlacedSubject {
  readonly path: string | null;
  readonly subject: Subject;
}

/** The value of a subject, or its text where it is no JSON object or list. */
export function seenIn({ value, text }: Subject): Json {
  return value === undefined ? text : value;
}

// the checks of one output are asked one after the other; a weak map of all outputs would slow the collector
let latest: Seen | null = null;

interface Seen {
  readonly output: Output;
  readonly whole: PlacedSubject;
  readonly view: Json;
}

/** The output itself as what is judged; the same object for every check. */
export function wholeSubject(output: Output): PlacedSubject {
  return seenOf(output).whole;
}

/** The output as the filter of a check sees it; the same object for every check. */
export function viewOf(output: Output): Json {
  return seenOf(output).view;
}

function seenOf(output: Output): Seen {
  if (latest?.output === output) return latest;
  const whole = { path: null, subject: { ...output, value: output.fields, place: null } };
  latest = { output, whole, view: filterView(output) };
  return latest;
}

/** A planted output as if its source had given nothing else. */
export function asOutput({ name, text, input, reference }: PlantedOutput): Output {
  return {
    id: name,
    at: 0,
    text,
    fields: parseStructured(text),
    ...noDetails,
    input,
    reference,
  };
}

/** The values at a path, each with the reference's value at the same place where the reference has fields. */
export function subjectsAt(output: Output, path: JsonPath): readonly PlacedSubject[] {
  if (output.fields === undefined) return [];
  const references = referenceValues(output.reference, path);
  return path.select(output.fields).map((node) => ({
    path: node.path,
    subject: {
      ...output,
      text: textOfJson(node.value),
      fields: typeof node.value === "object" && node.value !== null ? node.value : undefined,
      value: node.value,
      place: node.path,
      reference: references === null ? output.reference : (references.get(node.path) ?? null),
    },
  }));
}

/** null: the reference is one value, taken to be that of the path. */
function referenceValues(reference: Json, path: JsonPath): ReadonlyMap<string, Json> | null {
  const structured = typeof reference === "string" ? parseStructured(reference) : reference;
  if (typeof structured !== "object" || structured === null) return null;
  return new Map(path.select(structured).map((node) => [node.path, node.value]));
}
