import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type Loopback, startLoopback } from "../platform/loopback.js";
import { turnedDaemon } from "./turned-daemon.js";

let watch: ReturnType<typeof turnedDaemon> | null = null;
const servers: Loopback[] = [];
afterEach(async () => {
  await watch?.stop();
  watch?.remove();
  for (const server of servers.splice(0)) await server.close();
  watch = null;
});

const soon = { timeout: 20_000 };
const lost = "open incidents have no next step";

async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = await startLoopback(listener);
  servers.push(server);
  return server;
}

/** A Slack that cuts the first post after its body came, and keeps it or not; a dead-man address that counts. */
async function withSlack(keeps: "kept" | "lost") {
  let cut = false;
  let searchable = true;
  const kept: { ts: string; metadata: unknown }[] = [];
  const slack: Loopback = await serve((request, response) => {
    const method = request.url?.replace("/api/", "");
    const sent = new URLSearchParams(slack.requests.at(-1)?.body);
    const answer = (data: object) =>
      void response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ ok: true, ...data }));
    if (method === "conversations.history" && !searchable) return void response.writeHead(503).end();
    if (method === "conversations.history") return answer({ messages: kept });
    const isCut = method === "chat.postMessage" && !cut;
    const ts = `1795068${100 + kept.length}.000100`;
    if (method === "chat.postMessage" && (keeps === "kept" || !isCut))
      kept.push({ ts, metadata: JSON.parse(sent.get("metadata") ?? "null") });
    if (!isCut) return answer({ channel: "C0AIOPS", ts });
    cut = true;
    request.socket.destroy();
  });
  const deadMan = await serve((_, response) => response.writeHead(200).end("ok"));
  const made = turnedDaemon({
    channels: [
      { id: "ops", type: "slack", token: { env: "SLACK" }, channel: "C0AIOPS", apiUrl: `${slack.url}/api/` },
    ],
    deadMan: { url: `${deadMan.url}/alive`, everyMinutes: 1 },
  });
  watch = made;
  await made.start();
  const methods = () => slack.requests.map(({ url }) => url.replace("/api/", ""));
  const search = (works: boolean) => {
    searchable = works;
  };
  return { ...made, methods, kept, search, signs: () => deadMan.requests.map(({ url }) => url) };
}

describe("a send that is cut after its body", () => {
  it.each([
    ["is found where it arrived, and not repeated", "kept", []],
    ["is repeated where it did not arrive", "lost", ["chat.postMessage"]],
  ] as const)("may have arrived: it is looked up first, and %s", async (_, keeps, then) => {
    const { open, store, methods, kept, pass, settled, signs, logged } = await withSlack(keeps);
    await open();
    await expect.poll(() => store().outbox.inState("ambiguous", 5).length, soon).toBe(1);
    pass(2);
    await expect.poll(() => store().outbox.counts().sent, soon).toBe(1);
    await settled();
    expect(methods()).toEqual(["chat.postMessage", "conversations.history", ...then]);
    expect(kept).toHaveLength(1);
    expect(store().outbox.inState("sent", 5)).toMatchObject([
      { kind: "opened", attempts: 2, reference: { channel: "C0AIOPS", ts: kept[0]?.ts } },
    ]);
    // the audit of this minute holds
    pass(2);
    const before = signs().length;
    await expect.poll(() => signs().length, soon).toBeGreaterThan(before);
    expect(logged).not.toContain(lost);
    expect(store().incidents.open()).toHaveLength(1);
  });
});

describe("the dead-man address", () => {
  it("is asked while every incident has its next step, not while one has none, and again once it has", async () => {
    const { open, store, pass, settled, signs, logged, methods, search } = await withSlack("kept");
    search(false);
    await open();
    await expect.poll(() => store().outbox.inState("ambiguous", 5).length, soon).toBe(1);
    // while its only channel is in doubt, the watch may not be taken for well
    const doubtful = signs().length;
    for (let minutes = 0; minutes < 4; minutes += 2) {
      const searched = methods().length;
      pass(2);
      await expect.poll(() => methods().length, soon).toBeGreaterThan(searched);
    }
    expect(signs()).toHaveLength(doubtful);
    search(true);
    pass(2);
    await expect.poll(() => store().outbox.inState("ambiguous", 5), soon).toEqual([]);
    await settled();
    // all people are called in turn, every clock runs out
    for (const hours of [1, 1, 1, 1, 8, 8, 8]) {
      pass(hours * 60);
      const seen = signs().length;
      await expect.poll(() => signs().length, soon).toBeGreaterThan(seen);
      await settled();
    }
    await settled();
    expect(logged).not.toContain(lost);
    const clocks = store().incidentClocks.get(1);
    if (clocks === null) throw new Error("the incident has no clocks");
    store().transaction(() => store().incidentClocks.put({ ...clocks, remindAt: null }));
    const alive = signs().length;
    pass(90);
    await expect.poll(() => logged, soon).toContain(lost);
    await settled();
    pass(10);
    const own = () =>
      store()
        .incidents.open()
        .find(({ id }) => id !== 1);
    await expect.poll(() => own()?.toldStatus, soon).toBe("open");
    expect(own()?.title).toContain("Evenkeel lost hold of 1 open incident");
    expect(signs()).toHaveLength(alive);
    store().transaction(() => store().incidentClocks.put(clocks));
    pass(2);
    await expect.poll(() => signs().length, soon).toBeGreaterThan(alive);
    expect(own()).toBeUndefined();
  }, 120_000);
});
