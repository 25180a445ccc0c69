import type { Command } from "commander";
import { z } from "zod";
import type { WatchedAutomation } from "../config/config.js";
import { levels } from "../domain/check.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { requireEntry } from "./watched-entry.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface EnableOptions extends CommonOptions {
  readonly why: string;
  readonly who?: string;
}

/** What may notify now, from this process or, as JSON, from the daemon. */
const enabledReport = z.object({
  enabled: z.array(z.object({ id: z.string(), title: z.string(), level: z.enum(levels) })),
});

const loudness = {
  page: "may notify people now",
  digest: "counts for the digest now",
  record: "notifies nobody all the same: its level is record",
} as const;

/** `evenkeel enable <automation> <check> --why`: ends probation early, on record. */
export function addEnable(program: Command, context: CommandContext): void {
  withWho(withCommonOptions(program.command("enable <automation> <check>")))
    .description("let a check or metric on probation notify people; who and why are recorded")
    .requiredOption("--why <reason>", "why it may notify before its history says so")
    .action((automation: string, subject: string, options: EnableOptions) =>
      context.run(options, () => enable(context, { automation, subject }, options)),
    );
}

async function enable(
  { terminal }: CommandContext,
  { automation, subject }: { automation: string; subject: string },
  options: EnableOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const entry = requireEntry(workplace, automation);
  const { title } = entry.automation;
  const who = whoOf(terminal, workplace, options.who);
  const command = { do: "enable", automation, subject, who, why: options.why } as const;
  const data = await order(terminal, workplace, command, `enabling ${subject}`);
  const { enabled } = enabledReport.parse(data);
  return clean(
    data,
    [
      ...enabled.map((each) => `${title}: “${each.title}” ${sayLoudness(entry, each)}.`),
      `Recorded as decided by ${who}: ${options.why}`,
    ],
    { next: { command: `backtest ${automation}`, why: "says how often it would have notified" } },
  );
}

/** A zero-tolerance check needs no usual level: it is on probation only after a false alarm. */
function sayLoudness(
  entry: WatchedAutomation,
  enabled: z.infer<typeof enabledReport>["enabled"][number],
): string {
  const declared = entry.checks.find(({ check }) => `check:${check.id}` === enabled.id);
  if (declared?.check.rule.kind === "zero-tolerance") return "notifies at its first fail";
  return loudness[enabled.level];
}
