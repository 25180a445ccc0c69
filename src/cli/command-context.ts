import type { Command } from "commander";
import type { Outcome } from "./outcome.js";
import type { Terminal } from "./terminal.js";

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Runs a command's work and prints its outcome. */
  readonly run: (options: CommonOptions, work: () => Promise<Outcome>) => Promise<void>;
  readonly version: string;
}

/** Options of every command. */
export interface CommonOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Adds the options that every command takes. */
export function withCommonOptions(command: Command): Command {
  return command
    .option(
      "-c, --config <file>",
      "configuration; default: EVENKEEL_CONFIG, then evenkeel.config.json or .yaml here",
    )
    .option("--json", 'print one JSON envelope: { "data": ..., "warnings": [] }')
    .option("--no-color", "no colours");
}

/** Adds the option that says who decides something. */
export function withWho(command: Command): Command {
  return command.option("--who <name>", "your name, for the record; default: who you are on this computer");
}

/** Adds one command to the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;
