import type { Command } from "commander";
import { requireWatched } from "../flow/command.js";
import type { Ground } from "../flow/ground.js";
import { askingChecks } from "../flow/judge-outputs.js";
import { countSpentIn } from "../flow/spend.js";
import { tryChecks } from "../flow/try-checks.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { newestCount } from "./newest-count.js";
import type { Outcome } from "./outcome.js";
import { storedHistory } from "./stored-history.js";
import type { Terminal } from "./terminal.js";
import { sayTrial } from "./try-report.js";
import { requireEntry } from "./watched-entry.js";
import { hasDatabase, inMemory, look, openWorkplace, type Workplace } from "./workplace.js";

interface TryOptions extends CommonOptions {
  readonly last: string;
  readonly all?: boolean;
}

/** `evenkeel try <automation>`: the checks on real outputs; stores nothing, notifies nobody. */
export function addTry(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("try <automation>"))
    .description("run the checks on the newest real outputs; stores nothing, notifies nobody")
    .option("--last <number>", "how many of the newest outputs", "20")
    .option("--all", "every failing output, not only the first")
    .action((automation: string, options: TryOptions) =>
      context.run(options, () => tryOut(context, automation, options)),
    );
}

async function tryOut(
  { terminal }: CommandContext,
  automation: string,
  options: TryOptions,
): Promise<Outcome> {
  const last = newestCount(options.last, 1);
  const workplace = await openWorkplace(terminal, options.config);
  requireEntry(workplace, automation);
  return inMemory(terminal, workplace, async (ground) => {
    const watched = requireWatched(ground, automation);
    // pushed outputs can be had from the store alone
    const readable =
      watched.push === null ? watched : { ...watched, source: storedHistory(workplace, automation) };
    if (askingChecks(watched).length > 0) await countSpentToday(terminal, workplace, ground);
    terminal.progress(`reading ${automation}`);
    const trial = await tryChecks(ground, readable, last, new AbortController().signal);
    return sayTrial(terminal, trial, {
      title: watched.entry.title,
      zone: watched.entry.timeZone,
      now: ground.clock.now(),
      all: options.all ?? false,
    });
  });
}

/** The daemon's questions of today leave less for a trial. */
async function countSpentToday(terminal: Terminal, workplace: Workplace, ground: Ground): Promise<void> {
  if (hasDatabase(workplace)) await look(terminal, workplace, ({ store }) => countSpentIn(ground, store));
}
