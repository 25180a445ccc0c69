/**
 * How an automation is paused and resumed from here: a program of yours, or a signed POST to an address of yours.
 * In: who asks for what. Out: whether it was done, and the beginning of the answer. Never throws for what can be
 * foreseen, never tries twice, decides nothing.
 *
 * A program is given EVENKEEL_ACTION (`pause` or `resume`), EVENKEEL_AUTOMATION, EVENKEEL_INCIDENT and EVENKEEL_WHO,
 * and the body below on standard input. Exit code 0 means done.
 *
 * An address is POSTed, UTF-8 JSON, signed as messages to webhooks are (X-Evenkeel-Signature,
 * `v1=<hex HMAC-SHA256 of "v1:{timestamp}:{body}">`, and X-Evenkeel-Timestamp); 2xx means done:
 *   { "version": 1, "type": "automation.pause", "id": "<id of this try>", "at": "2026-11-18T06:31:00.000Z",
 *     "automation": { "id", "title" }, "incident": 27, "who": "Priya Raman", "why": "..." | null }
 */
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import type { Automation } from "../domain/automation.js";
import { messageOf } from "../domain/errors.js";
import type { Clock, CommandRunner, HttpClient, SecretReader } from "../domain/ports.js";
import { excerpt } from "../text/excerpt.js";
import { redactText } from "../text/redact.js";
import {
  answerTimeoutSetting,
  durationMs,
  fillSecrets,
  secretSetting,
  type TextOrSecret,
  textOrSecret,
} from "../text/setting-types.js";
import { signBody } from "../token/sign-body.js";

/** Characters of an answer that are kept. */
const answerLength = 400;
/** Largest answer read, in bytes; a larger one counts as a failure. */
const answerMaxBytes = 262_144;

const timeout = answerTimeoutSetting.default("30s").describe("Longest wait for it, up to 10m");

const commandSettings = z.strictObject({
  type: z.literal("command").describe("A program of yours; exit code 0 means done"),
  argv: z.array(z.string().min(1)).min(1).describe("Program and arguments, without a shell"),
  folder: z.string().default(".").describe("Where it runs; relative to the configuration file"),
  environment: z
    .record(z.string(), textOrSecret)
    .default({})
    .describe("Environment variables it is given besides PATH and the like; a value may be a secret"),
  timeout,
});

const webhookSettings = z.strictObject({
  type: z.literal("webhook").describe("A signed POST to an address of yours; 2xx means done"),
  url: z.url({ protocol: /^https?$/ }).describe("Where it is POSTed, http or https"),
  secret: secretSetting.describe("Shared secret the body is signed with"),
  timeout,
});

/** How the configuration states a way to pause or resume. */
export const switchSettings = z.discriminatedUnion("type", [commandSettings, webhookSettings]);

/** A way to pause or resume, as configured. */
export type SwitchSettings = z.infer<typeof switchSettings>;

/** What is done to the automation. */
export type SwitchWish = "pause" | "resume";

/** Who asks for it, and why. */
export interface SwitchRequest {
  readonly wish: SwitchWish;
  /** Of this try: whoever is asked may tell by it that it was asked twice. */
  readonly id: string;
  readonly automation: Pick<Automation, "id" | "title">;
  readonly incident: number;
  readonly who: string;
  readonly why: string | null;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface SwitchAnswer {
  readonly done: boolean;
  /** "ended with exit code 0: reader stopped": at most 400 characters of the answer, redacted. */
  readonly said: string;
}

/** A way to pause or resume, ready to be used. */
export interface SwitchAction {
  /** "the command stop-reader", "a POST to hooks.example.com". */
  readonly name: string;
  readonly carryOut: (request: SwitchRequest) => Promise<SwitchAnswer>;
}

/** The ways of one automation; null: none is configured. */
export interface Switches {
  readonly pause: SwitchAction | null;
  readonly resume: SwitchAction | null;
}

/** What carrying one out uses. */
export interface SwitchPorts {
  readonly http: HttpClient;
  readonly command: CommandRunner;
  readonly secret: SecretReader;
  readonly clock: Clock;
  readonly baseDir: string;
}

/** Makes a configured way ready. */
export function prepareSwitch(settings: SwitchSettings, ports: SwitchPorts): SwitchAction {
  switch (settings.type) {
    case "command": {
      const program = settings.argv[0] ?? "";
      return {
        name: `the command ${excerpt(program, 80)}`,
        carryOut: (request) => foreseen(() => runCommand(settings, ports, request)),
      };
    }
    case "webhook":
      return {
        name: `a POST to ${new URL(settings.url).host}`,
        carryOut: (request) => foreseen(() => post(settings, ports, request)),
      };
  }
}

/** Whatever it breaks off with is its answer. */
async function foreseen(work: () => Promise<SwitchAnswer>): Promise<SwitchAnswer> {
  try {
    return await work();
  } catch (thrown) {
    return { done: false, said: excerpt(redactText(messageOf(thrown)), answerLength) };
  }
}

async function runCommand(
  settings: z.infer<typeof commandSettings>,
  ports: SwitchPorts,
  request: SwitchRequest,
): Promise<SwitchAnswer> {
  const own = fillSecrets(settings.environment, ports.secret);
  const { exitCode, stdout, stderr } = await ports.command.run({
    argv: settings.argv,
    input: bodyOf(request, ports.clock.now()),
    cwd: isAbsolute(settings.folder) ? settings.folder : join(ports.baseDir, settings.folder),
    environment: {
      ...own,
      EVENKEEL_ACTION: request.wish,
      EVENKEEL_AUTOMATION: request.automation.id,
      EVENKEEL_INCIDENT: String(request.incident),
      EVENKEEL_WHO: request.who,
    },
    timeoutMs: durationMs(settings.timeout),
    maxBytes: answerMaxBytes,
    signal: request.signal,
  });
  const printed = exitCode === 0 || stderr.trim() === "" ? stdout : stderr;
  const said = sayAnswer(
    `ended with exit code ${exitCode}`,
    printed,
    secretsAmong(settings.environment, own),
  );
  return { done: exitCode === 0, said };
}

async function post(
  settings: z.infer<typeof webhookSettings>,
  { http, secret: read, clock }: SwitchPorts,
  request: SwitchRequest,
): Promise<SwitchAnswer> {
  const secret = read(settings.secret);
  const now = clock.now();
  const body = bodyOf(request, now);
  const timestamp = Math.floor(now / 1_000);
  const { status, body: answer } = await http.request({
    method: "POST",
    url: settings.url,
    headers: {
      "content-type": "application/json",
      "user-agent": "Evenkeel",
      "idempotency-key": request.id,
      "x-evenkeel-delivery": request.id,
      "x-evenkeel-timestamp": String(timestamp),
      "x-evenkeel-signature": signBody(secret, timestamp, body),
    },
    body,
    timeoutMs: durationMs(settings.timeout),
    maxBytes: answerMaxBytes,
    signal: request.signal,
  });
  return { done: status >= 200 && status < 300, said: sayAnswer(`answered ${status}`, answer, [secret]) };
}

function bodyOf({ wish, id, automation, incident, who, why }: SwitchRequest, at: number): string {
  return JSON.stringify({
    version: 1,
    type: `automation.${wish}`,
    id,
    at: new Date(at).toISOString(),
    automation: { id: automation.id, title: automation.title },
    incident,
    who,
    why,
  });
}

function sayAnswer(how: string, text: string, secrets: readonly string[]): string {
  const hidden = secrets.reduce((rest, secret) => rest.replaceAll(secret, "[key]"), text);
  const shown = excerpt(redactText(hidden), answerLength);
  return shown === "" ? how : `${how}: ${shown}`;
}

/** The values of an environment that are secrets, to be hidden where they are echoed. */
function secretsAmong(
  written: Readonly<Record<string, TextOrSecret>>,
  filled: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(written).flatMap(([name, value]) =>
    typeof value === "string" || (filled[name] ?? "") === "" ? [] : [filled[name] ?? ""],
  );
}
