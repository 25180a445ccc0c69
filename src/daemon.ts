/**
 * The daemon: builds and joins everything, then beats.
 * In: the path of a configuration and the outside. Out: a running watch that can be reloaded and closed. Decides
 * nothing: what is due lies in the store, what to do about it in the journeys.
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { assemble, upkeepSettingsOf } from "./assembly.js";
import type { Config } from "./config/config.js";
import { type ConfigPorts, loadConfig } from "./config/load.js";
import type { Clock, Logger, Random } from "./domain/ports.js";
import { type AlarmLevels, alarmLevels } from "./flow/alarm-levels.js";
import { noteEdits } from "./flow/changes/note-edits.js";
import { closeOrphans } from "./flow/close-orphans.js";
import { recoverOutbox } from "./flow/deliver.js";
import { withFields } from "./flow/follow-fields.js";
import type { Ground, Register } from "./flow/ground.js";
import { nothingInFlight } from "./flow/in-flight.js";
import { keepChannels } from "./flow/keep-channels.js";
import { keepSchedules } from "./flow/keep-schedules.js";
import { keepWaits } from "./flow/keep-waits.js";
import { noteStart } from "./flow/note-start.js";
import type { Progress, RunReport } from "./flow/run.js";
import { recoverHistories } from "./flow/run-due.js";
import { createUpkeep } from "./flow/upkeep.js";
import { createApp } from "./http/app.js";
import { listen, reachableHost } from "./http/listen.js";
import { startBeat } from "./platform/beat.js";
import { createCommandRunner } from "./platform/command-runner.js";
import { adminTokenOf, announceDaemon, withdrawDaemon } from "./platform/daemon-file.js";
import { pause } from "./platform/pause.js";
import { createScriptRunner } from "./platform/script-runner.js";
import { createSecretCheck, createSecretReader, type Environment } from "./platform/secrets.js";
import { createHttpClient } from "./platform/undici-http-client.js";
import { createPulse } from "./pulse.js";
import { makeDataFolder } from "./store/data-folder.js";
import { assertFolderHolds } from "./store/file-system.js";
import { lockFolder } from "./store/lock.js";
import { openStore } from "./store/open.js";
import { readColumn } from "./store/read-column.js";

/** When the daemon stops, sends under way get so long, and after being cut off so long to note that. */
const stopWithinMs = { sends: 10_000, notes: 1_000 };

/** The outside, as the daemon sees it. */
export interface Outside {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly environment: Environment;
  /** The terminal it runs in, for the console channel. */
  readonly write: (text: string) => void;
  readonly pid: number;
}

/** How it is started. */
export interface StartOptions {
  readonly configPath: string;
  /** Takes this port instead of the configured one. */
  readonly port?: number;
  /** Told when the history of an automation has been read, and after every run. */
  readonly onReport?: (report: RunReport) => void;
  /** Told how far the reading of a history has come. */
  readonly onProgress?: (progress: Progress) => void;
  /** Told once every history has been read. */
  readonly onReady?: () => void;
}

/** A running watch. */
export interface Daemon {
  readonly url: string;
  readonly config: () => Config;
  readonly ground: () => Ground;
  readonly levels: () => AlarmLevels;
  /** Since when it was away, by its own last sign of life; null: it stopped cleanly, or is new. */
  readonly awaySince: number | null;
  /** True when there was no database before. */
  readonly isNew: boolean;
  /** Reads the configuration again; throws ConfigError and changes nothing when it is faulty. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** Reads and checks a configuration with the real files and environment. */
export function readConfiguration(path: string, environment: Environment): Promise<Config> {
  return loadConfig(path, configPorts(path, environment));
}

/** What reading a configuration needs of the real files and environment. */
export function configPorts(path: string, environment: Environment): ConfigPorts {
  return {
    readFile: (file) => readFileSync(file, "utf8"),
    stampOf: fileStamp,
    readColumn,
    secretPresent: createSecretCheck(environment, dirname(path)),
    scripts: createScriptRunner(),
  };
}

/** Empty for a file that is not there. */
function fileStamp(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

/** The register of a configuration, on the real outside. */
export function registerOf(config: Config, outside: Outside): Register {
  return assemble(config, {
    http: createHttpClient({ allowPrivate: config.network.allowPrivate }),
    command: createCommandRunner(outside.environment),
    secret: createSecretReader(outside.environment, config.baseDir),
    clock: outside.clock,
    random: outside.random,
    write: outside.write,
  });
}

/** Starts the watch. Throws ConfigError or StoreError before anything was changed. */
export async function startDaemon(options: StartOptions, outside: Outside): Promise<Daemon> {
  const read = async () =>
    listeningOn(options.port, await readConfiguration(options.configPath, outside.environment));
  let config = await read();
  makeDataFolder(config.dataDir);
  assertFolderHolds(config.dataDir, config.allowNetworkDisk);
  const { clock } = outside;
  const since = new Date(clock.now()).toISOString();
  const lock = lockFolder(join(config.dataDir, "lock.db"), { pid: outside.pid, since });
  const store = openStore({
    path: databasePath(config),
    backupFolder: config.backup.folder,
    newInstanceId: outside.random.hex(16),
  });
  let ground: Ground = {
    store,
    register: withFields(store, registerOf(config, outside)),
    clock,
    random: outside.random,
    logger: outside.logger,
    atWork: new Set(),
    inFlight: nothingInFlight(),
    pause,
  };
  const isNew = store.meta.get("last_alive") === null;
  const awaySince =
    store.meta.get("clean_exit") === "1" || isNew ? null : Number(store.meta.get("last_alive"));
  store.meta.set("clean_exit", "0");
  recoverOutbox(ground);
  keepWaits(ground);
  recoverHistories(ground);
  keepSchedules(ground);
  noteEdits(ground);
  closeOrphans(ground);
  keepChannels(ground);
  noteStart(ground);
  let levels = alarmLevels(ground);
  const setLevels = (): void => {
    levels = alarmLevels(ground);
    ground = { ...ground, levels };
  };
  ground = { ...ground, levels };
  let upkeepSettings = upkeepSettingsOf(config);
  const stopping = new AbortController();
  const cutting = new AbortController();
  const pulse = createPulse(() => ({ ground, levels }), {
    ...options,
    signal: stopping.signal,
    cut: cutting.signal,
    upkeep: createUpkeep(() => ({ ground, settings: upkeepSettings }), {
      databasePath: databasePath(config),
      ...{ command: createCommandRunner(outside.environment), pid: outside.pid, signal: stopping.signal },
    }),
    refresh: () => {
      ground = { ...ground, register: withFields(store, ground.register) };
      setLevels();
    },
  });
  const token = adminTokenOf(config.dataDir, outside.random);
  const app = createApp({
    ground: () => ground,
    levels: () => levels,
    adminToken: token,
    hosts: () => hostsOf(config),
    ready: pulse.ready,
    lag: pulse.lag,
    signal: stopping.signal,
    wake: pulse.beat,
  });
  const server = await listen(app, { host: config.listen.host, port: config.listen.port });
  announceDaemon(config.dataDir, { url: server.url, pid: outside.pid });
  const heart = startBeat(pulse.beat, outside.logger);
  pulse.beat();
  return {
    url: server.url,
    config: () => config,
    ground: () => ground,
    levels: () => levels,
    awaySince,
    isNew,
    reload: async () => {
      const next = await read();
      for (const setting of waitingSettings(config, next))
        outside.logger.warn(`${setting} was edited: it takes effect at the next start`, {});
      ground = { ...ground, register: withFields(store, registerOf(next, outside)) };
      config = next;
      upkeepSettings = upkeepSettingsOf(config);
      keepSchedules(ground);
      noteEdits(ground);
      closeOrphans(ground);
      keepChannels(ground);
      setLevels();
    },
    close: async () => {
      heart.stop();
      stopping.abort();
      await Promise.all([server.close(), pulse.settled(stopWithinMs.sends)]);
      cutting.abort();
      await pulse.settled(stopWithinMs.notes);
      withdrawDaemon(config.dataDir);
      store.meta.set("last_alive", String(clock.now()));
      store.meta.set("clean_exit", "1");
      store.close();
      lock.release();
    },
  };
}

/** With the port that was asked for at the start, so that links name it too. */
function listeningOn(port: number | undefined, config: Config): Config {
  return port === undefined ? config : { ...config, listen: { ...config.listen, port } };
}

/** What a running process cannot change: where it stores and where it listens. */
function waitingSettings(before: Config, after: Config): readonly string[] {
  const listens = ({ listen }: Config) => `${listen.host}:${listen.port}`;
  return [
    ...(before.dataDir === after.dataDir ? [] : ["dataDir"]),
    ...(listens(before) === listens(after) ? [] : ["listen"]),
  ];
}

/** Where the database of a configuration lies. */
export function databasePath(config: Config): string {
  return join(config.dataDir, "evenkeel.db");
}

function hostsOf(config: Config): readonly string[] {
  const named = config.publicUrl === null ? [] : [new URL(config.publicUrl).hostname];
  return [reachableHost(config.listen.host), ...named];
}
