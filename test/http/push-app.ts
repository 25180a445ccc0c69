import { readFileSync } from "node:fs";
import { assemble } from "../../src/assembly.js";
import { loadConfig } from "../../src/config/load.js";
import { ConfigError, SourceError } from "../../src/domain/errors.js";
import type { HttpClient } from "../../src/domain/ports.js";
import { alarmLevels } from "../../src/flow/alarm-levels.js";
import type { Ground } from "../../src/flow/ground.js";
import { nothingInFlight } from "../../src/flow/in-flight.js";
import { createApp } from "../../src/http/app.js";
import { openStore } from "../../src/store/open.js";

/** Wed 18 Nov 2026, 06:02 UTC. */
export const wednesday = Date.UTC(2026, 10, 18, 6, 2);
export const adminToken = "ek_admin_for-tests";
export const pushToken = "a-token-of-the-sender";
export const hmacKey = "a-key-the-sender-signs-with";

/** The configuration: one automation per id, each with outputs pushed to it. */
function configOf(ids: readonly string[], settings: object, whole: object): string {
  const automation = (id: string) => ({
    id,
    title: `Replies ${id}`,
    does: "Drafts replies",
    owner: "Tom Ashby",
    risk: "low",
    schedule: "every 15m",
    source: { type: "push", token: { env: "PUSH_TOKEN" }, hmac: { env: "PUSH_KEY" } },
    ...settings,
  });
  return JSON.stringify({
    name: "Harbour & Lane",
    timeZone: "Europe/Vienna",
    aiOwner: "Tom Ashby",
    people: [{ name: "Tom Ashby", email: "tom.ashby@example.com" }],
    automations: ids.map(automation),
    ...whole,
  });
}

/** What a test may set. */
export interface PushAppOptions {
  readonly ids?: readonly string[];
  /** Settings of every automation, over the usual ones. */
  readonly automation?: object;
  /** Settings of the whole file, over the usual ones. */
  readonly whole?: object;
  /** The network; default: there is none. */
  readonly http?: HttpClient;
}

/** The whole app over a database in memory, with automations that outputs are pushed to and a clock to turn. */
export async function pushApp(options: PushAppOptions = {}) {
  const text = configOf(options.ids ?? ["replies"], options.automation ?? {}, options.whole ?? {});
  const config = await loadConfig("/config/push.json", {
    // files beside the configuration are real ones
    readFile: (file) => (file === "/config/push.json" ? text : readFileSync(file, "utf8")),
    stampOf: () => "",
    readColumn: () => [],
    secretPresent: () => true,
  });
  const time = { now: wednesday, monotonic: 0, woken: 0 };
  const clock = { now: () => time.now, monotonic: () => time.monotonic };
  let drawn = 0;
  const random = { next: () => 0.5, hex: (bytes: number) => String(drawn++).padStart(bytes * 2, "0") };
  const printed: string[] = [];
  const logged: string[] = [];
  const loggedDetails: unknown[] = [];
  const log = (message: string, details?: unknown) => {
    logged.push(message);
    loggedDetails.push(details);
  };
  const noNetwork = () => Promise.reject(new SourceError("http-refused", "no network in tests"));
  const ground: Ground = {
    store: openStore({ path: ":memory:", newInstanceId: "0".repeat(32) }),
    register: assemble(config, {
      http: options.http ?? { request: noNetwork },
      command: { run: noNetwork },
      secret: (reference) => {
        if (!("env" in reference)) return pushToken;
        if (reference.env === "UNSET") throw new ConfigError("secret-missing", "secret UNSET: is not set");
        return reference.env === "PUSH_KEY" ? hmacKey : pushToken;
      },
      clock,
      random,
      write: (line) => void printed.push(line),
    }),
    clock,
    random,
    logger: { debug: log, info: log, warn: log, error: log },
    atWork: new Set(),
    inFlight: nothingInFlight(),
    pause: () => Promise.resolve(),
  };
  const levels = alarmLevels(ground);
  const app = createApp({
    ground: () => ground,
    levels: () => levels,
    adminToken,
    hosts: () => ["evenkeel.example.com"],
    ready: () => true,
    lag: () => ({ lateMs: 3, longestLateMs: 40 }),
    signal: new AbortController().signal,
    wake: () => {
      time.woken += 1;
    },
  });
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const headers = new Headers(init.headers);
    if (!headers.has("host")) headers.set("host", "127.0.0.1:4310");
    const response = await app.request(path, { ...init, headers });
    return answerOf(response);
  };
  /** As a browser does: what leads elsewhere (303) is followed, once, by GET. */
  const follow = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await ask(path, init);
    const to = answer.status === 303 ? answer.headers.get("location") : null;
    if (to === null) return answer;
    const { pathname, search } = new URL(to, new URL(path, "http://127.0.0.1"));
    const host = new Headers(init.headers).get("host");
    return ask(`${pathname}${search}`, host === null ? {} : { headers: { host } });
  };
  const push = (
    body: NonNullable<RequestInit["body"]>,
    headers: Record<string, string> = {},
    id = "replies",
  ): Promise<Answer> =>
    ask(`/v1/outputs/${id}`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${pushToken}`, "content-type": "application/json", ...headers },
    });
  const order = (body: object, token = adminToken): Promise<Answer> =>
    ask("/v1/commands", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}` },
    });
  /** What is stored, oldest first. */
  const stored = (id = "replies") =>
    ground.store.outputs.pageAfter(id, { at: 0, key: 0 }, Number.MAX_SAFE_INTEGER, 10_000);
  return { app, ask, follow, push, order, stored, ground, time, logged, loggedDetails, printed };
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; {} where it is none. */
  readonly json: Readonly<Record<string, unknown>>;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: objectOf(text) };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith("{")) return {};
  const parsed: Readonly<Record<string, unknown>> = JSON.parse(text);
  return parsed;
}
