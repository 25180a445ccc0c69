import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { asked, caseOf, probeOf } from "../ports.js";

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener): Promise<Loopback> {
  const server = await startLoopback(listener);
  opened.push(server);
  return server;
}

describe("the http probe", () => {
  it("marks its request, fills in the input, and brings the answer back with its id", async () => {
    const server = await serve((_request, response) =>
      response.end('{"id":"x9","output":{"category":"billing"}}'),
    );
    const probe = probeOf({
      type: "http",
      url: server.url,
      headers: { "x-key": { env: "API_KEY" } },
      body: { ticket: { text: "{input}", note: "asked: {input}" }, key: { env: "API_KEY" } },
      markField: "ticket.metadata.evenkeelGolden",
    });
    const output = await probe.ask(caseOf("Where is it?"), asked);
    expect(server.requests[0]?.headers).toMatchObject({
      "x-evenkeel-golden": "run-7",
      "x-key": "canary-key",
    });
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({
      ticket: { text: "Where is it?", note: "asked: Where is it?", metadata: { evenkeelGolden: "run-7" } },
      key: "canary-key",
    });
    expect(output).toMatchObject({
      id: "x9",
      text: '{"category":"billing"}',
      fields: { category: "billing" },
      input: "Where is it?",
      reference: { category: "shipping" },
      latencyMs: 250,
    });
  });

  it("sends structured inputs as they are", async () => {
    const server = await serve((_request, response) => response.end('"fine"'));
    await probeOf({ type: "http", url: server.url }).ask(caseOf({ subject: "Hi", n: 2 }), asked);
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({ input: { subject: "Hi", n: 2 } });
  });

  it("takes plain text for the output", async () => {
    const server = await serve((_request, response) => response.end("Dear Mara, thank you."));
    const output = await probeOf({ type: "http", url: server.url }).ask(caseOf("x"), asked);
    expect(output).toMatchObject({ id: "golden:run-7:case-1", text: "Dear Mara, thank you." });
  });

  it.each([
    [503, "probe-unavailable", true],
    [404, "probe-refused", false],
    [302, "probe-refused", false],
  ])("has no answer when the automation says %d", async (status, code, retryable) => {
    const server = await serve((_request, response) => response.writeHead(status).end());
    await expect(probeOf({ type: "http", url: server.url }).ask(caseOf("x"), asked)).rejects.toMatchObject({
      name: "SourceError",
      code,
      retryable,
    });
    expect(server.requests).toHaveLength(1);
  });

  it("has no answer when the output is not where it should be, or nothing comes", async () => {
    const empty = await serve((_request, response) => response.end('{"said":"x"}'));
    await expect(
      probeOf({ type: "http", url: empty.url, output: "$.output" }).ask(caseOf("x"), asked),
    ).rejects.toMatchObject({ code: "probe-body" });
    const silent = await serve(() => {});
    await expect(
      probeOf({ type: "http", url: silent.url, timeout: "60ms" }).ask(caseOf("x"), asked),
    ).rejects.toMatchObject({ code: "http-timeout" });
  });
});
