import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { KnownError } from "../domain/errors.js";
import type { AddCommand, CommandContext } from "./command-context.js";
import type { ExitCode } from "./outcome.js";
import { printError, printOutcome } from "./outcome.js";
import type { Terminal } from "./terminal.js";
import { usageSentence } from "./usage.js";

/** Parses the arguments, runs one command, returns its exit code. */
export async function createProgram(terminal: Terminal): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const context: CommandContext = {
    terminal,
    version: versionOf(),
    run: async (options, work) => {
      const json = options.json ?? false;
      try {
        exitCode = printOutcome(terminal, await work(), { json, config: options.config ?? null });
      } catch (thrown) {
        exitCode = printError(terminal, thrown, json);
      }
    },
  };
  const program = programOf(terminal, context);
  for (const add of await addersFor(terminal.argv[2])) add(program, context);
  if (terminal.argv.length <= 2) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync([...terminal.argv]);
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0 || thrown.code === "commander.help") return 0;
    const json = terminal.argv.includes("--json");
    return printError(terminal, new KnownError("usage", usageSentence(thrown, program, terminal.argv)), json);
  }
  return exitCode;
}

/** The watch runs for months: what only the other commands need is not even loaded for it. */
async function addersFor(command: string | undefined): Promise<readonly AddCommand[]> {
  return command === "start"
    ? [(await import("./start.js")).addStart]
    : (await import("./all-commands.js")).adders;
}

function programOf(terminal: Terminal, context: CommandContext): Command {
  const program = new Command("evenkeel")
    .description("Notices when an AI automation keeps running while its outputs get worse.")
    .version(context.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    // "[options]" behind every command says nothing and leaves no room to say what it does
    .configureHelp({ subcommandTerm: termOf })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      // help that was not asked for is an answer all the same; errors are printed by createProgram
      writeErr: (text) => terminal.out(text.trimEnd()),
      outputError: () => undefined,
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  return program;
}

/** "enable <automation> <check>". */
function termOf(command: Command): string {
  const words = command.registeredArguments.map((each) =>
    each.required ? `<${each.name()}>` : `[${each.name()}]`,
  );
  return [command.name(), ...words].join(" ");
}

function versionOf(): string {
  const read: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof read === "object" && read !== null && "version" in read ? String(read.version) : "unknown";
}
