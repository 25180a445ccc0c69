/**
 * What every provider is: it puts a question into the words of its API and reads what comes back. It sends nothing
 * itself; retries, fall-backs and costs are the same for all of them.
 */
import { z } from "zod";
import type { ModelQuestion } from "../domain/asking.js";
import type { Json } from "../domain/json.js";
import type { SecretReader } from "../domain/ports.js";
import { answerTimeoutSetting, secretSetting, textOrSecret } from "../text/setting-types.js";

/** How a provider is made to answer in JSON, the strictest first. */
export type AnswerFormat = "json-schema" | "tool" | "json-object" | "prompt";

/** What a server is known to accept; every refusal of one of these teaches another way. */
export interface Dialect {
  readonly format: AnswerFormat;
  /** False for models that take no temperature. */
  readonly temperature: boolean;
  /** The name of the token budget. */
  readonly budget: "max_tokens" | "max_completion_tokens";
}

/** One request, without its limits. */
export interface ProviderRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** What an answer holds; null: the provider does not say. */
export interface ProviderReply {
  readonly answer:
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "value"; readonly value: Json }
    | { readonly kind: "refused"; readonly reason: string }
    | { readonly kind: "cut-off" };
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** Vectors as they came. */
export interface ProviderVectors {
  readonly vectors: readonly (readonly number[])[];
  readonly model: string | null;
  readonly inputTokens: number | null;
}

/** A provider with its settings. */
export interface Provider {
  readonly formats: readonly AnswerFormat[];
  ask(question: ModelQuestion, dialect: Dialect): ProviderRequest;
  /** null: the body is no answer of this API. */
  read(body: string, question: ModelQuestion): ProviderReply | null;
  /** Where it lists its models with the day of their end; null where it states none. */
  readonly listing: (() => Omit<ProviderRequest, "body">) | null;
  /** null where the provider has no embeddings. */
  readonly embeddings: {
    ask(texts: readonly string[]): ProviderRequest;
    read(body: string, count: number): ProviderVectors | null;
  } | null;
}

const price = z.strictObject({
  inputUsdPerMillion: z.number().min(0).max(10_000).describe("US dollars for a million tokens of questions"),
  outputUsdPerMillion: z
    .number()
    .min(0)
    .max(10_000)
    .describe("US dollars for a million tokens of answers; 0 for embeddings"),
});

/** What models of all providers have. */
export const sharedModelSettings = {
  id: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      'is no id, expected lower-case letters, digits and hyphens, such as "judge"',
    )
    .max(80)
    .describe("Name by which checks refer to it"),
  model: z
    .string()
    .trim()
    .min(1)
    .describe("The provider's name of it, with its date where there is one: a pinned judge stays the same"),
  headers: z
    .record(z.string(), textOrSecret)
    .default({})
    .describe("Further headers; a value may be a secret"),
  timeout: answerTimeoutSetting.default("60s").describe("Longest wait for one answer, up to 10m"),
  price: price
    .optional()
    .describe("What it costs; without a price its questions count as free, and only their number is capped"),
  temperature: z.number().min(0).max(2).default(0).describe("Sampling temperature"),
  maxTokens: z
    .int()
    .min(16)
    .max(100_000)
    .optional()
    .describe(
      "Longest answer in tokens, thinking included. Default: what the check needs; more for models that think",
    ),
};

/** Settings that models of all providers have, checked. */
export type SharedModelSettings = z.infer<z.ZodObject<typeof sharedModelSettings>>;

/** The key of an API, by name. */
export const apiKeySetting = secretSetting;

/** A kind of provider, with its own settings hidden behind their schema. */
export interface ProviderType {
  readonly type: string;
  readonly settings: z.ZodObject;
  readonly prepare: (settings: unknown, secret: SecretReader) => Provider;
}

/** Declares a provider: one file in `providers/`, one line in `providers/all.ts`. */
export function defineProvider<Shape extends z.core.$ZodLooseShape>(declared: {
  readonly type: string;
  readonly settings: z.ZodObject<Shape, z.core.$strict>;
  readonly prepare: (
    settings: z.output<z.ZodObject<Shape, z.core.$strict>>,
    secret: SecretReader,
  ) => Provider;
}): ProviderType {
  return {
    type: declared.type,
    settings: declared.settings,
    prepare: (settings, secret) => declared.prepare(declared.settings.parse(settings), secret),
  };
}

/** Our part of the question; where the API takes no schema, it stands here in words. */
export function instructionsIn(question: ModelQuestion, format: AnswerFormat): string {
  if (format === "json-schema" || format === "tool") return question.instructions;
  const schema = JSON.stringify(question.answer.schema);
  return `${question.instructions}\n\nAnswer with one JSON object and nothing else: no other words, no code fence. It follows this JSON Schema:\n${schema}`;
}
