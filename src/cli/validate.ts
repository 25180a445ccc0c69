import { dirname } from "node:path";
import type { Command } from "commander";
import { formatFaults } from "../config/fault.js";
import { readConfig } from "../config/load.js";
import { configPorts, registerOf } from "../daemon.js";
import { digestTrouble } from "../flow/digest-carrier.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { findConfig } from "./find-config.js";
import type { Outcome } from "./outcome.js";

/** `evenkeel validate`: every fault of the configuration at once. */
export function addValidate(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("validate"))
    .description("check the configuration and everything it refers to; changes nothing")
    .action((options: CommonOptions) => context.run(options, () => validate(context, options)));
}

async function validate({ terminal }: CommandContext, options: CommonOptions): Promise<Outcome> {
  const { environment } = terminal.outside;
  const path = findConfig(options.config, environment);
  const { config, faults, notes } = await readConfig(path, configPorts(path, environment));
  if (config === null) {
    const lines = formatFaults(path, faults).split("\n");
    const [heading = "", ...rest] = lines;
    return {
      exitCode: 2,
      data: { file: path, faults },
      lines: [terminal.colors.bold(heading), ...rest],
      notes,
    };
  }
  const register = registerOf(config, terminal.outside);
  const trouble = digestTrouble(register);
  const stranded = trouble === null ? [] : [`${trouble.text}; ${trouble.fix}`];
  const measures = register.automations.reduce((sum, each) => sum + each.metrics.length, 0);
  const counts = [
    sayCount(register.automations.length, "automation"),
    sayCount(measures, "measure"),
    sayCount(register.channels.length, "channel"),
  ];
  const data = {
    file: path,
    folder: dirname(path),
    automations: register.automations.length,
    measures,
    channels: register.channels.length,
    faults: [],
  };
  return {
    exitCode: 0,
    data,
    lines: [`${path} is fine: ${counts.join(", ")}.`],
    notes: [...notes, ...stranded],
  };
}
