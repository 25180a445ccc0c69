import picocolors from "picocolors";
import { createProgram } from "../../src/cli/program.js";
import type { Terminal } from "../../src/cli/terminal.js";
import type { Outside } from "../../src/daemon.js";
import type { Logger } from "../../src/domain/ports.js";

/** Wednesday 18 November 2026, 07:10 in Vienna: the morning of the design's mock-ups. */
export const wednesday = Date.parse("2026-11-18T06:10:00Z");

/** What a command printed. */
export interface Printed {
  readonly exitCode: number;
  /** stdout. */
  readonly out: string;
  /** stderr, without the line of progress. */
  readonly err: string;
  /** Both, in the order they were printed. */
  readonly text: string;
  readonly progress: readonly (string | null)[];
}

/** How the terminal is. */
export interface Screen {
  /** Columns; null: stdout is no terminal. */
  readonly columns?: number | null;
  readonly colors?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly now?: number;
  /** What is typed when the program asks; without it nobody sits there. */
  readonly answers?: readonly string[];
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Ids are never drawn twice in a process, as they would not be in life. */
let drawn = 0;

/** The outside of a test: the clock stands still, chance is a count. */
export function fakeOutside(screen: Screen = {}, write: (text: string) => void = () => undefined): Outside {
  return {
    clock: { now: () => screen.now ?? wednesday, monotonic: () => 0 },
    random: {
      next: () => 0.5,
      hex: (bytes) => {
        drawn += 1;
        return (
          (screen.now ?? wednesday).toString(16).padEnd(bytes * 2 - 6, "0") + String(drawn).padStart(6, "0")
        );
      },
    },
    logger: silent,
    environment: { PATH: "/usr/bin:/bin", ...screen.environment },
    write,
    pid: 4711,
  };
}

/** A terminal that keeps what was printed. */
export function fakeTerminal(words: readonly string[], screen: Screen = {}) {
  const parts: { stream: "out" | "err"; text: string }[] = [];
  const progress: (string | null)[] = [];
  const print = (stream: "out" | "err") => (text: string) => void parts.push({ stream, text });
  let stop: (signal: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const columns = screen.columns === undefined ? 80 : screen.columns;
  const answers = screen.answers === undefined ? null : [...screen.answers];
  const terminal: Terminal = {
    argv: ["node", "evenkeel", ...words],
    outside: fakeOutside(screen, (text) => print("out")(text.replace(/\n$/, ""))),
    out: print("out"),
    err: print("err"),
    progress: (text) => void progress.push(text),
    ask:
      answers === null
        ? null
        : async (question) => {
            print("err")(question);
            return answers.shift() ?? null;
          },
    columns: columns ?? 80,
    isTty: columns !== null,
    colors: picocolors.createColors(screen.colors ?? false),
    user: "Jonas Feld",
    stopRequested: () => stopped,
    onReload: () => undefined,
  };
  const joined = (wanted: readonly string[]) =>
    parts
      .filter(({ stream }) => wanted.includes(stream))
      .map(({ text }) => `${text}\n`)
      .join("");
  return {
    terminal,
    stop: () => stop("SIGINT"),
    printed: (exitCode: number): Printed => ({
      exitCode,
      out: joined(["out"]),
      err: joined(["err"]),
      text: joined(["out", "err"]),
      progress,
    }),
  };
}

/** Runs one command and hands back what it printed. */
export async function evenkeel(words: readonly string[], screen: Screen = {}): Promise<Printed> {
  const { terminal, printed } = fakeTerminal(words, screen);
  return printed(await createProgram(terminal));
}
