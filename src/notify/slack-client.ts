import type { FetchFunction } from "@slack/web-api";
import { isJsonObject } from "../domain/json.js";
import type { HttpClient, HttpResponse } from "../domain/ports.js";
import type { Delivery } from "./channel-type.js";
import { answerMaxBytes, classifyFailure, classifyStatus, sendTimeoutMs } from "./classify-http.js";

/** What one call of Slack's API brought; `code` is Slack's own word for a refusal. */
export type SlackAnswer =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly code: string | null; readonly delivery: Delivery };

/** How to reach Slack. */
export interface SlackAccess {
  readonly token: string;
  readonly apiUrl: string;
  readonly http: HttpClient;
  readonly now: () => number;
}

/** Refusals that pass by themselves. */
const passing = new Set([
  "ratelimited",
  "rate_limited",
  "message_limit_exceeded",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

/** Slack says of these that part of the work may have been done. */
const halfDone = new Set(["internal_error", "fatal_error"]);

/** What someone has to do about a refusal, where its word alone does not say it. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    "channel_not_found",
    "the conversation is gone or the app is not in it: invite it there, or mend `channel`",
  ],
  ["not_in_channel", "invite the app to the conversation"],
  ["is_archived", "the conversation is archived: name another in `channel`"],
  ["restricted_action", "the workspace lets only some members post there"],
  ["invalid_auth", "the token is not valid: put the bot token of your app in its place"],
  ["not_authed", "the token is empty: put the bot token of your app in its place"],
  ["account_inactive", "the app was taken out of the workspace: install it again and renew the token"],
  ["token_revoked", "the token was revoked: install the app again and renew it"],
  ["token_expired", "the token has expired: renew it"],
  ["missing_scope", "the app needs the scope chat:write: add it and install the app again"],
]);

/** What one call saw of the network, kept beside the SDK, which forgets headers and causes. */
interface Seen {
  response: HttpResponse | null;
  thrown: unknown;
}

/** Calls one method once; trying again is the outbox's. Never rejects. */
export async function callSlack(
  access: SlackAccess,
  method: string,
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<SlackAnswer> {
  // Loaded on use: a daemon without Slack never pays for the SDK.
  const { WebClient, LogLevel } = await import("@slack/web-api");
  const seen: Seen = { response: null, thrown: null };
  const client = new WebClient(access.token, {
    slackApiUrl: access.apiUrl,
    allowAbsoluteUrls: false,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: { ...silent, getLevel: () => LogLevel.ERROR },
    fetch: fetchThrough(access.http, signal, seen),
  });
  try {
    return { ok: true, data: await client.apiCall(method, { ...body }) };
  } catch (thrown) {
    return answerOf(thrown, seen, access.now());
  }
}

function answerOf(thrown: unknown, seen: Seen, now: number): SlackAnswer {
  const { response } = seen;
  if (response === null) return { ok: false, code: null, delivery: classifyFailure(seen.thrown ?? thrown) };
  if (response.status !== 200) return { ok: false, code: null, delivery: classifyStatus(response, now) };
  const code = refusalOf(response.body);
  return { ok: false, code, delivery: classifyRefusal(code) };
}

/** Slack's word in `{ "ok": false, "error": "…" }`; null when the body is nothing of Slack's. */
function refusalOf(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = isJsonObject(parsed) ? parsed.error : null;
    return typeof error === "string" ? error : null;
  } catch {
    return null;
  }
}

function classifyRefusal(code: string | null): Delivery {
  if (code === null)
    return { status: "ambiguous", reason: "answered 200 with something that is not Slack's" };
  const remedy = remedies.get(code);
  const reason = `Slack says ${code.slice(0, 100)}${remedy === undefined ? "" : `: ${remedy}`}`;
  if (passing.has(code)) return { status: "retry", reason, afterMs: null };
  return { status: halfDone.has(code) ? "ambiguous" : "refused", reason };
}

/** The SDK's requests through our client, for whoever does not look at them. */
export function slackFetch(http: HttpClient, signal: AbortSignal): FetchFunction {
  return fetchThrough(http, signal, { response: null, thrown: null });
}

/** The SDK's requests, through our client: its time-out, its size limit, its guard of addresses. */
function fetchThrough(http: HttpClient, signal: AbortSignal, seen: Seen): FetchFunction {
  return async (url, init) => {
    try {
      const { body } = init ?? {};
      const response = await http.request({
        method: "POST",
        url: String(url),
        headers: init?.headers ?? {},
        ...(typeof body === "string" ? { body } : {}),
        timeoutMs: sendTimeoutMs,
        maxBytes: answerMaxBytes,
        signal,
      });
      seen.response = response;
      return fetchResponse(response, String(url));
    } catch (thrown) {
      seen.thrown = thrown;
      throw thrown;
    }
  };
}

function fetchResponse(response: HttpResponse, url: string): Awaited<ReturnType<FetchFunction>> {
  const { status, headers, body } = response;
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: "",
    url,
    headers: {
      get: (name) => headers[name.toLowerCase()] ?? null,
      entries: () => Object.entries(headers)[Symbol.iterator](),
    },
    arrayBuffer: async () => new TextEncoder().encode(body).buffer,
    json: async (): Promise<unknown> => JSON.parse(body),
    text: async () => body,
  };
}

/** The SDK's own logger writes message bodies and tokens' shapes to the console. */
const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  setName: () => {},
};
