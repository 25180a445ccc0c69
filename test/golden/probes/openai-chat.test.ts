import { afterEach, describe, expect, it } from "vitest";
import type { Json } from "../../../src/domain/json.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { asked, caseOf, probeOf } from "../ports.js";

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function model(message: Json, rest: Record<string, Json> = {}): Promise<Loopback> {
  const server = await startLoopback((_request, response) =>
    response.end(
      JSON.stringify({
        id: "chatcmpl-1",
        model: "small-2026",
        choices: [{ index: 0, message, finish_reason: "stop" }],
        usage: { prompt_tokens: 0, total_tokens: 42 },
        ...rest,
      }),
    ),
  );
  opened.push(server);
  return server;
}

describe("the openai-chat probe", () => {
  it.each(["", "/v1", "/v1/"])("asks the chat API under the base address%s", async (ending) => {
    const server = await model({ role: "assistant", content: '{"category":"billing"}', reasoning: "hm" });
    const probe = probeOf({
      type: "openai-chat",
      baseUrl: `${server.url}${ending}`,
      model: "small",
      apiKey: { env: "API_KEY" },
      system: "Sort tickets.",
      prompt: "Ticket: {input}",
      temperature: 0,
      markField: "metadata.evenkeelGolden",
    });
    const output = await probe.ask(caseOf("Where is it?"), asked);
    expect(server.requests[0]).toMatchObject({ method: "POST", url: "/v1/chat/completions" });
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: "Bearer canary-key",
      "x-evenkeel-golden": "run-7",
    });
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({
      model: "small",
      messages: [
        { role: "system", content: "Sort tickets." },
        { role: "user", content: "Ticket: Where is it?" },
      ],
      stream: false,
      temperature: 0,
      metadata: { evenkeelGolden: "run-7" },
    });
    expect(output).toMatchObject({
      id: "chatcmpl-1",
      text: '{"category":"billing"}',
      fields: { category: "billing" },
      model: "small-2026",
      tokens: 42,
      finishReason: "stop",
      latencyMs: 250,
    });
  });

  it("sends a conversation as it is", async () => {
    const server = await model({ content: "ok" });
    const conversation = [
      { role: "user", content: "a" },
      { role: "assistant", content: "b" },
    ];
    await probeOf({ type: "openai-chat", baseUrl: server.url, model: "m" }).ask(caseOf(conversation), asked);
    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({ messages: conversation });
  });

  it.each<[string, Json, string]>([
    ["a refusal", { content: null, refusal: "I cannot help with that." }, "I cannot help with that."],
    [
      "tool calls",
      { content: "", tool_calls: [{ id: "c", function: { name: "f" } }] },
      '[{"id":"c","function":{"name":"f"}}]',
    ],
    ["nothing, though it reasoned", { content: null, reasoning_content: "long thoughts" }, ""],
  ])("takes %s for the output", async (_name, message, text) => {
    const server = await model(message);
    const output = await probeOf({ type: "openai-chat", baseUrl: server.url, model: "m" }).ask(
      caseOf("x"),
      asked,
    );
    expect(output.text).toBe(text);
  });

  it.each([{ choices: [] }, { choices: "none" }])("has no answer in %o", async (odd) => {
    const server = await model({ content: "x" }, odd);
    await expect(
      probeOf({ type: "openai-chat", baseUrl: server.url, model: "m" }).ask(caseOf("x"), asked),
    ).rejects.toMatchObject({ code: "probe-body" });
  });
});
