import type { Json } from "../domain/json.js";
import type { Output } from "../domain/output.js";
import { once } from "../text/once.js";
import { parseStructured } from "../text/parse-json.js";

/** What a metric takes from one output. */
export type Observed = Readonly<Record<string, boolean | number | string>>;

/** A stored output with its key. */
export interface StoredOutput {
  readonly key: number;
  readonly output: Output;
}

/** An output's columns as SQLite gives them. */
export interface OutputRow extends Omit<Output, "fields" | "reference"> {
  readonly key: number;
  readonly structured: number;
  readonly reference: string | null;
}

/** Selects an `OutputRow` from `output o`. */
export const columns = `o.id AS key, o.output_id AS id, o.at, o.text, o.structured, o.input, o.reference, o.model,
  o.latency_ms AS latencyMs, o.cost_micros AS costMicros, o.tokens, o.user, o.approval, o.final_text AS finalText,
  o.segment, o.error, o.link, o.finish_reason AS finishReason, o.retries`;

/** What was observed of an output. */
export function observedOf(text: string): Observed {
  const parsed: Observed = JSON.parse(text);
  return parsed;
}

/** Names of the strata an output belonged to as it came. */
export function strataOf(text: string | null): readonly string[] {
  if (text === null) return noStrata;
  const parsed: readonly string[] = JSON.parse(text);
  return parsed;
}

const noStrata: readonly string[] = [];

/**
 * The output of a row; its JSON is parsed when first asked for: a run needs of most of its outputs only what was
 * observed.
 */
export function stored(row: OutputRow): StoredOutput {
  const { key, structured, reference } = row;
  const fields = once(() => (structured === 1 ? parseStructured(row.text) : undefined));
  const known = once(() => (reference === null ? null : parsed(reference)));
  const output = {
    ...picked(row),
    get fields() {
      return fields();
    },
    get reference() {
      return known();
    },
  };
  return { key, output };
}

/** Only the output's own columns; a query may have asked for more. */
function picked(
  row: Omit<OutputRow, "key" | "structured" | "reference">,
): Omit<Output, "fields" | "reference"> {
  const { id, at, text, input, model, latencyMs, costMicros, tokens, user } = row;
  const { approval, finalText, segment, error, link, finishReason, retries } = row;
  return {
    id,
    at,
    text,
    input,
    model,
    latencyMs,
    costMicros,
    tokens,
    user,
    approval,
    finalText,
    segment,
    error,
    link,
    finishReason,
    retries,
  };
}

function parsed(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}
