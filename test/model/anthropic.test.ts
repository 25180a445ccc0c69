import { afterEach, describe, expect, it } from "vitest";
import type { Json } from "../../src/domain/json.js";
import type { Loopback } from "../platform/loopback.js";
import { modelOf, patient, question, type ScriptedAnswer, scripted } from "./scripted-provider.js";

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

function message(content: readonly Json[], change: Readonly<Record<string, Json>> = {}): ScriptedAnswer {
  const usage = { input_tokens: 90, cache_read_input_tokens: 10, output_tokens: 20 };
  return { body: { type: "message", model: "claude-x", content, stop_reason: "end_turn", usage, ...change } };
}

async function claude(...answers: readonly ScriptedAnswer[]) {
  const server = await scripted(...answers);
  opened.push(server);
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 5 };
  const { model } = modelOf({
    type: "anthropic",
    baseUrl: server.url,
    model: "claude-x-1",
    apiKey: { env: "API_KEY" },
    price,
  });
  return { server, model, bodies: () => server.requests.map(({ body }) => JSON.parse(body)) };
}

const used = { type: "tool_use", id: "toolu_1", name: "verdict", input: { good: false } };

describe("a Claude", () => {
  it("answers as the input of the tool it has to use", async () => {
    const { model, server, bodies } = await claude(
      message([{ type: "thinking", thinking: "{}" }, used], { stop_reason: "tool_use" }),
    );
    expect(await model.complete(question, patient)).toEqual({
      said: { ok: true, value: { good: false } },
      answeredBy: "claude-x",
      costMicros: 100 + 20 * 5,
    });
    expect(server.requests[0]).toMatchObject({
      url: "/v1/messages",
      headers: { "x-api-key": "canary-key", "anthropic-version": "2023-06-01" },
    });
    expect(bodies()[0]).toMatchObject({
      max_tokens: 200,
      tools: [{ name: "verdict", input_schema: { required: ["good"] } }],
      tool_choice: { type: "tool", name: "verdict" },
    });
  });

  it("falls back to structured output, then to words", async () => {
    const refused = { status: 400, body: { type: "error", error: { message: "tool_choice: not here" } } };
    const { model, bodies } = await claude(
      refused,
      refused,
      message([{ type: "text", text: '{"good":true}' }]),
    );
    expect((await model.complete(question, patient)).said).toEqual({ ok: true, value: { good: true } });
    expect(bodies().map((body) => Object.keys(body).filter((name) => /tool|output/.test(name)))).toEqual([
      ["tools", "tool_choice"],
      ["output_config"],
      [],
    ]);
  });

  it.each([
    ["cut off", message([used], { stop_reason: "max_tokens" }), "model-cut-off"],
    ["declined", message([], { stop_reason: "refusal" }), "model-refused"],
    ["prose", message([{ type: "text", text: "It is rude." }]), "model-no-json"],
    ["nothing", message([]), "model-empty"],
    ["another API's body", { body: { choices: [] } }, "model-body"],
  ])("that is %s gives no answer", async (_, answer, code) => {
    const { model } = await claude(answer);
    expect((await model.complete(question, patient)).said).toMatchObject({ ok: false, failure: { code } });
  });

  it("has no embeddings", async () => {
    const { model } = await claude(message([]));
    await expect(model.embed(["a"], patient)).rejects.toMatchObject({ code: "model-no-embeddings" });
  });
});
