import type { ModelQuestion } from "../domain/asking.js";
import { SourceError } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { HttpResponse } from "../domain/ports.js";
import { durationMs } from "../text/setting-types.js";
import { shown } from "../text/shown.js";
import { createListing } from "./listed-models.js";
import type { Completion, Embedding, Model, ModelPorts, Terms } from "./model.js";
import { paidHttp } from "./paid-http.js";
import { patientRequest } from "./patient-request.js";
import type { Dialect, Provider, ProviderReply, ProviderRequest, SharedModelSettings } from "./provider.js";
import { readAnswer } from "./read-answer.js";
import { messageIn, refusal } from "./refusal.js";

/** Tokens are counted so where nobody says how many there were; in UTF-8, for one of these may be a whole sign. */
const bytesPerToken = 3;
/** Ways of asking tried for one answer: every fall-back of format, budget and temperature once. */
const mostTurns = 6;
const answerMaxBytes = 1_048_576;
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
    listing:
      provider.listing === null ? null : createListing(provider.listing, ports, durationMs(settings.timeout)),
    complete: (question, terms) => complete(context, question, terms),
    embed: (texts, terms) => embed(context, texts, terms),
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

async function complete(context: Context, question: ModelQuestion, terms: Terms): Promise<Completion> {
  const { provider, known, settings } = context;
  let spentMicros = 0;
  let dialect = known.dialect;
  for (let turn = 1; ; turn += 1) {
    const request = provider.ask(question, dialect);
    const { response, reply, costMicros } = await send(context, request, terms, {
      maxBytes: answerMaxBytes,
      answerTokens: settings.maxTokens ?? question.maxTokens,
      read: (body) => provider.read(body, question),
      answeredTokens: (reply, body) => reply?.outputTokens || tokensOf(body),
    });
    spentMicros += costMicros;
    const last = turn === mostTurns;
    if (response.status === 400 || response.status === 422) {
      const next = last ? null : otherDialect(dialect, provider, messageIn(response.body));
      if (next === null) throw refusal(settings.model, request, response);
      dialect = next;
      continue;
    }
    if (!isAnswer(response)) throw refusal(settings.model, request, response);
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
      costMicros: spentMicros,
    };
  }
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

/** What is wanted of an exchange. */
interface Wanted<Reply> {
  readonly maxBytes: number;
  /** Longest answer that may have to be paid for. */
  readonly answerTokens: number;
  readonly read: (body: string) => Reply | null;
  /** Tokens of an answer that came, readable or not. */
  readonly answeredTokens: (reply: Reply | null, body: string) => number;
}

/** Sends one request, three times where that may help, under the terms; `reply` is null unless an answer can be read. */
async function send<Reply extends { readonly inputTokens: number | null }>(
  { settings, ports, costOf }: Context,
  request: ProviderRequest,
  { signal, reserve }: Terms,
  wanted: Wanted<Reply>,
): Promise<{ response: HttpResponse; reply: Reply | null; costMicros: number }> {
  const body = JSON.stringify(request.body);
  const answered: { reply: Reply | null; costMicros: number } = { reply: null, costMicros: 0 };
  const http = paidHttp(ports.http, reserve, {
    mostMicros: costOf(tokensOf(body), wanted.answerTokens),
    costMicros: (response) => {
      if (!isAnswer(response)) return 0;
      answered.reply = wanted.read(response.body);
      // guessed where the server says nothing, or none, as Ollama does of cached prompts
      const asked = answered.reply?.inputTokens || tokensOf(body);
      answered.costMicros = costOf(asked, wanted.answeredTokens(answered.reply, response.body));
      return answered.costMicros;
    },
  });
  const response = await patientRequest(
    { ...ports, http },
    {
      method: "POST",
      url: request.url,
      headers: request.headers,
      body,
      timeoutMs: durationMs(settings.timeout),
      maxBytes: wanted.maxBytes,
      signal,
    },
  );
  return { response, ...answered };
}

function isAnswer({ status }: HttpResponse): boolean {
  return status >= 200 && status <= 299;
}

function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

async function embed(context: Context, texts: readonly string[], terms: Terms): Promise<Embedding> {
  const { provider, settings } = context;
  const { embeddings } = provider;
  if (embeddings === null)
    throw new SourceError("model-no-embeddings", `${settings.model}: this provider has no embeddings`);
  const request = embeddings.ask(texts);
  const { response, reply, costMicros } = await send(context, request, terms, {
    maxBytes: vectorsMaxBytes,
    answerTokens: 0,
    read: (body) => embeddings.read(body, texts.length),
    answeredTokens: () => 0,
  });
  if (!isAnswer(response)) throw refusal(settings.model, request, response);
  if (reply === null)
    throw new SourceError("model-body", `${settings.model} answered no vector for each text`);
  return { vectors: reply.vectors, answeredBy: reply.model, costMicros };
}
