import type { Command } from "commander";
import { checkFileJsonSchema, configJsonSchema } from "../config/json-schema.js";
import { webhookJsonSchema } from "../notify/webhook-body.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";

/** `evenkeel schema`: the JSON Schema of the configuration, for editors. */
export function addSchema(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("schema"))
    .description("print the JSON Schema of the configuration, for completion in an editor")
    .option("--checks", "that of a check file instead")
    .option("--webhook", "that of the messages that a webhook channel sends instead")
    .action((options: CommonOptions & { checks?: boolean; webhook?: boolean }) =>
      context.run(options, async () => {
        const schema = options.webhook
          ? webhookJsonSchema()
          : options.checks
            ? checkFileJsonSchema()
            : configJsonSchema();
        return { exitCode: 0, data: schema, lines: [JSON.stringify(schema, null, 2)], notes: [] };
      }),
    );
}
