import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import { parseStructured } from "./parse-json.js";

/** What a filter sees of an output: the `when` of a check, the `where` of a stratum. */
export function filterView(output: Output): Json {
  return {
    output: output.fields ?? output.text,
    input: output.input === null ? null : (parseStructured(output.input) ?? output.input),
    reference:
      typeof output.reference === "string"
        ? (parseStructured(output.reference) ?? output.reference)
        : output.reference,
    model: output.model,
    segment: output.segment,
    user: output.user,
    approval: output.approval,
    error: output.error,
    latencyMs: output.latencyMs,
  };
}
