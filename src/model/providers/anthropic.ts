/**
 * Anthropic's Messages API. The answer is asked for as the input of a tool the model has to use (docs.claude.com,
 * "Tool use", `tool_choice`), which every Claude can; where that is refused, as structured output
 * (`output_config.format`), and at last in words. Thinking blocks are never read.
 */
import { z } from "zod";
import type { ModelQuestion } from "../../domain/asking.js";
import type { Json } from "../../domain/json.js";
import { endpointOf } from "../../text/chat-completion.js";
import { parseJson } from "../../text/parse-json.js";
import { fillSecrets } from "../../text/setting-types.js";
import {
  apiKeySetting,
  type Dialect,
  defineProvider,
  instructionsIn,
  type ProviderReply,
  sharedModelSettings,
} from "../provider.js";

/** The version of the API that this file speaks. */
const apiVersion = "2023-06-01";

const settings = z.strictObject({
  ...sharedModelSettings,
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default("https://api.anthropic.com")
    .describe("Base address, with or without /v1"),
  apiKey: apiKeySetting.describe("The key, by name"),
});

/** A Claude. */
export const anthropic = defineProvider({
  type: "anthropic",
  settings,
  prepare: (checked, secret) => ({
    formats: ["tool", "json-schema", "prompt"],
    ask: (question, dialect) => ({
      url: endpointOf(checked.baseUrl, "messages"),
      headers: {
        "content-type": "application/json",
        "anthropic-version": apiVersion,
        "x-api-key": secret(checked.apiKey),
        ...fillSecrets(checked.headers, secret),
      },
      body: messageBody(checked, question, dialect),
    }),
    read: readReply,
    // it lists its models, but says nothing of their end
    listing: null,
    embeddings: null,
  }),
});

function messageBody(
  checked: z.infer<typeof settings>,
  question: ModelQuestion,
  { format, temperature }: Dialect,
): Json {
  return {
    model: checked.model,
    max_tokens: checked.maxTokens ?? question.maxTokens,
    system: instructionsIn(question, format),
    messages: [{ role: "user", content: question.content }],
    ...(temperature ? { temperature: Math.min(1, checked.temperature) } : {}),
    ...answerForm(question, format),
  };
}

function answerForm({ answer }: ModelQuestion, format: Dialect["format"]): Readonly<Record<string, Json>> {
  switch (format) {
    case "tool":
      return {
        tools: [
          {
            name: answer.name,
            description: "Takes the answer to the question.",
            input_schema: answer.schema,
          },
        ],
        tool_choice: { type: "tool", name: answer.name },
      };
    case "json-schema":
      return { output_config: { format: { type: "json_schema", schema: answer.schema } } };
    case "json-object":
    case "prompt":
      return {};
  }
}

const reply = z.object({
  model: z.string().nullish(),
  content: z.array(
    z.looseObject({
      type: z.string(),
      text: z.string().nullish(),
      name: z.string().nullish(),
      input: z.json().optional(),
    }),
  ),
  stop_reason: z.string().nullish(),
  usage: z
    .object({
      input_tokens: z.number().nullish(),
      output_tokens: z.number().nullish(),
      cache_creation_input_tokens: z.number().nullish(),
      cache_read_input_tokens: z.number().nullish(),
    })
    .nullish(),
});

function readReply(body: string, question: ModelQuestion): ProviderReply | null {
  const parsed = parseJson(body);
  const { data } = reply.safeParse(parsed.ok ? parsed.value : null);
  if (data === undefined) return null;
  const { usage } = data;
  const cached = (usage?.cache_creation_input_tokens ?? 0) + (usage?.cache_read_input_tokens ?? 0);
  return {
    answer: answerIn(data, question),
    model: data.model ?? null,
    inputTokens: usage?.input_tokens == null ? null : usage.input_tokens + cached,
    outputTokens: usage?.output_tokens ?? null,
  };
}

function answerIn(data: z.infer<typeof reply>, question: ModelQuestion): ProviderReply["answer"] {
  if (data.stop_reason === "refusal") return { kind: "refused", reason: "it declined" };
  if (data.stop_reason === "max_tokens") return { kind: "cut-off" };
  const used = data.content.find((block) => block.type === "tool_use" && block.name === question.answer.name);
  if (used?.input !== undefined) return { kind: "value", value: used.input };
  const said = data.content.flatMap((block) => (block.type === "text" ? [block.text ?? ""] : []));
  return { kind: "text", text: said.join("") };
}
