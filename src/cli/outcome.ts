import { KnownError, messageOf } from "../domain/errors.js";
import { hang } from "../notify/plain.js";
import { damageOf } from "../store/damage.js";
import { widthOf } from "./table.js";
import type { Terminal } from "./terminal.js";

/** What a command came to: exit 0 clean, 1 findings, 2 usage or configuration. */
export type ExitCode = 0 | 1 | 2;

/** The one next command worth typing. */
export interface NextCommand {
  /** Without the program's name. */
  readonly command: string;
  /** What it does. */
  readonly why?: string;
  /** What comes after it. */
  readonly after?: string;
}

/** What a command says: data for `--json`, the same as lines for people, notes beside it. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly data: unknown;
  readonly lines: readonly string[];
  readonly notes: readonly string[];
  readonly next?: NextCommand;
}

/** How an outcome is printed. */
export interface Printing {
  readonly json: boolean;
  /** The configuration that was named, so that the next command names it too; null: none was. */
  readonly config: string | null;
}

/** Prints an outcome: one JSON envelope, or lines on stdout and notes on stderr. */
export function printOutcome(terminal: Terminal, outcome: Outcome, printing: Printing): ExitCode {
  const { lines, notes, next, exitCode } = outcome;
  terminal.progress(null);
  if (printing.json) {
    terminal.out(JSON.stringify({ data: outcome.data, warnings: notes }));
    return exitCode;
  }
  for (const line of lines) terminal.out(line);
  if (lines.length > 1 && (notes.length > 0 || next !== undefined)) terminal.out("");
  for (const each of notes) note(terminal, each);
  if (next !== undefined) terminal.out(nextLine(next, printing.config));
  return exitCode;
}

/** A note on stderr, wrapped to the screen. */
export function note(terminal: Terminal, text: string): void {
  const lines = hang([text], { first: "note  ", rest: "      ", width: widthOf(terminal) });
  for (const line of lines) terminal.err(line.replace(/^note/, terminal.colors.dim("note")));
}

function nextLine({ command, why, after }: NextCommand, config: string | null): string {
  const [first, ...rest] = [
    `evenkeel ${command}`,
    ...(config === null ? [] : [`--config ${quoted(config)}`]),
  ];
  const typed = [first, ...rest].join(" ");
  const followed = after === undefined ? "" : `, ${after}`;
  return `Next  ${typed}${followed}${why === undefined ? "" : `   ${why}`}`;
}

function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path}'`;
}

/** Prints what went wrong: a foreseen error as its sentence, anything else with where it happened. */
export function printError(terminal: Terminal, raised: unknown, json: boolean): ExitCode {
  terminal.progress(null);
  const thrown = damageOf(raised) ?? raised;
  const known = thrown instanceof KnownError;
  if (json) {
    const code = known ? thrown.code : "internal";
    terminal.out(JSON.stringify({ data: null, warnings: [], error: { code, message: messageOf(thrown) } }));
    return 2;
  }
  terminal.err(messageOf(thrown));
  if (!known && !isSystemError(thrown) && thrown instanceof Error)
    terminal.err(terminal.colors.dim(thrown.stack ?? ""));
  return 2;
}

/** The operating system's refusal ("EACCES: permission denied, mkdir '/data'") says itself what is wrong. */
function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && "syscall" in thrown;
}

/** An outcome without findings. */
export function clean(
  data: unknown,
  lines: readonly string[],
  more: { readonly notes?: readonly string[]; readonly next?: NextCommand } = {},
): Outcome {
  return { exitCode: 0, data, lines, notes: [], ...more };
}
