import { type ChildProcess, spawn } from "node:child_process";
import { parse } from "node:path";
import { KnownError, messageOf } from "../domain/errors.js";
import { type ScriptTask, scriptProgram } from "./script-program.js";

/** A process that runs one script at a time. */
export type ScriptProcess = ChildProcess;

/** A busy machine takes its time to start a process. */
const startWithinMs = 15_000;
/** How long after its deadline a process ends itself; sooner, whoever asked kills it. */
const graceMs = 2_000;
/** How V8 ends a process whose heap is full: by abort, or by a trap; as an exit code where there are no signals. */
const outOfMemory: readonly unknown[] = ["SIGABRT", "SIGTRAP", "SIGILL", 134, 133, 132];

type Ending =
  | { readonly kind: "late" }
  | { readonly kind: "ended"; readonly by: number | NodeJS.Signals | null }
  | { readonly kind: "unreachable"; readonly why: Error };

/** Starts one; `ready` rejects with KnownError when it does not come up. */
export function startScriptProcess(
  memoryMb: number,
  onEnd: (child: ScriptProcess) => void,
): { readonly child: ScriptProcess; readonly ready: Promise<unknown> } {
  const child = spawned(memoryMb);
  child.on("exit", () => onEnd(child));
  // whoever asks listens too; a process that never started emits this alone
  child.on("error", () => child.pid === undefined && onEnd(child));
  const ready = nextMessage(child, startWithinMs, (ending) =>
    notStarted(ending.kind === "unreachable" ? ending.why : undefined),
  );
  return { child, ready };
}

function spawned(memoryMb: number): ScriptProcess {
  const flags = [
    `--max-old-space-size=${memoryMb}`,
    "--max-semi-space-size=8",
    "--disable-proto=delete",
    "--input-type=commonjs",
  ];
  try {
    return spawn(process.execPath, [...flags, "-e", scriptProgram()], {
      env: {},
      // no package.json and no folder that vanishes; what a crash leaves behind is not left among the user's files
      cwd: parse(process.execPath).root,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // Ctrl-C is for the daemon, which lets the check under way finish
      detached: true,
      windowsHide: true,
    });
  } catch (thrown) {
    // a system without memory for one more is thrown, not emitted
    throw notStarted(thrown);
  }
}

function notStarted(cause: unknown): KnownError {
  const why = cause === undefined ? "" : `: ${messageOf(cause)}`;
  return new KnownError("script-start", `no process could be started for the script${why}`, { cause });
}

/** Has a task done within its time; otherwise the process is killed. Gives a ScriptAnswer as JSON. */
export async function askScriptProcess(
  child: ScriptProcess,
  call: Omit<ScriptTask, "endsAfterMs">,
  limits: { readonly timeoutMs: number; readonly memoryMb: number },
): Promise<string> {
  const { timeoutMs, memoryMb } = limits;
  const task: ScriptTask = { ...call, endsAfterMs: timeoutMs + graceMs };
  const answered = nextMessage(child, timeoutMs, (ending) => {
    if (ending.kind === "late")
      return new KnownError("script-timeout", `the script took longer than ${timeoutMs} ms`);
    if (ending.kind === "ended" && outOfMemory.includes(ending.by))
      return new KnownError("script-memory", `the script used more than ${memoryMb} MB of memory`);
    const how = ending.kind === "ended" ? `was ended (${ending.by})` : "cannot be reached";
    return new KnownError("script-threw", `the script broke off: its process ${how}`);
  });
  // a failure shows as the end of the process
  child.send(task, () => undefined);
  const answer = await answered;
  return typeof answer === "string" ? answer : '{"kind":"no-json"}';
}

/** The next message of a process within its time; otherwise the process is killed. */
function nextMessage(
  child: ScriptProcess,
  withinMs: number,
  failure: (ending: Ending) => KnownError,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let done = false;
    const settle = (): void => {
      done = true;
      clearTimeout(timer);
      child.off("message", take).off("error", broke).off("exit", exited);
    };
    const take = (value: unknown): void => {
      settle();
      resolve(value);
    };
    const give = (ending: Ending): void => {
      settle();
      child.kill("SIGKILL");
      reject(failure(ending));
    };
    const broke = (why: Error): void => give({ kind: "unreachable", why });
    const exited = (code: number | null, signal: NodeJS.Signals | null): void =>
      give({ kind: "ended", by: signal ?? code });
    // an answer may have come while this process was at work elsewhere: it is heard first
    const timer = setTimeout(() => setImmediate(() => done || give({ kind: "late" })), withinMs);
    child.once("message", take).once("error", broke).once("exit", exited);
  });
}
