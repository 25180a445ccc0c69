/**
 * Reads the configuration. The path of a file enters; the whole configuration leaves, defaults filled
 * in and checks compiled, or every fault at once, each with its place. It reads files, asks whether
 * secrets are there, and loads scripts where they are allowed; it never reads a secret's value, and changes nothing.
 */
import { ConfigError } from "../domain/errors.js";
import type { ScriptRunner, SecretReference } from "../domain/ports.js";
import { askingFaults } from "./asking-faults.js";
import { buildConfig } from "./build-config.js";
import type { Config } from "./config.js";
import { type ChecksRead, createCheckFiles } from "./declared-checks.js";
import { parseSettings, type SettingsDocument } from "./document.js";
import { type Fault, formatFaults, sortFaults } from "./fault.js";
import type { FilePorts } from "./followed-files.js";
import { notesOf } from "./notes.js";
import { goldenFaults, secretFaults } from "./outside-faults.js";
import { routeNotes } from "./route-notes.js";
import { ruleFaults } from "./rules.js";
import { schemaFaults } from "./schema-faults.js";
import { listAt } from "./setting-values.js";
import { configSettings } from "./settings.js";
import { readText } from "./text-files.js";

/** What reading a configuration needs of the outside. */
export interface ConfigPorts extends FilePorts {
  readonly secretPresent: (reference: SecretReference) => boolean;
  /** Where scripts of checks run, if the configuration allows them. */
  readonly scripts?: ScriptRunner;
}

/** What came of reading: a configuration, or faults; and notes either way. */
export interface ConfigReading {
  /** null when there are faults. */
  readonly config: Config | null;
  /** In order of files and positions. */
  readonly faults: readonly Fault[];
  readonly notes: readonly string[];
}

/** Reads a configuration and everything it refers to. */
export async function readConfig(path: string, ports: ConfigPorts): Promise<ConfigReading> {
  const text = readText(path, ports.readFile);
  if (!text.ok) return onlyFaults([wholeFile(path, `${text.reason}, expected the configuration`)]);
  const document = parseSettings(path, text.text);
  if (document.faults.length > 0) return onlyFaults(document.faults);
  return readDocument(document, ports);
}

/** Reads a configuration; throws ConfigError that lists every fault. */
export async function loadConfig(path: string, ports: ConfigPorts): Promise<Config> {
  const { config, faults } = await readConfig(path, ports);
  if (config === null) throw new ConfigError("config-invalid", formatFaults(path, faults));
  return config;
}

async function readDocument(document: SettingsDocument, ports: ConfigPorts): Promise<ConfigReading> {
  const files = createCheckFiles(ports);
  const checks: ChecksRead[] = [];
  for (const index of listAt(document, ["automations"]).keys())
    checks.push(await files.declaredBy(document, ["automations", index]));
  const faults = [
    ...schemaFaults(configSettings, document),
    ...ruleFaults(document),
    ...checks.flatMap(({ ids }, index) =>
      goldenFaults(document, ["automations", index], ids, ports.readFile),
    ),
    ...secretFaults(document, ports.secretPresent),
    ...checks.flatMap(({ written }, index) =>
      askingFaults(document, ["automations", index], written, ports.secretPresent),
    ),
    ...checks.flatMap((read) => read.faults),
  ];
  const sorted = sortFaults(faults, [document.file, ...files.names()]);
  const settings = configSettings.safeParse(document.value);
  const config =
    sorted.length > 0 || !settings.success ? null : buildConfig(document.file, settings.data, checks);
  const notes = notesOf(document, files.names(), checks, sorted);
  return { config, faults: sorted, notes: config === null ? notes : [...notes, ...routeNotes(config)] };
}

function wholeFile(file: string, message: string): Fault {
  return { file, line: 0, column: 0, path: "", message, hints: [] };
}

function onlyFaults(faults: readonly Fault[]): ConfigReading {
  return { config: null, faults, notes: [] };
}
