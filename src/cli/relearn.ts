import type { Command } from "commander";
import { z } from "zod";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { requireEntry } from "./watched-entry.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface RelearnOptions extends CommonOptions {
  readonly why: string;
  readonly who?: string;
}

/** What learns anew, from this process or, as JSON, from the daemon. */
const relearnReport = z.object({
  relearned: z.array(z.object({ id: z.string(), title: z.string(), outputs: z.number(), runs: z.number() })),
});

/** `evenkeel relearn <automation> <check> --why`: forgets what is usual, on record. */
export function addRelearn(program: Command, context: CommandContext): void {
  withWho(withCommonOptions(program.command("relearn <automation> <check>")))
    .description("learn anew what is usual, where it was learned while broken; recorded")
    .requiredOption("--why <reason>", "why what it learned is not what is usual")
    .action((automation: string, subject: string, options: RelearnOptions) =>
      context.run(options, () => relearn(context, { automation, subject }, options)),
    );
}

async function relearn(
  { terminal }: CommandContext,
  { automation, subject }: { automation: string; subject: string },
  options: RelearnOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const { title } = requireEntry(workplace, automation).automation;
  const who = whoOf(terminal, workplace, options.who);
  const command = { do: "relearn", automation, subject, who, why: options.why } as const;
  const data = await order(terminal, workplace, command, `forgetting what is usual for ${subject}`);
  const { relearned } = relearnReport.parse(data);
  return clean(
    data,
    [
      ...relearned.map((each) => `${title}: “${each.title}” learns anew what is usual, ${sayNeed(each)}.`),
      `Recorded as decided by ${who}: ${options.why}`,
    ],
    { next: { command: `changes ${automation}`, why: "shows what it held to be usual before" } },
  );
}

function sayNeed({ outputs, runs }: { outputs: number; runs: number }): string {
  const ofRuns = `${sayCount(runs, "run")}`;
  return outputs === 0
    ? `from the next ${ofRuns}`
    : `from the next ${sayCount(outputs, "output")}, ${ofRuns} at least`;
}
