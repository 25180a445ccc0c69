import type { Command } from "commander";
import { checkTypes } from "../check/registry.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { examineBackups } from "./doctor-backups.js";
import { examineDaemon, examineDatabase, examineSources } from "./doctor-outside.js";
import { examineChannelChoice, examineConfig, examineDigest, examinePeople } from "./doctor-register.js";
import { examinedLines } from "./doctor-report.js";
import { examineSight } from "./doctor-sight.js";
import { examineStore } from "./doctor-store.js";
import { sendTest } from "./doctor-test.js";
import { examineUnregistered } from "./doctor-unregistered.js";
import { clean, type Outcome } from "./outcome.js";
import { examineRoutes } from "./say-message-paths.js";
import { hasDatabase, inMemory, look, openWorkplace, type Workplace } from "./workplace.js";

interface DoctorOptions extends CommonOptions {
  readonly sendTest?: boolean;
  readonly types?: boolean;
}

/** `evenkeel doctor`: what is broken, what is at risk, what is fine. */
export function addDoctor(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("doctor"))
    .description("look at everything the watch depends on and say what to do")
    .option("--send-test", "send one test message to each channel")
    .option("--types", "list the check types")
    .action((options: DoctorOptions) =>
      context.run(options, async () => {
        if (options.types) return clean({ types: [...checkTypes.keys()] }, [...checkTypes.keys()]);
        const workplace = await openWorkplace(context.terminal, options.config);
        return options.sendTest ? sendTest(context.terminal, workplace) : examine(context, workplace);
      }),
    );
}

/** In the order of the report: what is broken, what is at risk, what is fine. */
async function examine({ terminal }: CommandContext, workplace: Workplace): Promise<Outcome> {
  terminal.progress("looking at sources, channels and the database");
  const found = [
    ...examineDatabase(workplace),
    ...(await examineDaemon(workplace)),
    ...(hasDatabase(workplace) ? await look(terminal, workplace, examineStore) : []),
    ...(hasDatabase(workplace)
      ? [await look(terminal, workplace, (ground) => examineBackups(workplace, ground))]
      : []),
    ...examineChannelChoice(workplace),
    ...(await inMemory(terminal, workplace, (ground) => examineSources(terminal, workplace, ground))),
    ...(await inMemory(terminal, workplace, async (ground) => examineDigest(ground))),
    ...(hasDatabase(workplace) ? await look(terminal, workplace, examineRoutes) : []),
    ...examinePeople(workplace),
    ...(hasDatabase(workplace) ? await look(terminal, workplace, examineUnregistered) : []),
    ...(hasDatabase(workplace) ? await look(terminal, workplace, examineSight) : []),
    ...examineConfig(workplace),
  ];
  const of = (level: (typeof found)[number]["level"]) => found.filter((each) => each.level === level);
  const counts = `${of("broken").length} broken, ${of("at risk").length} at risk, ${of("fine").length} fine`;
  const troubles = [...of("broken"), ...of("at risk")];
  return {
    exitCode: of("broken").length > 0 ? 1 : 0,
    data: { findings: [...troubles, ...of("fine")] },
    lines: [terminal.colors.bold(counts), "", ...examinedLines(terminal, [troubles, of("fine")])],
    notes: [],
    next: { command: "doctor --send-test", why: "sends one test message to each channel" },
  };
}
