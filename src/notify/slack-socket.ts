/**
 * Presses through Slack's Socket Mode: a connection that we open, so that no public address is needed.
 * In: the app-level token, who listens, a signal that ends it. Out: presses, each answered within three seconds; how
 * the connection stands. Never rejects and never gives up but for a missing package. The library's own reconnecting
 * is off: a failure in it would be nobody's to catch.
 */
import { setTimeout as waitFor } from "node:timers/promises";
import type { Logger } from "@slack/socket-mode";
import { messageOf } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { HttpClient } from "../domain/ports.js";
import type { PressListener } from "./interaction.js";
import { slackFetch } from "./slack-client.js";

/** Slack says hello within so long, or never. */
const helloWithinMs = 20_000;
/** Slack renews its connections every few hours; the first new one is tried after so long, later ones more rarely. */
const againAfterMs = 500;
const rarestMs = 60_000;

/** What a connection is opened with. */
export interface SocketAccess {
  readonly appToken: () => string;
  readonly apiUrl: string;
  readonly http: HttpClient;
}

type Library = typeof import("@slack/socket-mode");

interface Connection {
  /** True once Slack had said hello. */
  readonly stood: boolean;
  readonly reason: string;
}

/** Hears presses until the signal ends it. */
export async function hearSlack(
  access: SocketAccess,
  listener: PressListener,
  signal: AbortSignal,
  load: () => Promise<Library> = () => import("@slack/socket-mode"),
): Promise<void> {
  const library = await loaded(load);
  if (library === null) {
    const reason =
      "appToken needs the package @slack/socket-mode, which is not installed: npm install @slack/socket-mode, or take appToken out";
    listener.state({ connected: false, reason });
    return;
  }
  let failures = 0;
  while (!signal.aborted) {
    const { stood, reason } = await connectOnce(library, access, listener, signal);
    failures = stood ? 0 : failures + 1;
    if (signal.aborted) return;
    listener.state({ connected: false, reason });
    await pause(Math.min(rarestMs, againAfterMs * 2 ** failures), signal);
  }
}

async function loaded(load: () => Promise<Library>): Promise<Library | null> {
  try {
    return await load();
  } catch {
    // an optional package: whoever wants Socket Mode is told
    return null;
  }
}

async function connectOnce(
  { SocketModeClient }: Library,
  { appToken, apiUrl, http }: SocketAccess,
  listener: PressListener,
  signal: AbortSignal,
): Promise<Connection> {
  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  const errors: string[] = [];
  let stood = false;
  try {
    const client = new SocketModeClient({
      appToken: appToken(),
      autoReconnectEnabled: false,
      logger: await noting(errors),
      clientOptions: {
        slackApiUrl: apiUrl,
        allowAbsoluteUrls: false,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        fetch: slackFetch(http, over),
      },
    });
    client.on("interactive", (event: Pressed) => void answer(event, listener));
    const closed = new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
    const stopped = new Promise<void>((resolve) => over.addEventListener("abort", () => resolve()));
    const late = pause(helloWithinMs, over).then(() => {
      throw new Error(`Slack did not say hello within ${helloWithinMs / 1000} s`);
    });
    // whichever comes first decides; what comes after it has nobody left to tell
    late.catch(() => undefined);
    try {
      await Promise.race([client.start(), late]);
      stood = true;
      if (!signal.aborted) listener.state({ connected: true, reason: null });
      await Promise.race([closed, stopped]);
    } finally {
      void client.disconnect();
    }
    return { stood, reason: errors.at(-1) ?? "Slack closed the connection" };
  } catch (thrown) {
    return { stood, reason: thrown === undefined ? "Slack closed the connection" : messageOf(thrown) };
  } finally {
    ending.abort();
  }
}

interface Pressed {
  readonly ack: (answer: Json) => Promise<void>;
  readonly body: unknown;
}

/** What was recorded stands, whether or not Slack hears of it. */
async function answer({ ack, body }: Pressed, listener: PressListener): Promise<void> {
  try {
    await ack(listener.take(body));
  } catch (thrown) {
    listener.failed(messageOf(thrown));
  }
}

/** The library's log, of which the last error says why a connection ended; tokens and messages never stand in it. */
async function noting(errors: string[]): Promise<Logger> {
  const { LogLevel } = await import("@slack/web-api");
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: (...words: unknown[]) => {
      errors.push(words.map(String).join(" "));
    },
    setLevel: nothing,
    getLevel: () => LogLevel.ERROR,
    setName: nothing,
  };
}

/** Ends early, and without complaint, with the signal. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await waitFor(ms, undefined, { signal });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}
