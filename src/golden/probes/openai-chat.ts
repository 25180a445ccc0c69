/**
 * Puts golden inputs to a model behind any OpenAI-compatible chat API, Ollama included. The answer's
 * content is the output; what a reasoning server thinks aloud beside it is never taken for one.
 */
import { z } from "zod";
import { SourceError } from "../../domain/errors.js";
import type { GoldenCase } from "../../domain/golden-case.js";
import { isJsonObject, type Json } from "../../domain/json.js";
import type { OutputDraft } from "../../domain/output.js";
import { endpointOf, readChatCompletion } from "../../text/chat-completion.js";
import { isJsonList, textOfJson } from "../../text/json-value.js";
import {
  answerTimeoutSetting,
  durationMs,
  fillSecrets,
  headersSetting,
  secretSetting,
} from "../../text/setting-types.js";
import { markBody, markFieldSetting } from "../fill-template.js";
import { answerOf, defineProbeType, goldenHeader, type ProbePorts, type ProbeRequest } from "../probe.js";
import { requireSuccess } from "../probe-answer.js";

const settings = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .describe("Base address, with or without /v1, such as http://localhost:11434/v1 for Ollama"),
  model: z.string().min(1).describe("The model's name"),
  apiKey: secretSetting.optional().describe("The key, by name; Ollama needs none"),
  system: z.string().optional().describe("System message, as the automation gives it"),
  prompt: z.string().default("{input}").describe("User message; {input} becomes the case's input"),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .describe("Sampling temperature, as the automation sets it"),
  seed: z.number().int().optional().describe("Seed, for servers that heed it"),
  maxTokens: z.number().int().positive().optional().describe("Longest answer in tokens"),
  responseFormat: z.json().optional().describe("response_format, passed on as it is"),
  headers: headersSetting,
  markField: markFieldSetting,
  timeout: answerTimeoutSetting.default("120s").describe("Longest wait for the whole answer, up to 10m"),
});

type ChatSettings = z.infer<typeof settings>;

/** Golden inputs to a chat model. */
export const openaiChat = defineProbeType({
  type: "openai-chat",
  settings,
  prepare: (checked, ports) => ({ ask: (goldenCase, request) => ask(checked, ports, goldenCase, request) }),
});

async function ask(
  checked: ChatSettings,
  ports: ProbePorts,
  goldenCase: GoldenCase,
  { runId, signal }: ProbeRequest,
): Promise<OutputDraft> {
  const url = endpointOf(checked.baseUrl, "chat/completions");
  const key = checked.apiKey === undefined ? {} : { authorization: `Bearer ${ports.secret(checked.apiKey)}` };
  const begunAt = ports.clock.monotonic();
  const response = await ports.http.request({
    method: "POST",
    url,
    headers: {
      "content-type": "application/json",
      ...key,
      ...fillSecrets(checked.headers, ports.secret),
      [goldenHeader]: runId,
    },
    body: JSON.stringify(markBody(chatBody(checked, goldenCase.input), checked.markField, runId)),
    timeoutMs: durationMs(checked.timeout),
    maxBytes: 5_242_880,
    signal,
  });
  const latencyMs = Math.round(ports.clock.monotonic() - begunAt);
  const { host } = new URL(url);
  requireSuccess(response, host);
  return readChat(goldenCase, runId, response.body, { host, latencyMs });
}

function chatBody(checked: ChatSettings, input: Json): Json {
  const system = checked.system === undefined ? [] : [{ role: "system", content: checked.system }];
  const prompt = checked.prompt.replaceAll("{input}", () => textOfJson(input));
  return {
    model: checked.model,
    // An input that is a conversation already goes as it is.
    messages: [...system, ...(isConversation(input) ? input : [{ role: "user", content: prompt }])],
    stream: false,
    ...(checked.temperature === undefined ? {} : { temperature: checked.temperature }),
    ...(checked.seed === undefined ? {} : { seed: checked.seed }),
    ...(checked.maxTokens === undefined ? {} : { max_tokens: checked.maxTokens }),
    ...(checked.responseFormat === undefined ? {} : { response_format: checked.responseFormat }),
  };
}

function isConversation(input: Json): input is readonly Json[] {
  return (
    isJsonList(input) && input.length > 0 && input.every((entry) => isJsonObject(entry) && "role" in entry)
  );
}

function readChat(
  goldenCase: GoldenCase,
  runId: string,
  body: string,
  circumstances: { readonly host: string; readonly latencyMs: number },
): OutputDraft {
  const reply = readChatCompletion(body);
  if (reply === null) {
    throw new SourceError(
      "probe-body",
      `${circumstances.host}: answered something that is no chat completion`,
    );
  }
  const { content, refusal, toolCalls } = reply;
  const called = toolCalls.length === 0 ? null : toolCalls;
  const output: Json = content !== null && content !== "" ? content : (refusal ?? called ?? "");
  return answerOf(goldenCase, runId, output, {
    id: reply.id,
    model: reply.model,
    latencyMs: circumstances.latencyMs,
    tokens: reply.totalTokens,
    finishReason: reply.finishReason,
  });
}
