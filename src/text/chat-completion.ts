/**
 * The wire of OpenAI-compatible servers, Ollama included, as probes and judges both speak it. Pure: addresses and
 * bodies come in, what they say leaves.
 */
import { z } from "zod";
import type { Json } from "../domain/json.js";
import { parseJson } from "./parse-json.js";

/** What one answer of `/chat/completions` says; null: the server does not say. */
export interface ChatCompletion {
  readonly id: string | null;
  readonly model: string | null;
  readonly content: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly Json[];
  readonly finishReason: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
}

/** The address of an endpoint: the base stands with or without its version, such as `/v1`. */
export function endpointOf(baseUrl: string, path: string): string {
  const base = baseUrl.replace(/\/+$/, "");
  return /\/v\d+$/.test(base) ? `${base}/${path}` : `${base}/v1/${path}`;
}

const reply = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z.array(z.json()).nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number().nullish(),
      completion_tokens: z.number().nullish(),
      total_tokens: z.number().nullish(),
    })
    .nullish(),
});

/** Reads an answer's body; null: it is no chat completion. What a reasoning server thinks aloud is not read at all. */
export function readChatCompletion(body: string): ChatCompletion | null {
  const parsed = parseJson(body);
  const { data } = reply.safeParse(parsed.ok ? parsed.value : null);
  const choice = data?.choices[0];
  if (data === undefined || choice === undefined) return null;
  const { content, refusal, tool_calls: toolCalls } = choice.message;
  return {
    id: data.id ?? null,
    model: data.model ?? null,
    content: content ?? null,
    refusal: refusal ?? null,
    toolCalls: toolCalls ?? [],
    finishReason: choice.finish_reason ?? null,
    inputTokens: data.usage?.prompt_tokens ?? null,
    outputTokens: data.usage?.completion_tokens ?? null,
    totalTokens: data.usage?.total_tokens ?? null,
  };
}
