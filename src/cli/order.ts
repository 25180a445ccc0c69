/**
 * Orders: what changes something goes to the running daemon, over loopback, with the token of the data folder.
 * Without a daemon it is carried out here, under the lock of the folder.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { databasePath } from "../daemon.js";
import { KnownError, StoreError } from "../domain/errors.js";
import { alarmLevels } from "../flow/alarm-levels.js";
import { type Command, perform } from "../flow/command.js";
import { deliverDue } from "../flow/deliver.js";
import { askDaemon } from "../platform/ask-daemon.js";
import { announcedDaemon, knownAdminToken } from "../platform/daemon-file.js";
import { type FolderLock, lockFolder } from "../store/lock.js";
import { openStore } from "../store/open.js";
import type { Terminal } from "./terminal.js";
import { requireEntry } from "./watched-entry.js";
import { groundOf, hasDatabase, noDatabase, type Workplace } from "./workplace.js";

/** Orders that make sense before anything has been watched. */
const firstOrders: ReadonlySet<Command["do"]> = new Set(["run", "golden-run", "send-test", "report"]);

/** Gives an order; says how long it has been waiting. Throws KnownError with what to do instead. */
export async function order(
  terminal: Terminal,
  workplace: Workplace,
  command: Command,
  waiting: string,
): Promise<unknown> {
  if ("automation" in command) requireEntry(workplace, command.automation);
  const { clock } = terminal.outside;
  const begunAt = clock.monotonic();
  const tick = setInterval(
    () => terminal.progress(`${waiting}, ${Math.round((clock.monotonic() - begunAt) / 1000)} s`),
    1_000,
  );
  try {
    return await carryOut(terminal, workplace, command);
  } finally {
    clearInterval(tick);
    terminal.progress(null);
  }
}

/** Whoever holds the folder is asked; when nobody does, this process holds it and does what the daemon would. */
async function carryOut(terminal: Terminal, workplace: Workplace, command: Command): Promise<unknown> {
  const { config } = workplace;
  if (!hasDatabase(workplace) && !firstOrders.has(command.do)) throw noDatabase(workplace);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const { clock, pid } = terminal.outside;
  const holder = { pid, since: new Date(clock.now()).toISOString() };
  // the lock tells, never the note: a daemon that was killed leaves its note behind, and its port to anyone
  const lock = freeLock(join(config.dataDir, "lock.db"), holder);
  if (lock instanceof StoreError) return askRunning(workplace, command, lock);
  try {
    return await performHere(terminal, workplace, command);
  } finally {
    lock.release();
  }
}

/** The lock, or why it is not to be had now: another process holds it. */
function freeLock(path: string, holder: { pid: number; since: string }): FolderLock | StoreError {
  try {
    return lockFolder(path, holder);
  } catch (thrown) {
    if (thrown instanceof StoreError && thrown.code === "store-locked") return thrown;
    throw thrown;
  }
}

async function askRunning({ config }: Workplace, command: Command, held: StoreError): Promise<unknown> {
  const daemon = announcedDaemon(config.dataDir);
  const token = knownAdminToken(config.dataDir);
  if (daemon === null || token === null) throw held;
  const answer = await askDaemon(daemon.url, token, command);
  if (!answer.reached) throw held;
  if (answer.error !== null) throw new KnownError("order-refused", answer.error);
  return answer.data;
}

async function performHere(terminal: Terminal, workplace: Workplace, command: Command): Promise<object> {
  const path = databasePath(workplace.config);
  const store = openStore({
    path,
    backupFolder: workplace.config.backup.folder,
    newInstanceId: terminal.outside.random.hex(16),
  });
  try {
    const { signal } = new AbortController();
    const ground = groundOf(terminal, workplace, store);
    const done = await perform(ground, alarmLevels(ground), command, signal);
    await deliverDue(ground, new Set(), signal);
    return done;
  } finally {
    store.close();
  }
}
