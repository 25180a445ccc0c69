import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { askDaemon } from "../../src/platform/ask-daemon.js";
import { type Loopback, startLoopback } from "./loopback.js";

const opened: Loopback[] = [];
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

/** A daemon that works on an order until it is let go, or breaks off. */
async function slowDaemon() {
  const waiting: ServerResponse[] = [];
  const server = await startLoopback((_request, response) => void waiting.push(response));
  opened.push(server);
  const ordered = () => vi.waitUntil(() => waiting[0]);
  return { url: server.url, ordered };
}

describe("an order to the daemon", () => {
  it("is waited for as long as it takes", async () => {
    const { url, ordered } = await slowDaemon();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const answer = askDaemon(url, "token", { do: "run", automation: "invoices" });
    answer.catch(() => null);
    const response = await ordered();
    for (let minute = 1; minute <= 20; minute += 1) await vi.advanceTimersByTimeAsync(60_000);
    response.end(JSON.stringify({ data: { outputs: 3 } }));
    expect(await answer).toEqual({ reached: true, data: { outputs: 3 }, error: null });
  });

  it("whose answer never comes, because the daemon ended, says where to look", async () => {
    const { url, ordered } = await slowDaemon();
    const answer = askDaemon(url, "token", { do: "run", automation: "invoices" });
    (await ordered()).destroy();
    expect(await answer).toEqual({
      reached: true,
      data: null,
      error: "the daemon ended before it answered; whether it did what was ordered, evenkeel register shows",
    });
  });

  it("reaches nobody where nobody listens", async () => {
    const { url } = await slowDaemon();
    await opened.pop()?.close();
    expect(await askDaemon(url, "token", { do: "send-test" })).toEqual({ reached: false });
  });
});
