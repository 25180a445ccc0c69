import type { IncomingMessage, Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { KnownError } from "../domain/errors.js";

/** How long a client may take (RELIABILITY, fault 68). */
export interface Deadlines {
  /** For the headers, from the opening of the connection. */
  readonly headersMs: number;
  /** For the whole request. */
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly checkEveryMs: number;
}

const usualDeadlines: Deadlines = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 2_000 };

/** A server that listens. */
export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens; throws KnownError when the port is taken. */
export function listen(
  app: Hono,
  at: { host: string; port: number },
  deadlines: Deadlines = usualDeadlines,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, bindings) =>
      climbs(bindings.incoming)
        ? Response.json(
            { error: "path", message: "a path may not hold the segments . or .." },
            { status: 400 },
          )
        : app.fetch(request, bindings),
    serverOptions: {
      headersTimeout: deadlines.headersMs,
      requestTimeout: deadlines.requestMs,
      connectionsCheckingInterval: deadlines.checkEveryMs,
    },
  });
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      const what = taken
        ? "is taken; set listen.port to another one, or 0 for any"
        : `cannot be listened on (${cause.message})`;
      reject(new KnownError("http-listen", `${at.host}:${at.port} ${what}`, { cause }));
    });
    server.listen(at.port, at.host, () => {
      const address = server.address();
      const port = isPort(address) ? address.port : at.port;
      resolve({ url: `http://${reachableHost(at.host)}:${port}/`, close: () => closeServer(server) });
    });
  });
}

/**
 * True where the path as it was sent holds a `.` or `..` segment. By the time a route sees it they are resolved, and a
 * proxy that lets `/act/` through by its beginning would let `/act/../i/27` through to the pages.
 */
function climbs({ url }: Pick<IncomingMessage, "url">): boolean {
  const [path = ""] = (url ?? "").split(/[?#]/);
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

/** How this computer reaches what listens there: every address at once is no address to ask. */
export function reachableHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return isIPv6(host) ? `[${host}]` : host;
}

function isPort(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

function closeServer(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeIdleConnections" in server) closeOpen(server);
  });
}

function closeOpen(server: Pick<Server, "closeIdleConnections" | "closeAllConnections">): void {
  server.closeIdleConnections();
  // a request under way gets a moment; a slow client does not hold the stop
  setTimeout(() => server.closeAllConnections(), 2_000).unref();
}
