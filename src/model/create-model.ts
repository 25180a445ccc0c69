import type { ModelQuestion } from "../domain/asking.js";
import { SourceError } from "../domain/errors.js";
import { isJsonObject, type Json } from "../domain/json.js";
import type { HttpResponse } from "../domain/ports.js";
import { parseJson } from "../text/parse-json.js";
import { durationMs } from "../text/setting-types.js";
import { shown } from "../text/shown.js";
import type { Completion, Embedding, Model, ModelPorts } from "./model.js";
import { isPassing, patientRequest } from "./patient-request.js";
import type { Dialect, Provider, ProviderReply, ProviderRequest, SharedModelSettings } from "./provider.js";
import { readAnswer } from "./read-answer.js";

/** Tokens are counted so where nobody says how many there were. */
const charactersPerToken = 3;
/** Ways of asking tried for one answer: every fall-back of format, budget and temperature once. */
const mostTurns = 6;
const answerMaxBytes = 1_048_576;
/** A vector of 4,096 numbers is about 90 kB of JSON; so many texts are sent at once. */
const textsAtOnce = 64;
const vectorsMaxBytes = 16_777_216;

/** A model of any provider: fall-backs, retries, and what was spent. */
export function createModel(
  settings: SharedModelSettings & { readonly type: string; readonly baseUrl?: unknown },
  provider: Provider,
  ports: ModelPorts,
): Model {
  const { id, model: name, price, type, baseUrl, temperature, maxTokens } = settings;
  const known: Known = { dialect: firstDialect(provider) };
  const costOf = (input: number, output: number): number =>
    Math.ceil(input * (price?.inputUsdPerMillion ?? 0) + output * (price?.outputUsdPerMillion ?? 0));
  const context: Context = { settings, provider, ports, known, costOf };
  return {
    id,
    name,
    fingerprint: JSON.stringify([type, baseUrl ?? null, name, temperature, maxTokens ?? null]),
    priced: price !== undefined,
    estimateMicros: (characters, answerTokens) =>
      costOf(Math.ceil(characters / charactersPerToken), maxTokens ?? answerTokens),
    complete: (question, signal) => complete(context, question, signal),
    embed: (texts, signal) => embed(context, texts, signal),
  };
}

/** What the server has been found to accept; kept as long as the process. */
interface Known {
  dialect: Dialect;
}

interface Context {
  readonly settings: SharedModelSettings;
  readonly provider: Provider;
  readonly ports: ModelPorts;
  readonly known: Known;
  readonly costOf: (inputTokens: number, outputTokens: number) => number;
}

function firstDialect(provider: Provider): Dialect {
  return { format: provider.formats[0] ?? "prompt", temperature: true, budget: "max_tokens" };
}

async function complete(context: Context, question: ModelQuestion, signal: AbortSignal): Promise<Completion> {
  const { provider, known } = context;
  const spent = { input: 0, output: 0 };
  let dialect = known.dialect;
  for (let turn = 1; ; turn += 1) {
    const request = provider.ask(question, dialect);
    const response = await send(context, request, signal, answerMaxBytes);
    const last = turn === mostTurns;
    if (response.status === 400 || response.status === 422) {
      const next = last ? null : otherDialect(dialect, provider, messageIn(response.body));
      if (next === null) throw refusal(context, request, response);
      dialect = next;
      continue;
    }
    if (response.status < 200 || response.status > 299) throw refusal(context, request, response);
    const reply = provider.read(response.body, question);
    count(spent, reply, request, response);
    const said = saidIn(context, question, reply);
    const next = said.ok || !said.ignoredFormat || last ? null : looser(dialect, provider);
    if (next !== null) {
      dialect = next;
      continue;
    }
    if (said.ok) known.dialect = dialect;
    return {
      said: said.ok ? { ok: true, value: said.value } : { ok: false, failure: said.failure },
      answeredBy: reply?.model ?? null,
      costMicros: context.costOf(spent.input, spent.output),
    };
  }
}

/** Tokens as the server counts them; guessed where it says nothing, or none, as Ollama does of cached prompts. */
function count(
  spent: { input: number; output: number },
  reply: ProviderReply | null,
  request: ProviderRequest,
  response: HttpResponse,
): void {
  const guess = (text: string) => Math.ceil(text.length / charactersPerToken);
  const { inputTokens, outputTokens } = reply ?? { inputTokens: null, outputTokens: null };
  spent.input += inputTokens || guess(JSON.stringify(request.body));
  spent.output += outputTokens || guess(response.body);
}

type Said =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly failure: SourceError; readonly ignoredFormat: boolean };

function saidIn(context: Context, question: ModelQuestion, reply: ProviderReply | null): Said {
  const { model: name, maxTokens } = context.settings;
  const failed = (code: string, message: string, ignoredFormat = false): Said => ({
    ok: false,
    failure: new SourceError(code, `${name} ${message}`),
    ignoredFormat,
  });
  if (reply === null) return failed("model-body", "answered something that is not of its API");
  const { answer } = reply;
  const budget = `${maxTokens ?? question.maxTokens} tokens`;
  const more = `set a higher "maxTokens" on the model`;
  switch (answer.kind) {
    case "value":
      return { ok: true, value: answer.value };
    case "refused":
      return failed("model-refused", `refuses to answer: ${shown(answer.reason, 200)}`);
    case "cut-off":
      return failed("model-cut-off", `was cut off after ${budget}; ${more}`);
    case "text": {
      const read = readAnswer(answer.text);
      switch (read.kind) {
        case "value":
          return { ok: true, value: read.value };
        case "empty":
          return failed("model-empty", "answered nothing");
        case "unfinished":
          return failed("model-cut-off", `was still thinking after ${budget}; ${more}`);
        case "no-json":
          return failed(
            "model-no-json",
            `was asked for JSON, and its answer ${read.reason}: "${shown(answer.text, 80)}"`,
            true,
          );
      }
    }
  }
}

/** Another way to ask after a refusal, by what the server says of it; null: there is none left. */
function otherDialect(dialect: Dialect, provider: Provider, message: string): Dialect | null {
  if (dialect.budget === "max_tokens" && message.includes("max_completion_tokens"))
    return { ...dialect, budget: "max_completion_tokens" };
  if (dialect.temperature && message.includes("temperature")) return { ...dialect, temperature: false };
  return looser(dialect, provider);
}

function looser(dialect: Dialect, provider: Provider): Dialect | null {
  const format = provider.formats[provider.formats.indexOf(dialect.format) + 1];
  return format === undefined ? null : { ...dialect, format };
}

function send(
  { settings, ports }: Context,
  request: ProviderRequest,
  signal: AbortSignal,
  maxBytes: number,
): Promise<HttpResponse> {
  return patientRequest(ports, {
    method: "POST",
    url: request.url,
    headers: request.headers,
    body: JSON.stringify(request.body),
    timeoutMs: durationMs(settings.timeout),
    maxBytes,
    signal,
  });
}

function refusal({ settings }: Context, request: ProviderRequest, response: HttpResponse): SourceError {
  const { status } = response;
  const { host } = new URL(request.url);
  const retryable = isPassing(status);
  const code = retryable ? "model-unavailable" : "model-rejected";
  // what a server says about a key may quote it
  const said = status === 401 || status === 403 ? "it refuses the key" : messageIn(response.body);
  const why = said === "" ? "" : `: ${shown(said, 200)}`;
  return new SourceError(code, `${settings.model} at ${host}: answered ${status}${why}`, { retryable });
}

/** The message of an error, where the body has one at a usual place. */
function messageIn(body: string): string {
  const parsed = parseJson(body);
  if (!parsed.ok) return body.trimStart().startsWith("<") ? "" : body.slice(0, 500);
  const { value } = parsed;
  if (!isJsonObject(value)) return "";
  const { error, message, detail } = value;
  const said = isJsonObject(error) ? error.message : (error ?? message ?? detail);
  return typeof said === "string" ? said : "";
}

async function embed(context: Context, texts: readonly string[], signal: AbortSignal): Promise<Embedding> {
  const { provider, settings, costOf } = context;
  const { embeddings } = provider;
  if (embeddings === null)
    throw new SourceError("model-no-embeddings", `${settings.model}: this provider has no embeddings`);
  const vectors: (readonly number[])[] = [];
  let answeredBy: string | null = null;
  let tokens = 0;
  for (let from = 0; from < texts.length; from += textsAtOnce) {
    const part = texts.slice(from, from + textsAtOnce);
    const request = embeddings.ask(part);
    const response = await send(context, request, signal, vectorsMaxBytes);
    if (response.status < 200 || response.status > 299) throw refusal(context, request, response);
    const read = embeddings.read(response.body, part.length);
    if (read === null)
      throw new SourceError("model-body", `${settings.model} answered no vector for each text`);
    vectors.push(...read.vectors);
    answeredBy = read.model;
    tokens += read.inputTokens ?? Math.ceil(part.join("").length / charactersPerToken);
  }
  return { vectors, answeredBy, costMicros: costOf(tokens, 0) };
}
