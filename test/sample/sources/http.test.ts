import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/domain/json.js";
import type { Source } from "../../../src/sample/source.js";
import { type Loopback, startLoopback } from "../../platform/loopback.js";
import { sourceOf } from "../ports.js";
import { describeSource, type Failure, readAll, record, type World } from "../source-contract.js";

const opened: Loopback[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener): Promise<Loopback> {
  const server = await startLoopback(listener);
  opened.push(server);
  return server;
}

type Answer = (kept: readonly JsonObject[], query: URLSearchParams) => Json;

async function world(
  paging: JsonObject | null,
  answer: Answer,
  records: readonly JsonObject[],
): Promise<World> {
  const kept = [...records];
  const server = await serve((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer(kept, searchParams)));
  });
  return {
    open: () =>
      sourceOf({ type: "http", url: `${server.url}/outputs`, ...(paging === null ? {} : { paging }) }),
    append: async (more) => {
      kept.push(...more);
    },
  };
}

async function answering(listener: RequestListener, settings: JsonObject = {}): Promise<Source> {
  const server = await serve(listener);
  return sourceOf({ type: "http", url: server.url, ...settings });
}

const failures: readonly Failure[] = [
  {
    name: "a server that hangs",
    code: "http-timeout",
    retryable: true,
    source: () => answering(() => {}, { timeout: "60ms" }),
  },
  {
    name: "nobody listening",
    code: "http-refused",
    retryable: true,
    source: async () => {
      const server = await startLoopback((_request, response) => response.end());
      await server.close();
      return sourceOf({ type: "http", url: server.url });
    },
  },
  {
    name: "a 500",
    code: "source-unavailable",
    retryable: true,
    source: () => answering((_request, response) => response.writeHead(500).end("oops")),
  },
  {
    name: "a 401",
    code: "source-refused",
    retryable: false,
    source: () => answering((_request, response) => response.writeHead(401).end()),
  },
  {
    name: "HTML instead of JSON",
    code: "source-body",
    retryable: false,
    source: () =>
      answering((_request, response) =>
        response.setHeader("content-type", "text/html").end("<html>log in</html>"),
      ),
  },
  {
    name: "broken JSON",
    code: "source-body",
    retryable: false,
    source: () => answering((_request, response) => response.end('[{"id": 1')),
  },
  {
    name: "JSON nested 10,000 deep",
    code: "source-body",
    retryable: false,
    source: () => answering((_request, response) => response.end("[".repeat(10_000) + "]".repeat(10_000))),
  },
  {
    name: "JSON without a list",
    code: "source-body",
    retryable: false,
    source: () => answering((_request, response) => response.end('{"message":"hello"}')),
  },
  {
    name: "an answer over the size limit",
    code: "http-too-large",
    retryable: false,
    source: () =>
      answering((_request, response) => response.end(`["${"x".repeat(5_000)}"]`), { maxBytes: 1_000 }),
  },
  {
    name: "a redirect that nobody allowed",
    code: "source-redirect",
    retryable: false,
    source: () =>
      answering((_request, response) => response.writeHead(302, { location: "http://127.0.0.1/" }).end()),
  },
  {
    name: "a redirect to a private address",
    code: "http-blocked",
    retryable: false,
    source: () =>
      answering(
        (_request, response) => response.writeHead(302, { location: "http://10.0.0.1:8080/" }).end(),
        {
          redirects: 3,
        },
      ),
  },
];

const idle = (): Promise<Source> => answering((_request, response) => response.end("[]"));

describeSource("http (whole list)", {
  world: (records) => world(null, (kept) => kept, records),
  failures,
  idle,
});

describeSource("http (cursor)", {
  world: (records) =>
    world(
      { by: "cursor", next: "$.meta.next", parameter: "after" },
      (kept, query) => {
        const start = Number(query.get("after") ?? 0);
        const page = kept.slice(start, start + 4);
        return { data: page, meta: { next: start + 4 < kept.length ? String(start + 4) : null } };
      },
      records,
    ),
  failures: [],
  idle,
});

describeSource("http (page number)", {
  world: (records) =>
    world(
      { by: "page" },
      (kept, query) => {
        const page = Number(query.get("page"));
        return { items: kept.slice((page - 1) * 4, page * 4) };
      },
      records,
    ),
  failures: [],
  idle,
});

describeSource("http (since)", {
  world: (records) =>
    world(
      { by: "since", parameter: "from", overlap: "2m" },
      (kept, query) => kept.filter((entry) => String(entry.at) >= (query.get("from") ?? "")).slice(0, 5),
      records,
    ),
  failures: [],
  idle,
});

describe("the http source", () => {
  it("fills secrets into headers, query and body, and paging into the body", async () => {
    const server = await serve((_request, response) => response.end('{"rows":{"list":[]}}'));
    const source = sourceOf({
      type: "http",
      url: `${server.url}/search?fixed=1`,
      method: "POST",
      headers: { Authorization: { env: "API_KEY" } },
      query: { tenant: "harbour", key: { env: "API_KEY" } },
      body: { filter: { model: "gpt", env: "prod" }, deep: [{ env: "API_KEY" }] },
      items: "$.rows.list[*]",
      paging: { by: "page", parameter: "page", in: "body", first: 0 },
    });
    await readAll(source);
    expect(server.requests[0]).toMatchObject({
      method: "POST",
      url: "/search?fixed=1&tenant=harbour&key=canary-key",
    });
    expect(server.requests[0]?.headers.authorization).toBe("canary-key");
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({
      filter: { model: "gpt", env: "prod" },
      deep: ["canary-key"],
      page: 0,
    });
  });

  it("asks for nothing older than `from`, then reaches back by the overlap", async () => {
    const server = await serve((_request, response) => response.end(JSON.stringify([record(30)])));
    const paging = { by: "since", from: "2026-03-01T08:00:00Z", overlap: "5m", format: "epoch-s" };
    await readAll(sourceOf({ type: "http", url: server.url, paging }));
    expect(server.requests.map((request) => request.url)).toEqual([
      `/?since=${String(Date.UTC(2026, 2, 1, 8) / 1_000)}`,
      `/?since=${String(Date.UTC(2026, 2, 1, 8, 25) / 1_000)}`,
    ]);
  });

  it.each([
    ["ignores the page number", { by: "page" }],
    ["ignores the time", { by: "since" }],
    ["always names the same next cursor", { by: "cursor", next: "next", parameter: "after" }],
  ])("comes to an end with an API that %s", async (_name, paging) => {
    const server = await serve((_request, response) =>
      response.end(JSON.stringify({ data: [record(0), record(1)], next: "again" })),
    );
    const read = await readAll(sourceOf({ type: "http", url: server.url, paging }));
    expect(read.outputs).toHaveLength(2);
  });

  it("does not quote the answer or the address's secrets in its errors", async () => {
    const server = await serve((_request, response) => response.writeHead(403).end("canary-body"));
    const source = sourceOf({ type: "http", url: server.url, query: { key: { env: "API_KEY" } } });
    const failure = readAll(source).catch((thrown: unknown) => String(thrown));
    expect(await failure).toContain("answered 403; is the key right");
    expect(await failure).not.toContain("canary");
  });
});
