import type { Command, CommanderError } from "commander";
import { KnownError } from "../domain/errors.js";

/** What was mistyped, what was probably meant, and which help says more. */
export function usageSentence(error: CommanderError, program: Command, argv: readonly string[]): string {
  const said = error.message
    .replace(/^error: /, "")
    .replace(
      /\n\(Did you mean (one of )?(.*)\?\)$/,
      (_, _several, names: string) => `; did you mean "${names.replaceAll(", ", '", "')}"?`,
    )
    .replaceAll("'", '"');
  const { path, early } = commandOf(program, argv);
  const order = early ? `\noptions stand after the command, such as: evenkeel validate ${early}` : "";
  return `${said}${order}\n${[...path, "--help"].join(" ")} says what can be typed`;
}

/** The command that was meant as far as it exists, and an option typed before it. */
function commandOf(
  program: Command,
  argv: readonly string[],
): { path: readonly string[]; early: string | null } {
  const words = argv.slice(2);
  const path = [program.name()];
  let command = program;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    path.push(word);
    command = next;
  }
  const first = words[0] ?? "";
  return { path, early: first.startsWith("-") ? first : null };
}

/** The port that was typed; throws KnownError where it is none. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (text.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new KnownError("usage", `--port ${text}: expected a number from 0 to 65535`);
}
