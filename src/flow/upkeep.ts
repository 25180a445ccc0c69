/**
 * Care for the store itself while the watch goes on: room on the disk, the log, the file, the nightly backup, retention.
 * In: called at every beat. Out: notes in the store's state, a backup, a smaller store; what people should know stands
 * in its troubles and in the log, and what is broken becomes an incident. Nothing here may stop the watch.
 */
import { dirname } from "node:path";
import { messageOf } from "../domain/errors.js";
import type { CommandRunner } from "../domain/ports.js";
import { dateOf, wallTime } from "../measure/local-time.js";
import type { BackupKeep } from "../store/backup-files.js";
import { checkDatabase } from "../store/copy-database.js";
import { damaged } from "../store/damage.js";
import { lockHolder } from "../store/lock-holder.js";
import { ballastOf, levelOf, type Room, roomOf, sayBytes } from "../store/space.js";
import { goneWhileOpen } from "../store/transaction.js";
import type { Ground } from "./ground.js";
import { dropOldBackups, endBackupTrouble, makeBackup, noteBackupTrouble } from "./make-backup.js";
import { clockInDoubt, type RetentionPlan, sweep } from "./retain.js";
import { dropTrouble, endTrouble, noteTrouble, tellTrouble } from "./tell-trouble.js";

/** What the configuration says about it. */
export interface UpkeepSettings {
  readonly timeZone: string;
  readonly backup: {
    /** Minutes after local midnight; null: none is made by itself. */
    readonly atMinute: number | null;
    readonly folder: string;
    readonly keep: BackupKeep;
  };
  readonly retention: RetentionPlan;
}

/** Where the store lies, and what is used of the outside. */
export interface UpkeepPlace {
  readonly databasePath: string;
  readonly command: CommandRunner;
  readonly pid: number;
  readonly signal: AbortSignal;
  /** The room on the disk; default: of the folder of the database. */
  readonly room?: () => Room;
}

const everyMs = 60_000;
const minuteMs = 60_000;
/** Another process that holds the database for longer is told of. */
const busyAfterMs = 10_000;
/** A backup that failed is tried again so often. */
const retryBackupMs = 3_600_000;
const largestLogBytes = 64 * 1024 ** 2;

/** The day's work that was last done, by local date. */
const doneOn = { backup: "backup_on", sweep: "retention_on" } as const;

/** Builds the care; whoever calls it decides how often. */
export function createUpkeep(
  present: () => { readonly ground: Ground; readonly settings: UpkeepSettings },
  place: UpkeepPlace,
) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let busySince: number | null = null;
  let backupTriedAt = Number.NEGATIVE_INFINITY;
  let working = false;
  let unchecked = !present().ground.store.checked;
  const ballast = ballastOf(dirname(place.databasePath));

  /** What is looked at each minute; none of it waits for anything. */
  const look = (ground: Ground): void => {
    lookAtRoom(ground, (place.room ?? (() => roomOf(dirname(place.databasePath))))());
    lookAtFile(ground, place.databasePath);
    lookAtLog(ground);
  };
  const daily = async (ground: Ground, settings: UpkeepSettings): Promise<void> => {
    if (unchecked) {
      unchecked = false;
      await checkLarge(ground, settings, place);
    }
    await ballast
      .lay()
      .catch((thrown: unknown) =>
        ground.logger.warn("the ballast file cannot be written", { reason: messageOf(thrown) }),
      );
    const monotonic = ground.clock.monotonic();
    if (monotonic - backupTriedAt >= retryBackupMs && dueToday(ground, settings, "backup")) {
      backupTriedAt = monotonic;
      await nightly(ground, settings, place);
    }
    if (dueToday(ground, settings, "sweep")) await sweepToday(ground, settings, place.signal);
  };
  return async (): Promise<void> => {
    const { ground, settings } = present();
    const monotonic = ground.clock.monotonic();
    busySince = ground.store.state.busy() ? (busySince ?? monotonic) : null;
    lookAtHolder(ground, place, busySince !== null && monotonic - busySince >= busyAfterMs);
    if (monotonic - lookedAt < everyMs) return;
    lookedAt = monotonic;
    look(ground);
    if (working || ground.store.state.refused() !== null) return;
    working = true;
    await daily(ground, settings).finally(() => {
      working = false;
    });
  };
}

/** What the room on the disk allows from now on (RELIABILITY, faults 17 and 18). */
function lookAtRoom(ground: Ground, room: Room): void {
  const { state } = ground.store;
  const level = levelOf(room);
  state.setRoom(level);
  const free = `${sayBytes(room.freeBytes)} free on the disk of the data folder`;
  const fix = "make room on this disk";
  switch (level) {
    case "ample":
      return void endTrouble(ground, "disk");
    case "scarce":
      return void tellTrouble(ground, { about: "disk", level: "at risk", text: free, fix });
    case "low":
      return void tellTrouble(ground, {
        about: "disk",
        level: "at risk",
        text: `${free}: outputs are checked and counted, their texts are not kept`,
        fix,
      });
    case "full":
      return void tellTrouble(ground, {
        about: "disk",
        level: "broken",
        text: `${free}: no outputs are taken in; senders are told to come again`,
        fix,
      });
  }
}

/** A file that is gone is noticed without anyone writing (RELIABILITY, fault 22). */
function lookAtFile(ground: Ground, path: string): void {
  if (!ground.store.file.isGone()) return;
  const gone = goneWhileOpen(path);
  ground.store.state.refuse(gone);
  tellTrouble(ground, { about: "database", level: "broken", text: gone.message, fix: "stop Evenkeel" });
}

/** The log stays bounded, or someone is told why not (RELIABILITY, fault 26). */
function lookAtLog(ground: Ground): void {
  const { file } = ground.store;
  const bytes = file.walBytes();
  if (bytes <= largestLogBytes || file.emptyLog()) return void endTrouble(ground, "log");
  tellTrouble(ground, {
    about: "log",
    level: "at risk",
    text: `the write-ahead log has grown to ${sayBytes(bytes)}, because another program has been reading the database for long`,
    fix: "end the program that reads it",
  });
}

/** Who keeps this process from writing, where the kernel says (RELIABILITY, fault 19). */
function lookAtHolder(ground: Ground, { databasePath, pid }: UpkeepPlace, tooLong: boolean): void {
  if (!tooLong) return void dropTrouble(ground, "lock");
  const holder = lockHolder(databasePath, pid);
  const who = holder === null ? "another program" : `another program (process ${holder})`;
  noteTrouble(ground, {
    about: "lock",
    level: "broken",
    text: `${who} has held the database for more than 10 s: nothing can be stored`,
    fix: holder === null ? "end the program that holds it" : `end process ${holder}`,
  });
}

async function checkLarge(
  ground: Ground,
  { backup }: UpkeepSettings,
  { command, databasePath, signal }: UpkeepPlace,
): Promise<void> {
  const found = await checkDatabase(command, databasePath, signal);
  if (found.ok || !found.reason.startsWith("damaged")) return;
  const reason = damaged({ path: databasePath, backupFolder: backup.folder }, found.reason);
  ground.store.state.refuse(reason);
  tellTrouble(ground, { about: "database", level: "broken", text: reason.message, fix: "stop Evenkeel" });
}

/** True once a day, from the configured minute on; the first day of a watch has nothing to keep yet. */
function dueToday(ground: Ground, settings: UpkeepSettings, what: keyof typeof doneOn): boolean {
  const { meta } = ground.store;
  const wall = wallTime(ground.clock.now(), settings.timeZone);
  const last = meta.get(doneOn[what]);
  if (last === null) meta.set(doneOn[what], dateOf(wall));
  if (last === null || last === dateOf(wall)) return false;
  const { atMinute } = settings.backup;
  if (what === "backup" && atMinute === null) return false;
  const minute = Math.floor((wall - Date.parse(`${dateOf(wall)}T00:00:00Z`)) / minuteMs);
  return minute >= (atMinute ?? 0);
}

function markDone(ground: Ground, settings: UpkeepSettings, what: keyof typeof doneOn): void {
  const today = dateOf(wallTime(ground.clock.now(), settings.timeZone));
  ground.store.meta.set(doneOn[what], today);
}

/** The nightly backup; one that fails leaves the older ones alone and is told of (RELIABILITY, fault 27). */
async function nightly(ground: Ground, settings: UpkeepSettings, place: UpkeepPlace): Promise<void> {
  const { folder, keep } = settings.backup;
  const done = await makeBackup(
    { clock: ground.clock, command: place.command, signal: place.signal },
    { database: place.databasePath, folder },
  );
  if (place.signal.aborted) return;
  if (!done.ok) {
    const text = `the nightly backup failed: ${done.reason}`;
    noteBackupTrouble(ground.store, text, ground.clock.now());
    return void tellTrouble(ground, {
      about: "backup",
      level: "broken",
      text: `${text}; the older ones are kept`,
      fix: "evenkeel backup tries again",
    });
  }
  markDone(ground, settings, "backup");
  endBackupTrouble(ground.store);
  endTrouble(ground, "backup");
  const dropped = dropOldBackups(folder, keep);
  ground.logger.info("backup made", { file: done.path, bytes: done.bytes, tookMs: done.tookMs, dropped });
}

async function sweepToday(ground: Ground, settings: UpkeepSettings, signal: AbortSignal): Promise<void> {
  if (clockInDoubt(ground)) {
    return void tellTrouble(ground, {
      about: "clock",
      level: "at risk",
      text: "the clock is weeks away from where it was: nothing is let go by age until it is back, or for seven days",
      fix: "see whether the clock of this computer is right",
    });
  }
  endTrouble(ground, "clock");
  const swept = await sweep(ground, settings.retention, signal);
  if (signal.aborted) return;
  markDone(ground, settings, "sweep");
  ground.logger.info("retention done", { ...swept });
}
