import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import { once } from "./once.js";
import { parseStructured } from "./parse-json.js";

/** What a filter can ask of an output, as names behind `@.`. */
export const filterNames = [
  "output",
  "input",
  "reference",
  "model",
  "segment",
  "user",
  "approval",
  "error",
  "latencyMs",
] as const;

/**
 * What a filter sees of an output: the `when` of a check, the `where` of a stratum. Input and reference are only read
 * as JSON when a filter asks for them, and then once.
 */
export function filterView(output: Output): Readonly<Record<(typeof filterNames)[number], Json>> {
  const input = once(() => structured(output.input));
  const reference = once(() => structured(output.reference));
  return {
    output: output.fields ?? output.text,
    get input() {
      return input();
    },
    get reference() {
      return reference();
    },
    model: output.model,
    segment: output.segment,
    user: output.user,
    approval: output.approval,
    error: output.error,
    latencyMs: output.latencyMs,
  };
}

function structured(value: Json): Json {
  return typeof value === "string" ? (parseStructured(value) ?? value) : value;
}
