import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { addGoldenList } from "./golden-list.js";
import { addGoldenPromote } from "./golden-promote.js";
import { addGoldenRun } from "./golden-run.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { requireEntry } from "./watched-entry.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface AcceptOptions extends CommonOptions {
  readonly why: string;
  readonly who?: string;
  readonly run?: string;
}

/** What was accepted, from this process or, as JSON, from the daemon. */
const accepted = z.object({ run: z.number(), cases: z.number() });

/** `evenkeel golden run|accept|list|promote|withdraw`. */
export function addGolden(program: Command, context: CommandContext): void {
  const golden = program
    .command("golden")
    .description("known inputs with known-good answers: run, accept, list, promote, withdraw");
  addGoldenRun(golden, context);
  withWho(withCommonOptions(golden.command("accept <automation>")))
    .description("make the answers of a run the ones later runs are compared with")
    .requiredOption("--why <text>", "why these are right, for the record")
    .option("--run <number>", "which run; default: the latest")
    .action((automation: string, options: AcceptOptions) =>
      context.run(options, () => accept(context, automation, options)),
    );
  addGoldenList(golden, context);
  addGoldenPromote(golden, context);
}

async function accept(
  { terminal }: CommandContext,
  automation: string,
  options: AcceptOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const { title } = requireEntry(workplace, automation).automation;
  const who = whoOf(terminal, workplace, options.who);
  const run = options.run === undefined ? null : runNumber(options.run);
  const command = { do: "golden-accept", automation, run, who, why: options.why } as const;
  const data = await order(terminal, workplace, command, "accepting");
  const done = accepted.parse(data);
  return clean(
    data,
    [
      `${title}: later runs are compared with run ${done.run}, ${sayCount(done.cases, "known answer")}.`,
      `Recorded as decided by ${who}: ${options.why}`,
    ],
    { next: { command: `golden list ${automation}` } },
  );
}

function runNumber(text: string): number {
  const run = Number(text);
  if (!Number.isInteger(run) || run < 1)
    throw new KnownError("usage", `--run ${text}: expected the number that golden run printed`);
  return run;
}
