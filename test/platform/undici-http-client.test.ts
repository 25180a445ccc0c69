import type { LookupAddress } from "node:dns";
import type { RequestListener } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { HttpRequest } from "../../src/domain/ports.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { type Loopback, startLoopback } from "./loopback.js";

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener): Promise<Loopback> {
  const server = await startLoopback(listener);
  opened.push(server);
  return server;
}

const open = createHttpClient({ allowPrivate: ["127.0.0.0/8"], retryDelaysMs: [0, 0] });
const closed = createHttpClient({ allowPrivate: [], retryDelaysMs: [] });
const get = (url: string, rest: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  url,
  timeoutMs: 5_000,
  maxBytes: 1_000_000,
  ...rest,
});
const resolveTo =
  (...answers: LookupAddress[][]) =>
  (_name: string, callback: (error: Error | null, addresses: readonly LookupAddress[]) => void): void =>
    callback(null, answers.shift() ?? []);

describe("the guard of the HTTP client", () => {
  it.each([
    "http://127.0.0.1:PORT/",
    "http://127.1:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f.1:PORT/",
    "http://017700000001:PORT/",
    "http://0.0.0.0:PORT/",
    "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://localhost:PORT/",
    "http://169.254.169.254:PORT/",
  ])("blocks %s, and the server is not asked", async (pattern) => {
    const server = await serve((_request, response) => response.end("inside"));
    const url = pattern.replace("PORT", String(server.port));
    await expect(closed.request(get(url))).rejects.toMatchObject({
      name: "SourceError",
      code: "http-blocked",
      retryable: false,
    });
    expect(server.requests).toHaveLength(0);
  });

  it("blocks a name when any one of its addresses is private", async () => {
    const client = createHttpClient({
      allowPrivate: [],
      resolve: resolveTo([
        { address: "93.184.216.34", family: 4 },
        { address: "127.0.0.1", family: 4 },
      ]),
    });
    await expect(client.request(get("http://mixed.example.com/"))).rejects.toMatchObject({
      code: "http-blocked",
    });
  });

  it("asks the resolver once per connection, so a second answer cannot slip in", async () => {
    const server = await serve((_request, response) => response.end("ok"));
    let asked = 0;
    const client = createHttpClient({
      allowPrivate: ["127.0.0.1/32"],
      retryDelaysMs: [],
      resolve: (_name, callback) => {
        asked += 1;
        callback(null, [{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }]);
      },
    });
    await client.request(get(`http://rebind.example.com:${server.port}/`));
    expect(asked).toBe(1);
  });

  it.each([
    ["ftp://example.com/", "ftp:"],
    ["http://user:pass@example.com/", "credentials"],
    ["http://93.184.216.34:25/", "port 25"],
    ["nonsense", "not a URL"],
  ])("refuses %s", async (url, word) => {
    await expect(closed.request(get(url))).rejects.toMatchObject({
      code: "http-blocked",
      message: expect.stringContaining(word),
    });
  });
});

describe("the HTTP client", () => {
  it("returns any status as an answer, with lower-case header names", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(404, { "X-Kind": "gone" }).end("no such thing");
    });
    const answer = await open.request(get(server.url));
    expect(answer).toMatchObject({ status: 404, body: "no such thing", headers: { "x-kind": "gone" } });
  });

  it("sends method, headers and body as given", async () => {
    const server = await serve((_request, response) => response.end());
    await open.request(
      get(`${server.url}/a?b=1`, {
        method: "POST",
        body: "{}",
        headers: { "Content-Type": "application/json" },
      }),
    );
    expect(server.requests[0]).toMatchObject({ method: "POST", url: "/a?b=1", body: "{}" });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json");
  });

  it("gives up at the deadline, on headers and on a body that drips without end", async () => {
    const silent = await serve(() => {});
    await expect(open.request(get(silent.url, { timeoutMs: 60 }))).rejects.toMatchObject({
      code: "http-timeout",
      retryable: true,
      message: expect.stringContaining("60 ms"),
    });
    const dripping = await serve((_request, response) => {
      const timer = setInterval(() => response.write("x"), 5);
      response.on("close", () => clearInterval(timer));
    });
    await expect(open.request(get(dripping.url, { timeoutMs: 80 }))).rejects.toMatchObject({
      code: "http-timeout",
    });
  });

  it("stops when the caller cancels", async () => {
    const server = await serve(() => {});
    const controller = new AbortController();
    const answer = open.request(get(server.url, { signal: controller.signal }));
    controller.abort();
    await expect(answer).rejects.toMatchObject({
      code: "http-broken",
      message: expect.stringContaining("cancelled"),
    });
  });

  it("stops at the byte limit", async () => {
    const server = await serve((_request, response) => response.end("x".repeat(2_000)));
    await expect(open.request(get(server.url, { maxBytes: 1_000 }))).rejects.toMatchObject({
      code: "http-too-large",
      retryable: false,
    });
  });

  it("reads gzip, and stops a gzip bomb at the limit of what comes out", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await serve((request, response) => {
      response.setHeader("content-encoding", "gzip").end(request.url === "/bomb" ? bomb : gzipSync("plain"));
    });
    expect((await open.request(get(`${server.url}/small`))).body).toBe("plain");
    await expect(open.request(get(`${server.url}/bomb`))).rejects.toMatchObject({ code: "http-too-large" });
  });

  it("says that a body is broken when it is not what its header says", async () => {
    const server = await serve((_request, response) =>
      response.setHeader("content-encoding", "gzip").end("plain"),
    );
    await expect(open.request(get(server.url))).rejects.toMatchObject({ code: "http-broken" });
  });

  it("says that nobody listens", async () => {
    const server = await startLoopback((_request, response) => response.end());
    await server.close();
    await expect(open.request(get(server.url))).rejects.toMatchObject({
      code: "http-refused",
      retryable: true,
    });
  });

  it.each([
    ["GET", 3, 200],
    ["POST", 1, 503],
  ] as const)("tries a %s %d time(s) when the server is busy", async (method, calls, status) => {
    const server: Loopback = await serve((_request, response) => {
      response.statusCode = server.requests.length < 3 ? 503 : 200;
      response.end();
    });
    expect((await open.request(get(server.url, { method }))).status).toBe(status);
    expect(server.requests).toHaveLength(calls);
  });

  it("returns the last busy answer after two more tries", async () => {
    const server = await serve((_request, response) => response.writeHead(503).end());
    expect((await open.request(get(server.url))).status).toBe(503);
    expect(server.requests).toHaveLength(3);
  });

  it("does not wait for a Retry-After beyond its deadline", async () => {
    const server = await serve((_request, response) =>
      response.writeHead(429, { "retry-after": "3600" }).end(),
    );
    expect((await open.request(get(server.url))).status).toBe(429);
    expect(server.requests).toHaveLength(1);
  });
});

describe("redirects", () => {
  it("are answers when none is allowed", async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: "/next" }).end());
    expect((await open.request(get(server.url))).status).toBe(302);
  });

  it("to a private address are blocked", async () => {
    const inner = await serve((_request, response) => response.end("inside"));
    const outer = await serve((_request, response) =>
      response.writeHead(302, { location: inner.url.replace("127.0.0.1", "127.0.0.2") }).end(),
    );
    const client = createHttpClient({ allowPrivate: ["127.0.0.1/32"] });
    await expect(client.request(get(outer.url, { maxRedirects: 3 }))).rejects.toMatchObject({
      code: "http-blocked",
    });
    expect(inner.requests).toHaveLength(0);
  });

  it("end after three", async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: "/again" }).end());
    await expect(open.request(get(server.url, { maxRedirects: 9 }))).rejects.toMatchObject({
      code: "http-redirect",
    });
    expect(server.requests).toHaveLength(4);
  });

  it("keep secrets with their origin", async () => {
    const target = await serve((_request, response) => response.end("there"));
    const server = await serve((request, response) => {
      const location = request.url === "/out" ? target.url : "/out";
      response.writeHead(307, { location }).end();
    });
    const headers = { authorization: "Bearer abc", "x-api-key": "abc", accept: "application/json" };
    expect((await open.request(get(server.url, { maxRedirects: 2, headers }))).body).toBe("there");
    expect(server.requests[1]?.headers.authorization).toBe("Bearer abc");
    expect(target.requests[0]?.headers).toMatchObject({ accept: "application/json" });
    expect(target.requests[0]?.headers.authorization).toBeUndefined();
    expect(target.requests[0]?.headers["x-api-key"]).toBeUndefined();
  });

  it("carry no body to another origin", async () => {
    const target = await serve((_request, response) => response.end());
    const server = await serve((_request, response) =>
      response.writeHead(308, { location: target.url }).end(),
    );
    const request = get(server.url, { method: "POST", body: "secret", maxRedirects: 1 });
    await expect(open.request(request)).rejects.toMatchObject({ code: "http-redirect" });
    expect(target.requests).toHaveLength(0);
  });

  it("turn a POST into a GET on 303", async () => {
    const server: Loopback = await serve((request, response) => {
      if (request.url === "/done") response.end("done");
      else response.writeHead(303, { location: "/done" }).end();
    });
    const answer = await open.request(get(server.url, { method: "POST", body: "x", maxRedirects: 1 }));
    expect(answer.body).toBe("done");
    expect(server.requests[1]).toMatchObject({ method: "GET", body: "" });
  });
});
