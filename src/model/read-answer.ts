import type { Json } from "../domain/json.js";
import { parseJson } from "../text/parse-json.js";

/** What a text is as an answer. */
export type AnswerRead =
  | { readonly kind: "value"; readonly value: Json }
  | { readonly kind: "empty" }
  /** Thinking that never came to its end. */
  | { readonly kind: "unfinished" }
  | { readonly kind: "no-json"; readonly reason: string };

/**
 * Reads a model's text as JSON. One code fence around all of it is taken off; finished thinking before it
 * (`<think>...</think>`, also without its beginning, as some chat templates leave it) is not graded; prose is no answer.
 */
export function readAnswer(text: string): AnswerRead {
  const whole = parseJson(text);
  if (whole.ok) return { kind: "value", value: whole.value };
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "empty" };
  const end = trimmed.lastIndexOf("</think>");
  if (end < 0)
    return trimmed.startsWith("<think>") ? { kind: "unfinished" } : { kind: "no-json", reason: whole.reason };
  const spoken = trimmed.slice(end + "</think>".length).trim();
  if (spoken === "") return { kind: "empty" };
  const rest = parseJson(spoken);
  return rest.ok ? { kind: "value", value: rest.value } : { kind: "no-json", reason: rest.reason };
}
