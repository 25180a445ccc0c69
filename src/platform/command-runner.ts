/**
 * Runs programs of the configuration: no shell, its own process group, a deadline, a cap on what it
 * may print. The program sees only the environment it is given and the few names every program needs;
 * the daemon's secrets are not among them.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { messageOf, SourceError } from "../domain/errors.js";
import type { CommandRequest, CommandResult, CommandRunner } from "../domain/ports.js";
import type { Environment } from "./secrets.js";

const passedNames = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SystemRoot", "PATHEXT"];
const STDERR_CHARACTERS = 4_000;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Runs programs with the given base environment. */
export function createCommandRunner(environment: Environment): CommandRunner {
  const base = Object.fromEntries(passedNames.map((name) => [name, environment[name]]));
  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        const [program, ...argv] = request.argv;
        if (program === undefined || request.argv.some((word) => word.includes("\0"))) {
          reject(new SourceError("command-missing", "the command is empty or holds a NUL"));
          return;
        }
        try {
          const child = spawn(program, argv, {
            cwd: request.cwd,
            env: { ...base, ...request.environment },
            stdio: ["pipe", "pipe", "pipe"],
            detached: true,
            shell: false,
          });
          watch(child, program, request, resolve, reject);
        } catch (thrown) {
          // Arguments beyond the system's limit (E2BIG) are thrown, not emitted.
          const reason = `cannot be started: ${messageOf(thrown)}`;
          reject(new SourceError("command-missing", `${program}: ${reason}`, { cause: thrown }));
        }
      }),
  };
}

function watch(
  child: Child,
  program: string,
  request: CommandRequest,
  resolve: (result: CommandResult) => void,
  reject: (error: SourceError) => void,
): void {
  const give = (code: string, message: string, retryable: boolean, cause?: unknown): void => {
    settle();
    killGroup(child);
    reject(new SourceError(code, `${program}: ${message}`, { retryable, cause }));
  };
  const timer = setTimeout(
    () => give("command-timeout", `not finished within ${request.timeoutMs} ms`, true),
    request.timeoutMs,
  );
  const cancel = (): void => give("command-timeout", "cancelled", true);
  const settle = (): void => {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", cancel);
  };
  const printed = collect(child, request.maxBytes, () =>
    give("command-too-large", `printed more than ${request.maxBytes} bytes`, false),
  );
  child.on("error", (error) => give("command-missing", startFailure(error), false, error));
  child.on("close", (exitCode) => {
    settle();
    // Killed by a signal from elsewhere: no exit code; 128 stands for it, as in a shell.
    resolve({ exitCode: exitCode ?? 128, ...printed() });
  });
  // A program that does not read its input closes the pipe; its own result tells the rest.
  child.stdin.on("error", () => {});
  child.stdin.end(request.input ?? "");
  if (request.signal?.aborted === true) cancel();
  else request.signal?.addEventListener("abort", cancel, { once: true });
}

function collect(
  child: Child,
  maxBytes: number,
  tooLarge: () => void,
): () => { stdout: string; stderr: string } {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) tooLarge();
    else chunks.push(chunk);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr = (stderr + chunk).slice(-STDERR_CHARACTERS);
  });
  return () => ({ stdout: Buffer.concat(chunks).toString("utf8"), stderr });
}

function startFailure(error: Error): string {
  const code = "code" in error ? error.code : "";
  if (code === "ENOENT") return "cannot be started: the program or its folder is not there";
  return code === "EACCES" ? "cannot be started: not executable" : `cannot be started: ${messageOf(error)}`;
}

// The whole group: a script's children must not go on after it.
function killGroup(child: Child): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // the group is gone already, or the system has no groups
  }
}
