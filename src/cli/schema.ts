import type { Command } from "commander";
import { checkFileJsonSchema, configJsonSchema } from "../config/json-schema.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";

/** `evenkeel schema`: the JSON Schema of the configuration, for editors. */
export function addSchema(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("schema"))
    .description("print the JSON Schema of the configuration, for completion in an editor")
    .option("--checks", "that of a check file instead")
    .action((options: CommonOptions & { checks?: boolean }) =>
      context.run(options, async () => {
        const schema = options.checks ? checkFileJsonSchema() : configJsonSchema();
        return { exitCode: 0, data: schema, lines: [JSON.stringify(schema, null, 2)], notes: [] };
      }),
    );
}
