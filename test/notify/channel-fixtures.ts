import type { HttpClient } from "../../src/domain/ports.js";
import type { ChannelPorts, SendContext } from "../../src/notify/channel-type.js";
import { createHttpClient } from "../../src/platform/undici-http-client.js";
import { wednesday } from "./stories.js";

/** What a channel may use in tests: loopback HTTP, secrets by their own name, a page to write on. */
export function ports(changes: Partial<ChannelPorts> = {}): ChannelPorts & { readonly written: string[] } {
  const written: string[] = [];
  return {
    http: createHttpClient({ allowPrivate: ["127.0.0.0/8"] }),
    secret: (reference) => ("env" in reference ? `secret-of-${reference.env}` : "secret"),
    write: (text) => {
      written.push(text);
    },
    random: { next: () => 0.5, hex: (bytes) => "ab".repeat(bytes) },
    clock: { now: () => wednesday, monotonic: () => 0 },
    ...changes,
    written,
  };
}

/** Our client with a shorter patience. */
export function impatient(timeoutMs: number): HttpClient {
  const http = createHttpClient({ allowPrivate: ["127.0.0.0/8"] });
  return { request: (request) => http.request({ ...request, timeoutMs }) };
}

/** The circumstances of a first try. */
export function firstTry(changes: Partial<SendContext> = {}): SendContext {
  return {
    notificationId: "0193-3c5e-0001",
    attempt: 1,
    root: null,
    firstTryAt: wednesday,
    signal: new AbortController().signal,
    ...changes,
  };
}

export const settings = {
  console: { id: "console", type: "console", hint: true },
  slack: { id: "ops-slack", type: "slack", token: { env: "SLACK_BOT_TOKEN" }, channel: "C0AIOPS" },
  webhook: {
    id: "hook",
    type: "webhook",
    url: "https://hooks.example.com/evenkeel",
    secret: { env: "HOOK" },
  },
  pagerduty: { id: "pager", type: "pagerduty", routingKey: { env: "PAGERDUTY_KEY" } },
  teams: { id: "ops-teams", type: "teams", url: { env: "TEAMS_URL" } },
  ntfy: { id: "phone", type: "ntfy", topic: "harbour-7f3k", token: { env: "NTFY_TOKEN" } },
  email: { id: "mail", type: "email", host: "mail.example.com", from: "evenkeel@example.com" },
} as const;
