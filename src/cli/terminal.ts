import { hostname, userInfo } from "node:os";
import { createInterface } from "node:readline";
import picocolors from "picocolors";
import type { Outside } from "../daemon.js";
import { createLogger, type LogLevel } from "../platform/logger.js";
import { realClock } from "../platform/real-clock.js";
import { realRandom } from "../platform/real-random.js";
import { createProgressLine } from "./progress-line.js";

/** Columns of a screen that does not say how wide it is. */
const usualColumns = 80;

/** Where a command reads and writes. */
export interface Terminal {
  readonly argv: readonly string[];
  readonly outside: Outside;
  /** Results. */
  readonly out: (text: string) => void;
  /** Notes and errors. */
  readonly err: (text: string) => void;
  /** How far long work has come, on stderr; null takes the line away. */
  readonly progress: (text: string | null) => void;
  /** Asks whoever sits there, on stderr; null answers that the input has ended. null: nobody sits there. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
  readonly columns: number;
  readonly isTty: boolean;
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** Name of whoever types, for the record. */
  readonly user: string;
  /** Resolves with the signal's name when the process is told to stop. */
  readonly stopRequested: () => Promise<string>;
  readonly onReload: (reload: () => void) => void;
}

/** The terminal of this process. */
export function realTerminal(): Terminal {
  const { env, stdout, stderr } = process;
  const progress = createProgressLine({
    isTty: stderr.isTTY === true,
    columns: () => stderr.columns || usualColumns,
    write: (text) => void stderr.write(text),
    monotonic: realClock.monotonic,
  });
  for (const stream of [stdout, stderr]) stream.on("error", passOverClosedPipe);
  const write = (stream: NodeJS.WriteStream, text: string): void => {
    progress.clear();
    stream.write(text);
  };
  return {
    argv: process.argv,
    outside: {
      clock: realClock,
      random: realRandom,
      logger: createLogger(logLevelOf(env.EVENKEEL_LOG)),
      environment: env,
      write: (text) => write(stdout, text),
      pid: process.pid,
    },
    out: (text) => write(stdout, `${text}\n`),
    err: (text) => write(stderr, `${text}\n`),
    progress: progress.say,
    ask: process.stdin.isTTY === true ? askHere : null,
    // 0 on a terminal that has not been told its size
    columns: stdout.columns || usualColumns,
    isTty: stdout.isTTY === true,
    colors: picocolors.createColors(wantsColors()),
    user: userName(),
    stopRequested: () =>
      new Promise((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
      }),
    onReload: (reload) => void process.on("SIGHUP", reload),
  };
}

function askHere(question: string): Promise<string | null> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl+C and Ctrl+D close it without an answer; after an answer this does nothing more
    lines.once("close", () => resolve(null));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}

/** Whoever read along has gone (`evenkeel doctor | head`): nothing is left to say, and a daemon goes on watching. */
function passOverClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** Only on a terminal, and only where nobody asked for none (no-color.org: set and not empty). */
function wantsColors(): boolean {
  const { env, stdout, argv } = process;
  return stdout.isTTY === true && (env.NO_COLOR ?? "") === "" && !argv.includes("--no-color");
}

function logLevelOf(text: string | undefined): LogLevel {
  return text === "debug" || text === "info" || text === "error" || text === "silent" ? text : "warn";
}

function userName(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    return hostname();
  }
}
