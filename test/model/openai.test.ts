import { afterEach, describe, expect, it } from "vitest";
import type { Loopback } from "../platform/loopback.js";
import {
  chat,
  counted,
  modelOf,
  patient,
  question,
  type ScriptedAnswer,
  scripted,
} from "./scripted-provider.js";

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function judge(answers: readonly ScriptedAnswer[], more: object = {}) {
  const server = await scripted(...answers);
  opened.push(server);
  const price = { inputUsdPerMillion: 2, outputUsdPerMillion: 10 };
  const made = modelOf({ type: "openai", baseUrl: server.url, model: "small", price, ...more });
  const bodies = () => server.requests.map(({ body }) => JSON.parse(body));
  return { ...made, server, bodies, ask: () => made.model.complete(question, patient) };
}

const refusal = (message: string, status = 400): ScriptedAnswer => ({ status, body: { error: { message } } });

describe("a model of an OpenAI-compatible server", () => {
  it("is asked for JSON of the schema, and says what it cost and who answered", async () => {
    const { ask, server, bodies } = await judge([chat('{"good":false}')], { apiKey: { env: "API_KEY" } });
    expect(await ask()).toEqual({
      said: { ok: true, value: { good: false } },
      answeredBy: "small-2026-01-01",
      costMicros: 100 * 2 + 20 * 10,
    });
    expect(server.requests[0]).toMatchObject({
      url: "/v1/chat/completions",
      headers: { authorization: "Bearer canary-key" },
    });
    expect(bodies()[0]).toMatchObject({
      model: "small",
      temperature: 0,
      max_tokens: 200,
      response_format: { type: "json_schema", json_schema: { name: "verdict", strict: true } },
    });
  });

  it("falls back to a JSON object, then to words, and remembers what the server took", async () => {
    const refused = refusal("response_format is not supported");
    const { ask, bodies } = await judge([refused, refused, chat('```json\n{"good":true}\n```')]);
    expect((await ask()).said).toEqual({ ok: true, value: { good: true } });
    await ask();
    expect(bodies().map((body) => body.response_format?.type ?? "words")).toEqual([
      "json_schema",
      "json_object",
      "words",
      "words",
    ]);
    expect(bodies()[2].messages[0].content).toContain('"required":["good"]');
  });

  it.each([
    ["temperature", "Unsupported value: 'temperature' does not support 0 with this model."],
    ["max_tokens", "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."],
  ])("leaves %s out for a model that does not take it", async (name, message) => {
    const { ask, bodies } = await judge([refusal(message), chat('{"good":true}')]);
    await ask();
    expect(bodies()[1][name]).toBeUndefined();
    expect(bodies()[1].response_format.type).toBe("json_schema");
  });

  it("asks in words once where the server ignored the form it was asked for", async () => {
    const { ask, bodies } = await judge([chat("Well, I think it is rude."), chat('{"good":false}')]);
    const { said, costMicros } = await ask();
    expect(said).toEqual({ ok: true, value: { good: false } });
    expect(costMicros).toBe(2 * 400);
    expect(bodies()).toHaveLength(2);
  });

  it.each([
    ["prose", chat("It is polite."), "model-no-json", 'begins with other text: "It is polite."'],
    ["nothing", chat(null), "model-empty", "answered nothing"],
    ["an answer cut off", chat('{"goo', { finish_reason: "length" }), "model-cut-off", "after 200 tokens"],
    ["a refusal", chat(null, { refusal: "I cannot." }), "model-refused", "refuses to answer: I cannot."],
    ["a filtered answer", chat("", { finish_reason: "content_filter" }), "model-refused", "content filter"],
    ["unfinished thinking", chat("<think>Let me see"), "model-cut-off", "still thinking after 200 tokens"],
    ["broken JSON", chat('{"good":tr'), "model-no-json", "breaks off"],
    ["another API's body", { body: { hello: 1 } }, "model-body", "not of its API"],
  ])("takes %s for no answer", async (_, answer, code, message) => {
    const { ask } = await judge([answer]);
    const { said } = await ask();
    expect(said).toMatchObject({ ok: false, failure: { code } });
    expect(said.ok ? "" : said.failure.message).toContain(message);
  });

  it.each([
    ["thought first", '<think>Rude? {"good":true}</think>\n{"good":false}'],
    ["thought without its beginning", 'Hm. Rude.</think>{"good":false}'],
    ["a fence", '```json\n{"good":false}\n```'],
  ])("reads an answer with %s", async (_, content) => {
    const { ask } = await judge([chat(content)]);
    expect((await ask()).said).toEqual({ ok: true, value: { good: false } });
  });

  it("does not cut an answer that quotes the end of a thought", async () => {
    const { ask } = await judge([chat('{"good":false,"why":"it says </think>"}')]);
    expect((await ask()).said).toMatchObject({ ok: true, value: { why: "it says </think>" } });
  });

  it("never grades what a reasoning server thinks aloud", async () => {
    const body = {
      choices: [{ message: { content: "", reasoning_content: '{"good":true}' }, finish_reason: "stop" }],
    };
    const { ask } = await judge([{ body }]);
    expect((await ask()).said).toMatchObject({ ok: false, failure: { code: "model-empty" } });
  });

  it("waits as long as it is told after a 429, and not longer than 30 s", async () => {
    const limited = (wait: string): ScriptedAnswer => ({
      status: 429,
      body: {},
      headers: { "retry-after": wait },
    });
    const { ask, pauses } = await judge([limited("7"), limited("3600"), chat('{"good":true}')]);
    expect((await ask()).said.ok).toBe(true);
    expect(pauses).toEqual([7_000, 30_000]);
  });

  it.each([408, 429, 500, 502, 503, 529])("gives up on %d after three tries", async (status) => {
    const { ask, server } = await judge([{ status, body: "<html>" }]);
    await expect(ask()).rejects.toMatchObject({ code: "model-unavailable", retryable: true });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    [401, "it refuses the key"],
    [404, "no such model"],
  ])("tries a %d once", async (status, message) => {
    const { ask, server } = await judge([refusal("no such model", status)]);
    await expect(ask()).rejects.toMatchObject({ code: "model-rejected", retryable: false });
    await expect(ask()).rejects.toThrow(message);
    expect(server.requests).toHaveLength(2);
  });

  it("gives up on a server that does not answer in time", async () => {
    const made = await judge([chat("{}")], { timeout: "1s" });
    await made.server.close();
    await expect(made.ask()).rejects.toMatchObject({ code: "http-refused" });
    expect(made.pauses).toEqual([1_000, 4_000]);
  });

  it("counts by length where the server counts no tokens", async () => {
    const { ask } = await judge([chat('{"good":true}', { usage: null })]);
    const { costMicros } = await ask();
    expect(costMicros).toBeGreaterThan(200);
  });

  it("asks for room before every request, and says of each what it did cost", async () => {
    const prose = chat("It is rude.");
    const answers = [prose, refusal("slow down", 429), prose, chat('{"good":false}')];
    const { model, server } = await judge(answers);
    const { terms, paid } = counted();
    expect((await model.complete(question, terms)).costMicros).toBe(3 * 400);
    expect(paid.map(({ cost }) => cost)).toEqual([400, 0, 400, 400]);
    // a token has at least three bytes, and the longest answer is paid for by the token
    const most = server.requests.map(({ body }) => Math.ceil(Buffer.byteLength(body) / 3) * 2 + 200 * 10);
    expect(paid.map((each) => each.most)).toEqual(most);
  });

  it("sends nothing more once there is no room", async () => {
    const { model, server } = await judge([chat("It is rude.")]);
    const { terms, paid } = counted(2);
    await expect(model.complete(question, terms)).rejects.toMatchObject({ code: "spend-cap" });
    expect(server.requests).toHaveLength(2);
    expect(paid.map(({ cost }) => cost)).toEqual([400, 400]);
  });

  it.each([
    ["an answer that nobody can read", { body: { hello: 1 } }],
    ["an answer above the size limit", { body: "x".repeat(1_100_000) }],
  ])("counts %s", async (_, answer) => {
    const { model } = await judge([answer]);
    const { terms, paid } = counted();
    await model.complete(question, terms).catch(() => null);
    expect(paid).toHaveLength(1);
    expect(paid[0]?.cost).toBeGreaterThan(0);
  });
});

describe("a model of embeddings", () => {
  it("gives one vector a text, in the order of the texts", async () => {
    const data = [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [1, 0] },
    ];
    const { model, bodies } = await judge([{ body: { data, model: "e-1", usage: { prompt_tokens: 8 } } }]);
    expect(await model.embed(["a", "b"], patient)).toEqual({
      vectors: [
        [1, 0],
        [0, 1],
      ],
      answeredBy: "e-1",
      costMicros: 16,
    });
    expect(bodies()[0]).toMatchObject({ model: "small", input: ["a", "b"] });
  });

  it.each([
    ["one vector too few", [{ embedding: [1] }]],
    ["vectors of two lengths", [{ embedding: [1] }, { embedding: [1, 2] }]],
    ["no numbers", [{ embedding: ["1"] }, { embedding: [1] }]],
  ])("takes %s for no answer", async (_, data) => {
    const { model } = await judge([{ body: { data } }]);
    const { terms, paid } = counted();
    await expect(model.embed(["a", "b"], terms)).rejects.toMatchObject({ code: "model-body" });
    expect(paid[0]?.cost).toBeGreaterThan(0);
  });
});
