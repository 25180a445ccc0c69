import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { databasePath } from "../daemon.js";
import { makeDataFolder } from "../store/data-folder.js";
import { examineFile, type SoundFile } from "../store/examine-file.js";
import { lockFolder } from "../store/lock.js";
import { openStore } from "../store/open.js";
import { requireSound, restoreInto } from "../store/restore.js";
import { sayCount } from "../wording/numbers.js";
import { sayDayAndTime } from "../wording/times.js";
import { type CommandContext, type CommonOptions, withCommonOptions } from "./command-context.js";
import { isoOf } from "./incident-data.js";
import { clean, type Outcome } from "./outcome.js";
import type { Terminal } from "./terminal.js";
import { openWorkplace, type Workplace } from "./workplace.js";

interface RestoreOptions extends CommonOptions {
  readonly to?: string;
  readonly drill?: boolean;
}

/** Tables whose rows people miss, and what they call them. */
const counted = [
  ["output", "output"],
  ["verdict", "verdict"],
  ["run", "run"],
  ["incident", "incident"],
  ["finding", "finding"],
  ["outbox", "message"],
  ["decision", "decision"],
] as const;

/** `evenkeel restore <file>`: goes back to a backup, or tries whether one could. */
export function addRestore(program: Command, context: CommandContext): void {
  withCommonOptions(program.command("restore <file>"))
    .description("go back to a backup; the present database is moved aside, never deleted")
    .option("--to <folder>", "put it into this folder instead of the data folder")
    .option("--drill", "only try it in a temporary folder, and say what would be lost")
    .action((file: string, options: RestoreOptions) =>
      context.run(options, async () => {
        const workplace = await openWorkplace(context.terminal, options.config);
        const path = resolve(file);
        return options.drill
          ? drill(context.terminal, workplace, path)
          : restore(context.terminal, workplace, path, options.to);
      }),
    );
}

/** The whole way, as far as a start would go, in a folder that is gone afterwards. */
function drill({ outside }: Terminal, workplace: Workplace, backup: string): Outcome {
  const sound = requireSound(backup);
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-drill-"));
  try {
    const restored = join(folder, "evenkeel.db");
    restoreInto(backup, restored, outside.clock.now());
    openStore({ path: restored, newInstanceId: outside.random.hex(16) }).close();
    requireSound(restored);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const lost = lostSince(workplace, sound);
  const zone = workplace.config.timeZone;
  const { lastAliveAt } = sound;
  const aliveAt =
    lastAliveAt === null ? "none" : `${sayDayAndTime(lastAliveAt, zone, outside.clock.now())} (${zone})`;
  return clean(
    {
      file: backup,
      sound: true,
      rows: Object.fromEntries(sound.rows),
      lastAliveAt: isoOf(sound.lastAliveAt),
      lost: lost?.counts ?? null,
    },
    [
      `${backup}: can be restored; it was tried in a temporary folder, and nothing was changed`,
      `It holds ${sayRows(sound)}; last sign of life ${aliveAt}`,
      lost === null
        ? "What would be lost since cannot be counted: there is no sound database in place"
        : `Going back to it would lose ${lost.said}; what sources still have is read again`,
    ],
    { next: { command: `restore ${backup}`, why: "does it, with the daemon stopped" } },
  );
}

function restore(
  { outside }: Terminal,
  { config }: Workplace,
  backup: string,
  to: string | undefined,
): Outcome {
  const folder = to === undefined ? config.dataDir : resolve(to);
  const sound = requireSound(backup);
  const now = outside.clock.now();
  const path = to === undefined ? databasePath(config) : join(folder, "evenkeel.db");
  makeDataFolder(folder);
  // a daemon that runs holds the lock of its folder: its database is not taken from under it
  const lock = lockFolder(join(folder, "lock.db"), {
    pid: outside.pid,
    since: new Date(now).toISOString(),
  });
  try {
    const aside = restoreInto(backup, path, now);
    return clean(
      { restored: path, movedAside: aside, rows: Object.fromEntries(sound.rows) },
      [
        `${path}: restored from ${backup}: ${sayRows(sound)}`,
        aside === null ? "There was no database in its place" : `What was there before lies in ${aside}`,
        "Messages that were still owed when the backup was made are sent again at the next start",
      ],
      { next: { command: "start", why: "goes on from there, and reads again what sources still have" } },
    );
  } finally {
    lock.release();
  }
}

function sayRows({ rows }: SoundFile): string {
  return counted.map(([table, noun]) => sayCount(rows.get(table) ?? 0, noun)).join(", ");
}

/** Rows that the present database has and the backup has not; null: there is none to compare with. */
function lostSince({ config }: Workplace, backup: SoundFile) {
  const present = examineFile(databasePath(config));
  if (!present.ok) return null;
  const counts = counted.map(([table, noun]) => {
    const more = Math.max(0, (present.rows.get(table) ?? 0) - (backup.rows.get(table) ?? 0));
    return { table, more, said: sayCount(more, noun) };
  });
  return {
    counts: Object.fromEntries(counts.map(({ table, more }) => [table, more])),
    said: counts.map(({ said }) => said).join(", "),
  };
}
