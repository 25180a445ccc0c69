/** Why a model stops, in one vocabulary for all vendors. */
export type FinishKind = "stop" | "length" | "content_filter" | "tool_calls" | "error";

/**
 * The words of OpenAI (chat `finish_reason`, responses `status` and `incomplete_details.reason`), Anthropic
 * (`stop_reason`), Google Gemini (`finishReason`), Amazon Bedrock (`stopReason`), Mistral, Cohere and Ollama, in
 * lower case, as their API references list them.
 */
const kinds: ReadonlyMap<string, FinishKind> = new Map([
  ...words("stop", ["stop", "end_turn", "stop_sequence", "complete", "completed", "eos", "eos_token"]),
  ...words("length", [
    "length",
    "max_tokens",
    "max_output_tokens",
    "model_length",
    "model_context_window_exceeded",
    "incomplete",
  ]),
  ...words("tool_calls", ["tool_calls", "tool_call", "tool_use", "function_call", "pause_turn"]),
  ...words("content_filter", [
    "content_filter",
    "content_filtered",
    "refusal",
    "safety",
    "recitation",
    "blocklist",
    "prohibited_content",
    "spii",
    "language",
    "image_safety",
    "guardrail_intervened",
    "error_toxic",
  ]),
  ...words("error", [
    "error",
    "failed",
    "cancelled",
    "timeout",
    "error_limit",
    "malformed_function_call",
    "unexpected_tool_call",
  ]),
]);

/** What each means for the output, after "which means that". */
export const finishMeanings: Readonly<Record<FinishKind, string>> = {
  stop: "the answer came to its end",
  length: "the answer was cut off at a token limit",
  content_filter: "a filter held the answer back",
  tool_calls: "the model wants to call a tool",
  error: "the model broke off with an error",
};

/** The kind that a vendor's word stands for; null: a word that nobody lists. */
export function finishKind(reason: string): FinishKind | null {
  return kinds.get(reason.trim().toLowerCase().replace(/[\s-]/g, "_")) ?? null;
}

function words(kind: FinishKind, list: readonly string[]): (readonly [string, FinishKind])[] {
  return list.map((word) => [word, kind] as const);
}
