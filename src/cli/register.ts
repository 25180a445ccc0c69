import type { Command } from "commander";
import { KnownError } from "../domain/errors.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import type { Outcome } from "./outcome.js";
import { addRegisterImport } from "./register-import.js";
import { registerFile, registerList } from "./register-list.js";
import { registerOne } from "./register-one.js";
import { registerUnregistered } from "./register-unregistered.js";
import { requireEntry } from "./watched-entry.js";
import { look, lookAnyway, openWorkplace } from "./workplace.js";

const formats = ["table", "csv", "markdown", "json"] as const;

/** How the register is printed. */
type Format = (typeof formats)[number];

interface RegisterOptions extends CommonOptions {
  readonly format?: string;
  readonly unregistered?: boolean;
}

/** `evenkeel register`: every automation, who owns it, how it stands, how complete its entry is; or one; or who sends unasked. */
export function addRegister(program: Command, context: CommandContext): void {
  const register = withCommonOptions(program.command("register").enablePositionalOptions())
    .description("list every automation with its owner and state; of one, what cannot be seen yet")
    .argument("[automation]", "only this one, with what is followed of it")
    .option("--format <format>", `${formats.join(", ")}; default: table`)
    .option("--unregistered", "what sends outputs under a name nobody registered, with an entry to paste")
    .action((automation: string | undefined, options: RegisterOptions) => {
      const json = options.json === true || options.format === "json";
      return context.run({ ...options, json }, () => show(context, automation, options));
    });
  addRegisterImport(register, context);
}

async function show(
  { terminal }: CommandContext,
  automation: string | undefined,
  options: RegisterOptions,
): Promise<Outcome> {
  const format = formatOf(options.format);
  const workplace = await openWorkplace(terminal, options.config);
  if (automation !== undefined) {
    requireEntry(workplace, automation);
    return look(terminal, workplace, (ground) => registerOne(terminal, ground, automation));
  }
  return lookAnyway(terminal, workplace, (ground) => {
    if (options.unregistered === true) return registerUnregistered(terminal, ground);
    return format === "csv" || format === "markdown"
      ? registerFile(terminal, ground, format)
      : registerList(terminal, ground);
  });
}

function formatOf(text: string | undefined): Format {
  const format = formats.find((each) => each === (text ?? "table"));
  if (format === undefined)
    throw new KnownError("usage", `--format ${text}: expected one of ${formats.join(", ")}`);
  return format;
}
