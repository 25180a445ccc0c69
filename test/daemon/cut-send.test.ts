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
const often = { timeout: 20_000, interval: 500 };
const farAhead = Date.UTC(2027, 0, 1);
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
  ] as const)(
    "may have arrived: it is looked up first, and %s",
    async (_, keeps, then) => {
      const { open, store, methods, kept, pass, settled, signs, logged, search } = await withSlack(keeps);
      search(false);
      await open();
      await expect.poll(() => store().outbox.inState("ambiguous", 5).length, soon).toBe(1);
      search(true);
      await expect.poll(() => passing(pass, store().outbox.counts().sent), often).toBe(1);
      await settled();
      const calls = methods();
      expect(calls.slice(0, 2)).toEqual(["chat.postMessage", "conversations.history"]);
      expect(calls.slice(1).filter((each) => each === "chat.postMessage")).toEqual(then);
      expect(calls.at(-1)).toBe(then[0] ?? "conversations.history");
      expect(kept).toHaveLength(1);
      expect(store().outbox.inState("sent", 5)).toMatchObject([
        { kind: "opened", reference: { channel: "C0AIOPS", ts: kept[0]?.ts } },
      ]);
      // the audit holds
      const before = signs().length;
      await expect.poll(() => passing(pass, signs().length), often).toBeGreaterThan(before);
      expect(logged).not.toContain(lost);
      expect(store().incidents.open()).toHaveLength(1);
    },
    90_000,
  );
});

describe("the dead-man address", () => {
  it("is asked while every incident has its next step, not while one has none, and again once it has", async () => {
    const { open, store, pass, settled, signs, logged, methods, search } = await withSlack("kept");
    search(false);
    await open();
    await expect.poll(() => store().outbox.inState("ambiguous", 5).length, soon).toBe(1);
    // while its only channel is in doubt, the watch may not be taken for well
    const searched = methods().length;
    const doubtful = signs().length;
    await expect.poll(() => passing(pass, methods().length), often).toBeGreaterThan(searched);
    expect(signs()).toHaveLength(doubtful);
    search(true);
    await expect.poll(() => passing(pass, store().channels.get("ops").brokenSince), often).toBeNull();
    // all people are called in turn, every clock runs out
    for (const hours of [1, 1, 1, 1, 8, 8, 8]) {
      await settled();
      const seen = signs().length;
      pass(hours * 60);
      await expect.poll(() => signs().length, soon).toBeGreaterThan(seen);
    }
    await settled();
    expect(logged).not.toContain(lost);
    const clocks = store().incidentClocks.get(1);
    if (clocks === null) throw new Error("the incident has no clocks");
    store().transaction(() => store().incidentClocks.put({ ...clocks, remindAt: null }));
    pass(90);
    const own = () =>
      store()
        .incidents.open()
        .find(({ id }) => id !== 1);
    await expect.poll(() => own()?.title, soon).toContain("Evenkeel lost hold of 1 open incident");
    await settled();
    const alive = signs().length;
    const said = () => logged.filter((each) => each === lost).length;
    const before = said();
    await expect.poll(() => passing(pass, said()), often).toBeGreaterThan(before);
    expect(signs()).toHaveLength(alive);
    store().transaction(() => store().incidentClocks.put({ ...clocks, remindAt: farAhead }));
    await expect.poll(() => passing(pass, signs().length), often).toBeGreaterThan(alive);
    expect(own()).toBeUndefined();
  }, 120_000);
});

/** Two minutes go by at each look. */
function passing<T>(pass: (minutes: number) => void, found: T): T {
  pass(2);
  return found;
}
