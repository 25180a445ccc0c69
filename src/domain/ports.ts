import type { Json } from "./json.js";

/** Wall and monotonic time. */
export interface Clock {
  /** Epoch ms UTC. */
  now(): number;
  /** Milliseconds since some fixed start; never jumps. */
  monotonic(): number;
}

/** A source of chance: tokens, jitter, ids. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Unpredictable bytes as lower-case hex, for tokens and ids. */
  hex(bytes: number): string;
}

/** One outgoing request. Every limit is stated. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "HEAD";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Total deadline. */
  readonly timeoutMs: number;
  /** Largest body accepted after decompression, in bytes. */
  readonly maxBytes: number;
  /** 0 (default) to 3; each target is checked again. */
  readonly maxRedirects?: number;
  readonly signal?: AbortSignal;
}

/** What came back; the body is text (UTF-8). */
export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends requests to allowed addresses only. Rejects with SourceError: code `http-timeout`, `http-refused`, `http-blocked`, `http-too-large`, `http-redirect`, `http-broken`. Any status is an answer. */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpResponse>;
}

/** A program to run, without a shell. */
export interface CommandRequest {
  readonly argv: readonly string[];
  /** Given on standard input. */
  readonly input?: string;
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Largest standard output accepted, in bytes. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** What a program left behind. */
export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  /** At most 4,000 characters, the end of it. */
  readonly stderr: string;
}

/** Runs programs. Rejects with SourceError: code `command-timeout`, `command-missing`, `command-too-large`. */
export interface CommandRunner {
  run(request: CommandRequest): Promise<CommandResult>;
}

/** A script of the user's: JavaScript that gives a function. */
export interface Script {
  /** What messages call it: the file, or the check it is written in. */
  readonly name: string;
  readonly code: string;
}

/**
 * Calls a script's function with one argument. Rejects with KnownError: code `script-timeout`, `script-memory`,
 * `script-threw`, `script-result` (it gave back nothing, or no JSON).
 */
export type PreparedScript = (argument: Json, timeoutMs: number) => Promise<Json>;

/** Runs scripts apart from everything else, each call within its time. */
export interface ScriptRunner {
  /** Throws ConfigError when the script does not compile, breaks off, or gives no function. */
  prepare(script: Script): Promise<PreparedScript>;
}

/** Waits, or stops waiting when the signal says so. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** A secret named in the configuration, never written there. */
export type SecretReference = { readonly env: string } | { readonly file: string };

/** Reads a secret. Throws ConfigError when it is not there; retryable, for it may come back. */
export type SecretReader = (reference: SecretReference) => string;

/** Structured notes for whoever runs the daemon; never sampled outputs, never secrets. */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}
