/**
 * What a command needs beside its arguments: the configuration, and a ground to look at.
 * Looking opens the database read-only and takes no lock; orders, which change something, are in order.ts.
 */
import { existsSync } from "node:fs";
import { relative } from "node:path";
import type { Config } from "../config/config.js";
import { databasePath, type Outside, readConfiguration, registerOf } from "../daemon.js";
import { StoreError } from "../domain/errors.js";
import { withFields } from "../flow/follow-fields.js";
import type { Ground } from "../flow/ground.js";
import { nothingInFlight } from "../flow/in-flight.js";
import { pause } from "../platform/pause.js";
import { openStore, type Store } from "../store/open.js";
import { findConfig } from "./find-config.js";
import type { Terminal } from "./terminal.js";

/** A configuration and where it came from. */
export interface Workplace {
  readonly configPath: string;
  readonly config: Config;
}

/** Reads the configuration a command works on. */
export async function openWorkplace(terminal: Terminal, given: string | undefined): Promise<Workplace> {
  const configPath = findConfig(given, terminal.outside.environment);
  return { configPath, config: await readConfiguration(configPath, terminal.outside.environment) };
}

/** A ground over a store, with the register of the configuration. */
export function groundOf(terminal: Terminal, { config }: Workplace, store: Store): Ground {
  const { clock, random, logger } = terminal.outside;
  return {
    store,
    register: withFields(store, registerOf(config, besideResults(terminal))),
    clock,
    random,
    logger,
    atWork: new Set(),
    inFlight: nothingInFlight(),
    pause,
  };
}

/** A message of the console channel is a note beside what a command prints: its stdout holds results only. */
function besideResults(terminal: Terminal): Outside {
  return { ...terminal.outside, write: (text) => terminal.err(text.replace(/\n$/, "")) };
}

/** The database as people are shown it. */
export function shownDatabase({ config }: Workplace): string {
  return relative(process.cwd(), databasePath(config));
}

/** True once a daemon or an order has made the database. */
export function hasDatabase({ config }: Workplace): boolean {
  return existsSync(databasePath(config));
}

/** The refusal where there is nothing to look at yet. */
export function noDatabase(workplace: Workplace): StoreError {
  const { configPath } = workplace;
  return new StoreError(
    "store-missing",
    `${shownDatabase(workplace)}: no database yet, nothing has been watched\nstart the watch:  evenkeel start --config ${configPath}`,
  );
}

/** Looks at the database without writing. */
export async function look<T>(
  terminal: Terminal,
  workplace: Workplace,
  view: (ground: Ground) => T | Promise<T>,
): Promise<T> {
  if (!hasDatabase(workplace)) throw noDatabase(workplace);
  const store = openStore({
    path: databasePath(workplace.config),
    backupFolder: workplace.config.backup.folder,
    newInstanceId: "",
    readOnly: true,
  });
  try {
    return await view(groundOf(terminal, workplace, store));
  } finally {
    store.close();
  }
}

/** Looks at the database, or at an empty one where nothing has been watched yet. */
export async function lookAnyway<T>(
  terminal: Terminal,
  workplace: Workplace,
  view: (ground: Ground) => T | Promise<T>,
): Promise<T> {
  return hasDatabase(workplace)
    ? look(terminal, workplace, view)
    : inMemory(terminal, workplace, async (ground) => view(ground));
}

/** A ground in memory: for trials and backtests, which store nothing. */
export async function inMemory<T>(
  terminal: Terminal,
  workplace: Workplace,
  work: (ground: Ground) => Promise<T>,
): Promise<T> {
  const store = openStore({ path: ":memory:", newInstanceId: terminal.outside.random.hex(16) });
  try {
    return await work(groundOf(terminal, workplace, store));
  } finally {
    store.close();
  }
}
