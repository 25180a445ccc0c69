import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { formatFaults } from "../config/fault.js";
import { type AddedEntry, insertEntries } from "../config/insert-entries.js";
import { readConfig } from "../config/load.js";
import { configPorts } from "../daemon.js";
import { KnownError } from "../domain/errors.js";
import type { SheetRead, TakenRow } from "../import/register/read-sheet.js";
import type { Terminal } from "./terminal.js";
import type { Workplace } from "./workplace.js";

/** What was, or would be, written. */
export interface Written {
  /** False: only looked at. */
  readonly done: boolean;
  /** Text to paste, where the file cannot be edited by a program; null: it can. */
  readonly toPaste: string | null;
}

interface WriteJob {
  /** The sheet, as it was named. */
  readonly file: string;
  readonly sheet: SheetRead;
  readonly write: boolean;
}

/**
 * Puts what was taken into the configuration, as text behind its last entry. The new text is read as a configuration
 * before it replaces the old file, in one step; throws KnownError where it would not start.
 */
export async function writeEntries(
  terminal: Terminal,
  { configPath }: Workplace,
  { file, sheet, write }: WriteJob,
): Promise<Written> {
  if (sheet.taken.length === 0) return { done: false, toPaste: null };
  const source = readFileSync(configPath, "utf8");
  const entries = sheet.taken.map((row) => addedOf(file, row));
  const people = sheet.people.map(({ name, email }) => ({
    value: { name, ...(email === null ? {} : { email }) },
    comments: [],
    active: true,
  }));
  const withPeople = people.length === 0 ? source : insertEntries(source, "people", people);
  const text = withPeople === null ? null : insertEntries(withPeople, "automations", entries);
  if (text === null) return { done: false, toPaste: pasted(people, entries) };
  const ports = configPorts(configPath, terminal.outside.environment);
  const reading = await readConfig(configPath, {
    ...ports,
    readFile: (path) => (path === configPath ? text : ports.readFile(path)),
  });
  if (reading.faults.length > 0)
    throw new KnownError("import-faulty", formatFaults(configPath, reading.faults, "nothing was written"));
  if (write) replaceFile(configPath, text);
  return { done: write, toPaste: null };
}

function addedOf(file: string, { line, entry, lacks, remarks, more }: TakenRow): AddedEntry {
  const from = `From ${file}, line ${line}${remarks.length === 0 ? "" : ` (${remarks.join("; ")})`}.`;
  return {
    value: entry,
    comments: [from, ...lacks.map((each) => `To be added before it counts: ${each}`), ...more],
    active: lacks.length === 0,
  };
}

function pasted(people: readonly AddedEntry[], entries: readonly AddedEntry[]): string {
  const whole = insertEntries(
    '{\n  "people": [\n    {}\n  ],\n  "automations": [\n    {}\n  ]\n}\n',
    "people",
    people,
  );
  return insertEntries(whole ?? "", "automations", entries) ?? "";
}

/** All or nothing, with the rights the file has; behind a link it is the file that changes. */
function replaceFile(path: string, text: string): void {
  const target = realpathSync(path);
  const beside = `${target}.evenkeel-new`;
  try {
    writeFileSync(beside, text, { flag: "wx", mode: 0o600, flush: true });
    chmodSync(beside, statSync(target).mode & 0o777);
    renameSync(beside, target);
  } catch (thrown) {
    rmSync(beside, { force: true });
    throw thrown;
  }
}
