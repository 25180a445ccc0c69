import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";

/** The top of the checkout; a bench runs this file compiled, from further down. */
export const root = topAbove(import.meta.dirname);

function topAbove(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : topAbove(dirname(folder));
}

/** The built command line. */
export const commandPath = join(root, "dist/cli/main.js");

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From its start to its end. */
  readonly afterMs: number;
}

/** A real process of the command line. */
export interface Running {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ending>;
  readonly hasEnded: () => boolean;
  /** Sends a signal; SIGKILL leaves no time for anything. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

const running = new Set<ChildProcess>();

/** Starts `evenkeel <arguments>` in a folder; `preload` is code that runs first in the same process. */
export function run(folder: string, argv: readonly string[], preload?: string): Running {
  const startedAt = performance.now();
  const early =
    preload === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
  const child = spawn(process.execPath, [...early, commandPath, ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH, NO_COLOR: "1", PUSH_TOKEN: pushToken, HOOK_SECRET: "a-shared-secret" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  let over = false;
  const ended = new Promise<Ending>((resolve) =>
    child.once("close", (code, signal) => {
      over = true;
      running.delete(child);
      resolve({ code, signal, afterMs: performance.now() - startedAt });
    }),
  );
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    hasEnded: () => over,
    signal: (signal) => void child.kill(signal),
  };
}

/** Ends whatever a test left running. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** The token senders show. */
export const pushToken = "a-token-of-the-sender";

/** A daemon that answers. */
export interface RunningDaemon extends Running {
  readonly url: string;
  /** Like `fetch`, relative to its address. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly push: (automation: string, body: string) => Promise<Response>;
  /** Gives an order with the token of its data folder. */
  readonly order: (body: object) => Promise<Response>;
  /** kill -9, and wait until it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and wait until it is gone. */
  readonly stop: () => Promise<Ending>;
}

/** Starts the daemon on a free port without waiting for anything. */
export function launch(folder: string, preload?: string): Running {
  return run(folder, ["start", "--config", "config.json", "--port", "0"], preload);
}

/** Starts the daemon and waits until it answers. */
export async function start(folder: string, preload?: string): Promise<RunningDaemon> {
  return answering(folder, launch(folder, preload));
}

/** A launched daemon once it answers. */
export async function answering(folder: string, launched: Running): Promise<RunningDaemon> {
  let url = "";
  await until("the daemon answers", 30_000, async () => {
    if (launched.hasEnded()) throw new Error(`the daemon ended:\n${launched.stdout()}\n${launched.stderr()}`);
    const address = addressOf(folder);
    if (address === null || address.pid !== launched.pid) return false;
    url = address.url;
    return (await fetch(new URL("healthz", url)).catch(() => null))?.ok ?? false;
  });
  const ask = (path: string, init?: RequestInit) => fetch(new URL(path, url), init);
  const post = (path: string, token: string, body: string) =>
    ask(path, { method: "POST", headers: { authorization: `Bearer ${token}` }, body });
  const end = async (signal: NodeJS.Signals) => {
    launched.signal(signal);
    return launched.ended;
  };
  return {
    ...launched,
    url,
    ask,
    push: (automation, body) => post(`v1/outputs/${automation}`, pushToken, body),
    order: (body) =>
      post(
        "v1/commands",
        readFileSync(join(folder, "data", "admin-token"), "utf8").trim(),
        JSON.stringify(body),
      ),
    kill: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
  };
}

function addressOf(folder: string): { url: string; pid: number } | null {
  const path = join(folder, "data", "daemon.json");
  if (!existsSync(path)) return null;
  const text = readFileSync(path, "utf8");
  // the file may be half written
  if (!text.endsWith("\n")) return null;
  const parsed: { url: string; pid: number } = JSON.parse(text);
  return parsed;
}

/** Looks again and again until a condition holds; fails when it takes too long. */
export async function until(
  what: string,
  withinMs: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const endAt = performance.now() + withinMs;
  for (;;) {
    if (await holds()) return;
    if (performance.now() > endAt) throw new Error(`not within ${withinMs} ms: ${what}`);
    await setTimeout(5);
    await setImmediate();
  }
}
