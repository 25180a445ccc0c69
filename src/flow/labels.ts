/**
 * Labels of outputs whose right label is known. In: an output with its reference, a path. Out: the known label and the
 * one it gives. A reference is the label itself, or a record that holds it at the same path.
 */
import { isJsonObject, type Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import { compilePath } from "../text/json-path.js";

/** Longer texts are no labels. */
const longest = 40;
/** The whole output: its text is the label. */
export const wholeOutput = "$";

/** What is known of an output and what it says; `said` is null where it gives no label. */
export interface Labels {
  readonly known: string;
  readonly said: string | null;
}

/** Reads the labels at a path; null where the right one is not known. */
export function labelReader(path: string): (output: Output) => Labels | null {
  const { select } = compilePath(path);
  return ({ text, fields, reference, error }) => {
    if (error !== null && text === "") return null;
    const known = labelIn(isJsonObject(reference) ? select(reference)[0]?.value : reference);
    if (known === null) return null;
    if (path === wholeOutput) return fields === undefined ? { known, said: labelIn(text) } : null;
    return fields === undefined ? null : { known, said: labelIn(select(fields)[0]?.value) };
  };
}

/** By one spelling: no case, no blanks around it. */
function labelIn(value: Json | undefined): string | null {
  if (value === undefined || value === null || typeof value === "object") return null;
  const label = String(value).trim().toLowerCase();
  return label === "" || label.length > longest ? null : label;
}
