/**
 * Chat completions and embeddings of any OpenAI-compatible server: OpenAI, Azure, Ollama, vLLM, llama.cpp, LM Studio,
 * Mistral, OpenRouter. Structured outputs: developers.openai.com, "Structured model outputs"; Ollama:
 * docs.ollama.com, "OpenAI compatibility".
 */
import { z } from "zod";
import type { ModelQuestion } from "../../domain/asking.js";
import type { Json } from "../../domain/json.js";
import type { SecretReader } from "../../domain/ports.js";
import { endpointOf, readChatCompletion } from "../../text/chat-completion.js";
import { parseJson } from "../../text/parse-json.js";
import { fillSecrets } from "../../text/setting-types.js";
import {
  apiKeySetting,
  type Dialect,
  defineProvider,
  instructionsIn,
  type ProviderReply,
  type ProviderRequest,
  type ProviderVectors,
  sharedModelSettings,
} from "../provider.js";

const settings = z.strictObject({
  ...sharedModelSettings,
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default("https://api.openai.com/v1")
    .describe("Base address, with or without /v1, such as http://localhost:11434/v1 for Ollama"),
  apiKey: apiKeySetting.optional().describe("The key, by name; Ollama needs none"),
});

type OpenaiSettings = z.infer<typeof settings>;

/** A model behind the API that OpenAI made usual. */
export const openai = defineProvider({
  type: "openai",
  settings,
  prepare: (checked, secret) => ({
    formats: ["json-schema", "json-object", "prompt"],
    ask: (question, dialect) => ({
      ...placeOf(checked, secret, "chat/completions"),
      body: chatBody(checked, question, dialect),
    }),
    read: readReply,
    listing: () => placeOf(checked, secret, "models"),
    embeddings: {
      ask: (texts) => ({
        ...placeOf(checked, secret, "embeddings"),
        body: { model: checked.model, input: texts, encoding_format: "float" },
      }),
      read: readVectors,
    },
  }),
});

function placeOf(checked: OpenaiSettings, secret: SecretReader, path: string): Omit<ProviderRequest, "body"> {
  const key = checked.apiKey === undefined ? {} : { authorization: `Bearer ${secret(checked.apiKey)}` };
  return {
    url: endpointOf(checked.baseUrl, path),
    headers: { "content-type": "application/json", ...key, ...fillSecrets(checked.headers, secret) },
  };
}

function chatBody(checked: OpenaiSettings, question: ModelQuestion, dialect: Dialect): Json {
  return {
    model: checked.model,
    messages: [
      { role: "system", content: instructionsIn(question, dialect.format) },
      { role: "user", content: question.content },
    ],
    stream: false,
    [dialect.budget]: checked.maxTokens ?? question.maxTokens,
    ...(dialect.temperature ? { temperature: checked.temperature } : {}),
    ...responseFormat(question, dialect),
  };
}

function responseFormat({ answer }: ModelQuestion, { format }: Dialect): Readonly<Record<string, Json>> {
  switch (format) {
    case "json-schema":
      return {
        response_format: {
          type: "json_schema",
          json_schema: { name: answer.name, strict: true, schema: answer.schema },
        },
      };
    case "json-object":
      return { response_format: { type: "json_object" } };
    case "tool":
    case "prompt":
      return {};
  }
}

function readReply(body: string): ProviderReply | null {
  const reply = readChatCompletion(body);
  if (reply === null) return null;
  const { model, inputTokens, outputTokens } = reply;
  return { answer: answerIn(reply), model, inputTokens, outputTokens };
}

function answerIn(reply: NonNullable<ReturnType<typeof readChatCompletion>>): ProviderReply["answer"] {
  const { content, refusal, finishReason } = reply;
  if (refusal !== null && refusal !== "") return { kind: "refused", reason: refusal };
  if (finishReason === "content_filter")
    return { kind: "refused", reason: "its content filter stopped the answer" };
  // an unfinished thought says more than "cut off", so the text is looked at first
  if (finishReason === "length" && !(content ?? "").trimStart().startsWith("<think>"))
    return { kind: "cut-off" };
  return { kind: "text", text: content ?? "" };
}

const embeddings = z.object({
  data: z.array(z.object({ index: z.int().nullish(), embedding: z.array(z.number()).min(1) })),
  model: z.string().nullish(),
  usage: z.object({ prompt_tokens: z.number().nullish() }).nullish(),
});

function readVectors(body: string, count: number): ProviderVectors | null {
  const parsed = parseJson(body);
  const { data } = embeddings.safeParse(parsed.ok ? parsed.value : null);
  if (data === undefined || data.data.length !== count) return null;
  const ordered = data.data
    .map((each, place) => ({ place: each.index ?? place, vector: each.embedding }))
    .sort((left, right) => left.place - right.place)
    .map((each) => each.vector);
  if (new Set(ordered.map((vector) => vector.length)).size > 1) return null;
  return { vectors: ordered, model: data.model ?? null, inputTokens: data.usage?.prompt_tokens ?? null };
}
