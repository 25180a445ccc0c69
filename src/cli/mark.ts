import type { Command } from "commander";
import { z } from "zod";
import { KnownError } from "../domain/errors.js";
import { changeSettings } from "../flow/changes/mark.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { visible } from "./table.js";
import { whoOf } from "./who.js";
import { openWorkplace } from "./workplace.js";

interface MarkOptions extends CommonOptions {
  readonly at?: string;
  readonly who?: string;
}

const markedReport = z.object({ marker: z.int(), at: z.string(), goldenRun: z.boolean() });

/** `evenkeel mark <automation> <note>`: puts a change on record. */
export function addMark(program: Command, context: CommandContext): void {
  withWho(withCommonOptions(program.command("mark <automation> <note>")))
    .description("put a change on record: it is compared before and since, and tested at once")
    .option("--at <instant>", "when it was made, such as 2026-11-17T15:00:00+01:00; default: now")
    .action((automation: string, note: string, options: MarkOptions) =>
      context.run(options, () => mark(context, { automation, note }, options)),
    );
}

async function mark(
  { terminal }: CommandContext,
  told: { automation: string; note: string },
  options: MarkOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const parsed = changeSettings.safeParse({ ...told, at: options.at ?? null, who });
  const fault = parsed.error?.issues[0];
  if (!parsed.success) throw new KnownError("usage", `${fault?.path.join(".")}: ${fault?.message}`);
  const data = await order(terminal, workplace, { do: "mark", ...parsed.data }, "marking the change");
  const { marker, at, goldenRun } = markedReport.parse(data);
  const then = goldenRun ? " The golden set is put to it within a minute or so of the watch running." : "";
  return clean(
    data,
    [`Change ${marker} of ${told.automation} on record, made ${at}, told by ${visible(who)}.${then}`],
    { next: { command: `changes ${told.automation}`, why: "shows what moved since" } },
  );
}
