import type { ModelQuestion } from "../../src/domain/asking.js";
import { KnownError } from "../../src/domain/errors.js";
import type { Json } from "../../src/domain/json.js";
import type { Model, Terms } from "../../src/model/model.js";
import { modelSettings, prepareModel } from "../../src/model/settings.js";
import { createSecretReader } from "../../src/platform/secrets.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { type Loopback, startLoopback } from "../platform/loopback.js";

/** One answer of the server: a status, a body (JSON or text) and headers. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly body: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that answers one line after the other, the last one for ever. */
export async function scripted(...answers: readonly ScriptedAnswer[]): Promise<Loopback> {
  let next = 0;
  return startLoopback((_request, response) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    response.writeHead(answer?.status ?? 200, { "content-type": "application/json", ...answer?.headers });
    const body = answer?.body ?? "";
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** A chat completion that says so. */
export function chat(content: string | null, change: Readonly<Record<string, Json>> = {}): ScriptedAnswer {
  const { finish_reason = "stop", refusal = null, ...rest } = change;
  return {
    body: {
      id: "chatcmpl-1",
      model: "small-2026-01-01",
      choices: [{ index: 0, message: { role: "assistant", content, refusal }, finish_reason }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
      ...rest,
    },
  };
}

/** A model as the configuration would make it, and the pauses it took. */
export function modelOf(settings: object): { model: Model; pauses: number[] } {
  const pauses: number[] = [];
  const model = prepareModel(modelSettings.parse({ id: "judge", ...settings }), {
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [] }),
    secret: createSecretReader({ API_KEY: "canary-key" }, "."),
    clock: { now: () => Date.UTC(2026, 2, 2) },
    pause: async (ms) => void pauses.push(ms),
  });
  return { model, pauses };
}

/** A question whose answer is `{ "good": true }` or `{ "good": false }`. */
export const question: ModelQuestion = {
  model: "judge",
  instructions: "Say whether the reply is polite.",
  content: "<reply>Get lost.</reply>",
  answer: {
    name: "verdict",
    schema: {
      type: "object",
      properties: { good: { type: "boolean" } },
      required: ["good"],
      additionalProperties: false,
    },
  },
  maxTokens: 200,
  vote: 1,
};

/** A signal that never comes, and room for any cost. */
export const patient: Terms = { signal: new AbortController().signal, reserve: () => () => undefined };

/** Terms that keep every reservation with what its request did cost, and refuse the one after so many. */
export function counted(most = Number.POSITIVE_INFINITY): {
  terms: Terms;
  paid: { most: number; cost: number | null }[];
} {
  const paid: { most: number; cost: number | null }[] = [];
  const reserve: Terms["reserve"] = (mostMicros) => {
    if (paid.length >= most) throw new KnownError("spend-cap", "today's limit for judging is reached");
    const row: (typeof paid)[number] = { most: mostMicros, cost: null };
    paid.push(row);
    return (costMicros) => {
      row.cost = costMicros;
    };
  };
  return { terms: { signal: patient.signal, reserve }, paid };
}
