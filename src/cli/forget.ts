import type { Command } from "commander";
import { z } from "zod";
import { databasePath } from "../daemon.js";
import { backupsOf as backupsOfStore, replacedBeside } from "../store/backup-files.js";
import { sayCount } from "../wording/numbers.js";
import { type CommandContext, type CommonOptions, withCommonOptions, withWho } from "./command-context.js";
import { order } from "./order.js";
import { clean, type Outcome } from "./outcome.js";
import { whoOf } from "./who.js";
import { openWorkplace, type Workplace } from "./workplace.js";

interface ForgetOptions extends CommonOptions {
  readonly yes?: boolean;
  readonly why: string;
  readonly who?: string;
}

const report = z.object({ rows: z.record(z.string(), z.number()), preview: z.boolean() });

/** `evenkeel forget output|person`: takes texts out of the store, on record. */
export function addForget(program: Command, context: CommandContext): void {
  const forget = program
    .command("forget")
    .description("take an output, or a person, out of everything stored; recorded");
  asked(forget.command("output <automation> <id>"))
    .description("forget the texts of one output, and whatever quotes them")
    .action((automation: string, id: string, options: ForgetOptions) =>
      context.run(options, () => carryOut(context, { automation, id }, options)),
    );
  asked(forget.command("person <text>"))
    .description("forget every text that holds a name, an address or a user id")
    .action((text: string, options: ForgetOptions) =>
      context.run(options, () => carryOut(context, { text }, options)),
    );
}

function asked(command: Command): Command {
  return withWho(withCommonOptions(command))
    .requiredOption("--why <reason>", "why, for the record; without the name that is to be forgotten")
    .option("--yes", "do it; without this it only says what would go");
}

type Subject = { readonly automation: string; readonly id: string } | { readonly text: string };

async function carryOut({ terminal }: CommandContext, of: Subject, options: ForgetOptions): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  const who = whoOf(terminal, workplace, options.who);
  const preview = options.yes !== true;
  const command = { do: "forget", of, preview, who, why: options.why } as const;
  const found = report.parse(
    await order(terminal, workplace, command, preview ? "looking for it" : "forgetting it"),
  );
  const backups = backupsOf(workplace);
  const rows = Object.entries(found.rows);
  const counts = rows.map(([table, held]) => `  ${sayCount(held, "row")} in ${table}`);
  const head = preview ? "Would go, and nothing has gone yet:" : `Forgotten, recorded as ordered by ${who}:`;
  const inBackups = backups.map(({ path, at }) => `  ${path}, of ${at}`);
  return clean(
    { ...found, backups },
    [
      ...(rows.length === 0 ? ["Nothing stored holds it"] : [head, ...counts]),
      ...(backups.length === 0
        ? []
        : [
            "Backups, and databases that a restore moved aside, were not looked through: they hold what was stored then. Delete them, or let backups age:",
            ...inBackups,
          ]),
    ],
    { notes: preview && rows.length > 0 ? ["the same with --yes does it; it cannot be undone"] : [] },
  );
}

function backupsOf({ config }: Workplace) {
  const path = databasePath(config);
  const all = [...backupsOfStore({ path, backupFolder: config.backup.folder }), ...replacedBeside(path)];
  return all.map(({ path, at }) => ({ path, at: new Date(at).toISOString() }));
}
