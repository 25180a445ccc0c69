/**
 * Runs scripts of the user's. In: code and one argument. Out: what the function gave back, as JSON. Each call runs in
 * a child process with a deadline, a limit of memory and an empty environment, inside a context of its own without
 * require, process, network and timers; a process that overruns is killed and the next call gets a new one. A thread
 * would start sooner, but one allocation far above its limit (`new Array(5e7).fill(1)`) makes V8 end every thread with
 * it, seen on Node 20.20.
 *
 * What this is good for: a slip (an endless loop, a leak of memory, a thrown error) costs one verdict, and a script
 * does not reach Evenkeel's files, secrets or network by accident. It is no security boundary: the documentation of
 * node:vm says so itself, and whoever gets out of the context has the rights of Evenkeel's user. Only code of the
 * user's own belongs here.
 */
import { Script as Compiled } from "node:vm";
import { z } from "zod";
import { ConfigError, KnownError, messageOf } from "../domain/errors.js";
import type { Json } from "../domain/json.js";
import type { Script, ScriptRunner } from "../domain/ports.js";
import { isJson } from "../text/json-value.js";
import { createScriptPool, type ScriptLimits } from "./script-pool.js";

const usual: ScriptLimits = { processes: 2, memoryMb: 64, idleMs: 30_000 };
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

/** Makes a runner; processes start with the first script, and at rest they do not keep Evenkeel's alive. */
export function createScriptRunner(options: Partial<ScriptLimits> = {}): ScriptRunner {
  const run = createScriptPool({ ...usual, ...options });
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
