import { resolve } from "node:path";
import type { Command } from "commander";
import { databasePath } from "../daemon.js";
import { StoreError } from "../domain/errors.js";
import { makeBackup } from "../flow/make-backup.js";
import { createCommandRunner } from "../platform/command-runner.js";
import { sayBytes } from "../store/space.js";
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
    ],
    { next: { command: `restore --drill ${done.path}`, why: "tries whether it can be restored" } },
  );
}
