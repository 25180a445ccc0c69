import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { KnownError } from "../../src/domain/errors.js";
import { type Listening, listen } from "../../src/http/listen.js";
import { inflatedLimit } from "../../src/http/read-body.js";
import { pushApp, pushToken } from "./push-app.js";

/** Short ones, so that a test need not wait. */
const deadlines = { headersMs: 200, requestMs: 400, checkEveryMs: 50 };
/** What a busy machine may add. */
const patienceMs = 5_000;

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const listening = z.object({ url: z.string(), close: z.custom<() => Promise<void>>() });

async function start() {
  const watch = await pushApp();
  const server = await listen(watch.app, { host: "127.0.0.1", port: 0 }, deadlines);
  open.push(() => server.close());
  return { ...watch, server };
}

/** A connection, what came back on it, and when it was closed. */
function dial(server: Listening): {
  socket: Socket;
  received: () => string;
  closed: Promise<void>;
} {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  let received = "";
  socket.on("error", () => undefined);
  socket.setEncoding("utf8").on("data", (text: string) => {
    received += text;
  });
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  open.push(() => void socket.destroy());
  return { socket, received: () => received, closed };
}

/** Writes one byte after another, slowly, until the connection is closed. */
function drip(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < text.length) socket.write(text.charAt(at++));
  }, 30);
  socket.once("close", () => clearInterval(timer));
}

const head = (length: number) =>
  [
    "POST /v1/outputs/replies HTTP/1.1",
    "Host: 127.0.0.1",
    `Authorization: Bearer ${pushToken}`,
    "Content-Type: application/json",
    `Content-Length: ${length}`,
    "",
    "",
  ].join("\r\n");

describe("a client that takes its time", () => {
  it.each([
    ["sends nothing at all", () => undefined],
    ["sends its headers byte by byte", (socket: Socket) => drip(socket, head(10))],
    ["stops in the middle of its headers", (socket: Socket) => void socket.write(head(10).slice(0, 60))],
    [
      "sends its body byte by byte",
      (socket: Socket) => {
        socket.write(head(10_000));
        drip(socket, " ".repeat(10_000));
      },
    ],
    ["never sends the body it announced", (socket: Socket) => void socket.write(head(10_000))],
  ])("and %s is cut off at the deadline", { timeout: 2 * patienceMs }, async (_, behave) => {
    const { server, stored, logged } = await start();
    const startedAt = performance.now();
    const { socket, closed, received } = dial(server);
    behave(socket);
    await closed;
    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
    expect(received()).not.toContain("202 Accepted");
    expect(stored()).toHaveLength(0);
    expect(logged).toEqual([]);
  });

  it("in five hundred connections disturbs nobody else", { timeout: 4 * patienceMs }, async () => {
    const { server, stored } = await start();
    const slow = Array.from({ length: 500 }, (_, index) => {
      const each = dial(server);
      if (index % 3 === 1) each.socket.write(head(10).slice(0, 40));
      if (index % 3 === 2) each.socket.write(head(10_000));
      return each;
    });
    for (let index = 0; index < 20; index += 1) {
      const answer = await fetch(`${server.url}v1/outputs/replies`, {
        method: "POST",
        headers: { authorization: `Bearer ${pushToken}` },
        body: JSON.stringify({ id: `n-${index}`, output: "quick" }),
      });
      expect(answer.status).toBe(202);
    }
    const health = await fetch(`${server.url}healthz`);
    expect(health.status).toBe(200);
    await Promise.all(slow.map(({ closed }) => closed));
    expect(stored()).toHaveLength(20);
  });

  it("does not hold up a stop", { timeout: 2 * patienceMs }, async () => {
    const { app } = await pushApp();
    const patient = { headersMs: 60_000, requestMs: 60_000, checkEveryMs: 30_000 };
    const server = await listen(app, { host: "127.0.0.1", port: 0 }, patient);
    const { socket, closed } = dial(server);
    await new Promise<void>((resolve) => void socket.write(head(10_000), () => resolve()));
    const startedAt = performance.now();
    await Promise.all([server.close(), closed]);
    expect(performance.now() - startedAt).toBeLessThan(patienceMs);
  });
});

describe("a body without end", () => {
  it("is answered 413 long before it was read", { timeout: 2 * patienceMs }, async () => {
    const { server, stored } = await start();
    const { socket, received, closed } = dial(server);
    const total = 100 * 1024 * 1024;
    socket.write(head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked"));
    const piece = `10000\r\n${"a".repeat(0x10000)}\r\n`;
    let written = 0;
    let writtenAtAnswer = 0;
    const answered = new Promise<void>((resolve) => socket.once("data", () => resolve()));
    const pour = (): void => {
      while (written < total && !socket.destroyed) {
        written += piece.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on("drain", pour);
    void answered.then(() => {
      writtenAtAnswer = written;
    });
    pour();
    await Promise.race([answered, closed]);
    expect(received()).toContain("413");
    expect(writtenAtAnswer).toBeLessThan(4 * inflatedLimit);
    expect(stored()).toHaveLength(0);
    expect((await fetch(`${server.url}healthz`)).status).toBe(200);
  });
});

describe("a path as it was sent", () => {
  it.each([
    ["/act/../i/27", 400],
    ["/act/%2e%2e/i/27", 400],
    ["/act/.%2E/i/27", 400],
    ["/act/..\\i/27", 400],
    ["/act/./x", 400],
    ["/act/..", 400],
    ["http://127.0.0.1/act/../i/27", 400],
    ["/act/ab..cd.ef", 404],
    ["/healthz?from=/../x", 200],
  ])("%s is answered %i", async (path, status) => {
    const { server } = await start();
    const { socket, closed, received } = dial(server);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    await closed;
    expect(received()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe("a port that is taken", () => {
  it("is named, with what to do", async () => {
    const { server, app } = await start();
    const { port } = new URL(server.url);
    const second = listen(app, { host: "127.0.0.1", port: Number(port) });
    await expect(second).rejects.toThrow(KnownError);
    await expect(second).rejects.toThrow(
      `127.0.0.1:${port} is taken; set listen.port to another one, or 0 for any`,
    );
  });
});

describe("listening on every address", () => {
  it.each([
    ["0.0.0.0", /^http:\/\/127\.0\.0\.1:\d+\/$/],
    ["::", /^http:\/\/\[::1\]:\d+\/$/],
  ])("%s is announced as an address of this computer that answers", async (host, announced) => {
    const watch = await pushApp();
    const server = await listen(watch.app, { host, port: 0 }, deadlines).catch((thrown: unknown) => thrown);
    // a machine without IPv6 has nothing to listen on there
    if (host === "::" && server instanceof KnownError) return;
    const { url, close } = listening.parse(server);
    open.push(close);
    expect(url).toMatch(announced);
    expect((await fetch(new URL("healthz", url))).status).toBe(200);
  });
});
