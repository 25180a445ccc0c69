/**
 * Runs scripts of the user's. In: code and one argument. Out: what the function gave back, as JSON. Each call runs in
 * a worker thread with a deadline, a limit of memory and an empty environment, inside a context of its own without
 * require, process, network and timers; a worker that overruns is ended and the next call gets a new one.
 *
 * What this is good for: a slip (an endless loop, a leak of memory, a thrown error) costs one verdict, and a script
 * does not reach Evenkeel's files, secrets or network by accident. It is no security boundary: the documentation of
 * node:vm says so itself, and a worker shares the process. Only code of the user's own belongs here. One slip gets
 * through: a single allocation far above the limit (`new Array(5e7).fill(1)`) makes V8 end the whole process, seen on
 * Node 20.20; growth in steps ends the worker alone.
 */
import { Script as Compiled } from "node:vm";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import { ConfigError, KnownError, messageOf } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Script, ScriptRunner } from "../domain/ports.js";
import { isJson } from "../text/json-value.js";
import { type ScriptTask, scriptWorkerProgram } from "./script-worker.js";

/** How many scripts run at once, how much memory each has, how long a worker without work is kept. */
const usual = { workers: 2, memoryMb: 64, idleMs: 30_000 };
/** A busy machine takes its time to start a thread. */
const startWithinMs = 15_000;
/** For the first evaluation, which every call repeats. */
const loadWithinMs = 2_000;
const mostCodeCharacters = 262_144;

const answerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), value: z.unknown() }),
  z.object({ kind: z.literal("threw"), said: z.string() }),
  z.object({ kind: z.enum(["no-function", "nothing", "no-json", "too-long", "unsettled"]) }),
]);

const faults = {
  "no-function":
    "gives no function; write module.exports = ({ fields }) => ..., or let the function stand alone at the end",
  nothing: "gave back nothing; is a return missing?",
  "no-json": "gave back something that is no JSON, expected true, false or { pass, score, reason }",
  "too-long": "gave back more than 100,000 characters, expected true, false or { pass, score, reason }",
  unsettled: "waits for something that never comes; there are no timers and no network in a script",
} as const;

/** Makes a runner; workers start with the first script and never keep the process alive. */
export function createScriptRunner(options: Partial<typeof usual> = {}): ScriptRunner {
  const limits = { ...usual, ...options };
  const run = createPool(limits);
  return {
    prepare: async (script) => {
      compile(script);
      const { name, code } = script;
      await run({ name, code, argument: null }, loadWithinMs).then(readAnswer, refused);
      return async (argument, timeoutMs) =>
        readAnswer(await run({ name, code, argument: JSON.stringify(argument) }, timeoutMs));
    },
  };
}

/** Compiles without running, for the place of a fault. */
function compile({ name, code }: Script): void {
  if (code.length > mostCodeCharacters)
    throw new ConfigError("script-invalid", `the script has ${code.length} characters, expected fewer`);
  try {
    new Compiled(code, { filename: name });
  } catch (thrown) {
    const stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
    const line = /:(\d+)\n/.exec(stack)?.[1];
    const hint = /^\s*(export|import)\b/m.test(code)
      ? "; write module.exports = ... instead of export, and no import"
      : "";
    const place = line === undefined ? "" : `line ${line}: `;
    throw new ConfigError(
      "script-invalid",
      `the script does not compile: ${place}${messageOf(thrown)}${hint}`,
    );
  }
}

function refused(thrown: unknown): never {
  if (thrown instanceof KnownError)
    throw new ConfigError("script-invalid", thrown.message, { cause: thrown });
  throw thrown;
}

function readAnswer(text: string): Json {
  const answer = answerSchema.parse(JSON.parse(text));
  if (answer.kind === "value" && isJson(answer.value)) return answer.value;
  if (answer.kind === "threw") throw new KnownError("script-threw", `the script broke off: ${answer.said}`);
  const code = answer.kind === "no-function" ? "script-invalid" : "script-result";
  throw new KnownError(code, `the script ${faults[answer.kind === "value" ? "no-json" : answer.kind]}`);
}

/** A few workers, and whoever waits for one. */
function createPool(limits: typeof usual): (task: ScriptTask, timeoutMs: number) => Promise<string> {
  const resting = new Map<Worker, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  const wake = (): Worker | undefined => {
    const [found] = resting;
    if (found === undefined) return undefined;
    const [worker, timer] = found;
    clearTimeout(timer);
    resting.delete(worker);
    worker.ref();
    return worker;
  };
  const rest = (worker: Worker): void => {
    const end = (): void => {
      resting.delete(worker);
      void worker.terminate();
    };
    worker.unref();
    resting.set(worker, setTimeout(end, limits.idleMs).unref());
  };
  return async (task, timeoutMs) => {
    if (busy >= limits.workers) await new Promise<void>((resolve) => waiting.push(resolve));
    busy += 1;
    try {
      const worker = wake() ?? (await startWorker(limits.memoryMb, (ended) => resting.delete(ended)));
      const answer = await ask(worker, task, { timeoutMs, memoryMb: limits.memoryMb });
      rest(worker);
      return answer;
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };
}

async function startWorker(memoryMb: number, onEnd: (worker: Worker) => void): Promise<Worker> {
  const worker = new Worker(scriptWorkerProgram(), {
    eval: true,
    name: "script",
    env: {},
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  });
  worker.on("exit", () => onEnd(worker));
  // whoever asks listens too; between two tasks an ended worker is only taken off the list
  worker.on("error", () => onEnd(worker));
  await settled(
    worker,
    "online",
    startWithinMs,
    () => new KnownError("script-start", "no thread could be started"),
  );
  return worker;
}

async function ask(
  worker: Worker,
  task: ScriptTask,
  limits: { readonly timeoutMs: number; readonly memoryMb: number },
): Promise<string> {
  const { timeoutMs, memoryMb } = limits;
  const answered = settled(worker, "message", timeoutMs, (thrown) => {
    if (thrown === null)
      return new KnownError("script-timeout", `the script took longer than ${timeoutMs} ms`);
    return isOutOfMemory(thrown)
      ? new KnownError("script-memory", `the script used more than ${memoryMb} MB of memory`)
      : new KnownError("script-threw", `the script broke off: ${messageOf(thrown)}`);
  });
  worker.postMessage(task);
  const answer = await answered;
  return typeof answer === "string" ? answer : '{"kind":"no-json"}';
}

/** The next event of a worker within its time; otherwise the worker is ended. `null`: the time is over. */
function settled(
  worker: Worker,
  event: "online" | "message",
  withinMs: number,
  failure: (thrown: unknown) => KnownError,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let done = false;
    const settle = (): void => {
      done = true;
      clearTimeout(timer);
      worker.off(event, take).off("error", broke).off("exit", exited);
    };
    const take = (value: unknown): void => {
      settle();
      resolve(value);
    };
    const broke = (thrown: unknown): void => {
      settle();
      void worker.terminate().then(() => reject(failure(thrown)));
    };
    const exited = (): void => broke("its thread ended");
    // an answer may have come while this thread was at work elsewhere: it is heard first
    const timer = setTimeout(() => setImmediate(() => done || broke(null)), withinMs);
    worker.once(event, take).once("error", broke).once("exit", exited);
  });
}

function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "ERR_WORKER_OUT_OF_MEMORY";
}
