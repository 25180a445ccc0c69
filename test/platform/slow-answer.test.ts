import { setImmediate } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { messageOf } from "../../src/domain/errors.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { startLoopback } from "./loopback.js";

// A file of its own: undici keeps one timer for all requests, which must be a fake one from the first on.

afterEach(() => {
  vi.useRealTimers();
});

/** Lets so much time pass, in steps that sockets keep up with. */
async function pass(ms: number): Promise<void> {
  for (let step = 0; step < 100; step += 1) {
    await vi.advanceTimersByTimeAsync(ms / 100);
    await setImmediate();
  }
}

/** An answer of a server that keeps quiet twice for 150 s: before it answers, and before it has said all. */
async function askSlowly(timeoutMs: number): Promise<unknown> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const server = await startLoopback((_request, response) => {
    setTimeout(() => {
      response.write("begun, ");
      setTimeout(() => response.end("done"), 150_000);
    }, 150_000);
  });
  const client = createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [] });
  const request = { method: "POST", url: server.url, body: "{}", timeoutMs, maxBytes: 1_000 } as const;
  const answer = client.request(request).catch(messageOf);
  while (server.requests.length === 0) await setImmediate();
  await pass(310_000);
  const answered = await answer;
  await server.close();
  return answered;
}

it("waits for an answer and for its end as long as it was told to", async () => {
  expect(await askSlowly(600_000)).toMatchObject({ status: 200, body: "begun, done" });
});

it("waits no longer", async () => {
  expect(await askSlowly(290_000)).toMatch(/no full answer within 290000 ms$/);
});
