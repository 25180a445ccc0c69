/**
 * All outgoing HTTP of sources, probes and webhooks. A request with its limits enters, an answer of any
 * status leaves, or a SourceError that says what was in the way. It reaches no private address that the
 * configuration does not list, follows no redirect unasked, holds no body above its limit, and never
 * outlives its deadline. No proxy is taken from the environment.
 */
import type { Dispatcher } from "undici";
import { SourceError } from "../domain/errors.js";
import type { HttpClient, HttpRequest, HttpResponse } from "../domain/ports.js";
import { parseRetryAfter } from "../text/retry-after.js";
import { type AddressGuard, createAddressGuard } from "./address-guard.js";
import { readBody } from "./bounded-body.js";
import { type Deadline, startDeadline } from "./deadline.js";
import { guardedConnector, type Resolve, systemResolve } from "./guarded-connector.js";
import { httpFailure } from "./http-failure.js";
import { type Hop, isRedirect, nextHop } from "./redirect.js";

const MAX_REDIRECTS = 3;
const passingStatuses = new Set([429, 502, 503, 504]);

/** What the client may be told. */
export interface HttpClientOptions {
  /** Private ranges that may be reached, such as `10.1.2.0/24`. */
  readonly allowPrivate: readonly string[];
  /** Pauses before the second and third try of a GET; Retry-After goes first. */
  readonly retryDelaysMs?: readonly number[];
  /** Resolves names; the system's by default. */
  readonly resolve?: Resolve;
}

/** The HTTP client with the address guard in its connector. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const guard = createAddressGuard(options.allowPrivate);
  let opened: Promise<Dispatcher> | null = null;
  const delaysMs = options.retryDelaysMs ?? [500, 2_000];
  return {
    request: async (request) => {
      const first = firstHop(request);
      const deadline = startDeadline(request.timeoutMs, request.signal);
      try {
        opened ??= openAgent(guard, options.resolve ?? systemResolve);
        const agent = await opened;
        return await withRetries(request, deadline, delaysMs, () => follow(agent, request, first, deadline));
      } finally {
        deadline.end();
      }
    },
  };
}

/** undici comes with the first request: a watch over files never needs it, and it costs 40 ms and 6 MB. */
async function openAgent(guard: AddressGuard, resolve: Resolve): Promise<Dispatcher> {
  const { Agent, buildConnector } = await import("undici");
  return new Agent({
    connect: guardedConnector(buildConnector, guard, resolve),
    connections: 8,
    // the deadline of the request is the only one: undici's own would end a slow answer that was allowed to take long
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function firstHop(request: HttpRequest): Hop {
  if (!URL.canParse(request.url)) throw new SourceError("http-blocked", "blocked: the address is not a URL");
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: request.method,
    url: new URL(request.url),
    headers: {
      "accept-encoding": "gzip, deflate, br",
      "user-agent": "evenkeel",
      ...Object.fromEntries(headers),
    },
    body: request.body,
  };
}

// Only GET and HEAD: after a lost answer nobody knows whether a POST was done.
async function withRetries(
  request: HttpRequest,
  deadline: Deadline,
  delaysMs: readonly number[],
  attempt: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const delays = request.method === "GET" || request.method === "HEAD" ? delaysMs : [];
  for (const delayMs of delays) {
    const outcome = await attempt().catch(passingFailure);
    const waitMs = outcome instanceof SourceError ? delayMs : pauseBeforeRetry(outcome, delayMs);
    if (waitMs === null || waitMs >= deadline.remainingMs() || deadline.signal.aborted)
      return answerOf(outcome);
    await deadline.pause(waitMs).catch(() => {
      throw endedEarly(deadline, request.timeoutMs, hostOf(request.url));
    });
  }
  return attempt();
}

function passingFailure(thrown: unknown): SourceError {
  if (thrown instanceof SourceError && thrown.retryable && thrown.code !== "http-timeout") return thrown;
  throw thrown;
}

function answerOf(outcome: HttpResponse | SourceError): HttpResponse {
  if (outcome instanceof SourceError) throw outcome;
  return outcome;
}

function pauseBeforeRetry(response: HttpResponse, delayMs: number): number | null {
  if (!passingStatuses.has(response.status)) return null;
  return parseRetryAfter(response.headers["retry-after"], Date.now()) || delayMs;
}

async function follow(
  agent: Dispatcher,
  request: HttpRequest,
  first: Hop,
  deadline: Deadline,
): Promise<HttpResponse> {
  const limit = Math.min(request.maxRedirects ?? 0, MAX_REDIRECTS);
  let hop = first;
  for (let followed = 0; ; followed += 1) {
    const response = await send(agent, request, hop, deadline);
    if (limit === 0 || !isRedirect(response.status)) return response;
    if (followed === limit) throw refusedRedirect(hop, `more than ${limit} in a row`);
    const next = nextHop(hop, response.status, response.headers.location);
    if ("refused" in next) throw refusedRedirect(hop, next.refused);
    hop = next.hop;
  }
}

async function send(
  agent: Dispatcher,
  request: HttpRequest,
  hop: Hop,
  deadline: Deadline,
): Promise<HttpResponse> {
  if (hop.url.protocol !== "http:" && hop.url.protocol !== "https:") {
    throw new SourceError("http-blocked", `blocked: ${hop.url.protocol} is not http or https`);
  }
  if (hop.url.username !== "" || hop.url.password !== "") {
    throw new SourceError("http-blocked", `${hop.url.host}: blocked: credentials in the address`);
  }
  try {
    const answer = await agent.request({
      origin: hop.url.origin,
      path: hop.url.pathname + hop.url.search,
      method: hop.method,
      headers: hop.headers,
      body: hop.body ?? null,
      signal: deadline.signal,
    });
    const headers = flatten(answer.headers);
    const encoding = request.method === "HEAD" ? "" : (headers["content-encoding"] ?? "");
    return {
      status: answer.statusCode,
      headers,
      body: await readBody(answer.body, encoding, request.maxBytes),
    };
  } catch (thrown) {
    if (deadline.signal.aborted) throw endedEarly(deadline, request.timeoutMs, hop.url.host);
    throw httpFailure(thrown, hop.url.host);
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

function endedEarly(deadline: Deadline, timeoutMs: number, host: string): SourceError {
  return deadline.expired()
    ? new SourceError("http-timeout", `${host}: no full answer within ${timeoutMs} ms`, { retryable: true })
    : new SourceError("http-broken", `${host}: the request was cancelled`, { retryable: true });
}

function refusedRedirect(hop: Hop, why: string): SourceError {
  return new SourceError("http-redirect", `${hop.url.host}: redirect not followed: ${why}`);
}

function hostOf(url: string): string {
  return new URL(url).host;
}
