import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { databasePath } from "../daemon.js";
import { StoreError } from "../domain/errors.js";
import { makeBackup } from "../flow/make-backup.js";
import { createCommandRunner } from "../platform/command-runner.js";
import { backupsIn } from "../store/backup-files.js";
import { sayBytes } from "../store/space.js";
import { upperFirst } from "../wording/sentences.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { clean, type Outcome } from "./outcome.js";
import { hasDatabase, noDatabase, openWorkplace } from "./workplace.js";

/** `evenkeel backup [file]`: a sound copy of the database, while the daemon runs or not. */
export function addBackup(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("backup [file]"))
    .description("copy the database while it is in use, and check the copy")
    .action((file: string | undefined, options: CommonOptions) =>
      context.run(options, () => backup(context, file, options)),
    );
}

async function backup(
  { terminal }: CommandContext,
  file: string | undefined,
  options: CommonOptions,
): Promise<Outcome> {
  const workplace = await openWorkplace(terminal, options.config);
  if (!hasDatabase(workplace)) throw noDatabase(workplace);
  const { outside } = terminal;
  terminal.progress("copying the database and checking the copy");
  const done = await makeBackup(
    { clock: outside.clock, command: createCommandRunner(outside.environment) },
    {
      database: databasePath(workplace.config),
      folder: workplace.config.backup.folder,
      ...(file === undefined ? {} : { file: resolve(file) }),
    },
  );
  if (!done.ok)
    throw new StoreError(
      "backup-failed",
      `${done.path}: no backup was made, and older ones are untouched: ${done.reason}`,
    );
  return clean(
    { path: done.path, bytes: done.bytes, tookMs: done.tookMs },
    [
      `${done.path}: ${sayBytes(done.bytes)}, complete and sound, made in ${(done.tookMs / 1000).toFixed(1)} s`,
      ...asideNotes(done.path, workplace.config.backup.folder),
    ],
    { next: { command: `restore --drill ${done.path}`, why: "tries whether it can be restored" } },
  );
}

/** A copy that Evenkeel will not know again is its owner's to keep, and to delete when something has to be forgotten. */
function asideNotes(path: string, folder: string): readonly string[] {
  if (backupsIn(folder).some((each) => resolve(each.path) === resolve(path))) return [];
  const why =
    resolve(dirname(path)) === resolve(folder)
      ? "the name is not one that Evenkeel gives"
      : `It lies outside ${folder}`;
  return [
    `${upperFirst(why)}: evenkeel doctor does not count it, it is never deleted by itself, and evenkeel forget does not name it. Keep a note of it.`,
  ];
}
