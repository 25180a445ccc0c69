import { withDistinctTitles } from "../check/distinct-titles.js";
import { prepareCheck } from "../check/prepare.js";
import { checkSettings } from "../check/settings.js";
import { KnownError, messageOf } from "../domain/errors.js";
import type { ScriptRunner } from "../domain/ports.js";
import type { DeclaredCheck } from "./config.js";
import { parseSettings, type SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { checkPortsBeside, type FilePorts } from "./followed-files.js";
import { schemaFaults } from "./schema-faults.js";
import { found, listAt, textAt, valueAt } from "./setting-values.js";
import { checkFileSettings } from "./settings.js";
import { besideFile, type ReadFile, readText } from "./text-files.js";

/** Reads each check file once, however many automations name it. */
export interface CheckFiles {
  /** Files read so far, in that order. */
  readonly names: () => readonly string[];
  /** The checks that one automation declares, in files and inline, with everything wrong with them. */
  readonly declaredBy: (document: SettingsDocument, automation: SettingPath) => Promise<ChecksRead>;
}

/** Checks, and what is wrong with them. */
export interface ChecksRead {
  readonly checks: readonly DeclaredCheck[];
  /** Ids as written, those of faulty checks too. */
  readonly ids: readonly string[];
  readonly faults: readonly Fault[];
  /** Where each is written, those of faulty checks too. */
  readonly written: readonly WrittenCheck[];
}

/** A check where it is written. */
export interface WrittenCheck {
  readonly document: SettingsDocument;
  readonly path: SettingPath;
  readonly value: unknown;
}

type Opened = { document: SettingsDocument; faults: readonly Fault[] } | { reason: string };

/** What preparing declared checks needs of the outside. */
interface CheckFilePorts extends FilePorts {
  readonly scripts?: ScriptRunner;
}

/** Makes the reader of check files of one configuration. */
export function createCheckFiles(ports: CheckFilePorts): CheckFiles {
  const files = new Map<string, Opened>();
  const open = (file: string): Opened => {
    const opened = files.get(file) ?? openCheckFile(file, ports.readFile);
    files.set(file, opened);
    return opened;
  };
  return {
    names: () => [...files.keys()],
    declaredBy: async (document, automation) => {
      const { written, faults } = writtenChecks(document, automation, open);
      const scripts = valueAt(document.value, ["scripts"]) === true ? ports.scripts : undefined;
      const prepared = await Promise.all(written.map((check) => prepare(check, { ...ports, scripts })));
      return {
        checks: withDistinctTitles(
          prepared.flatMap((result) => (result !== null && "check" in result ? [result] : [])),
        ),
        written,
        ids: written.flatMap(({ document, path }) => textAt(document, [...path, "id"]) ?? []),
        faults: [
          ...faults,
          ...sameIds(written),
          ...prepared.flatMap((result) => (result !== null && "path" in result ? [result] : [])),
        ],
      };
    },
  };
}

/** Where the checks of an automation are written, in files and inline, in that order. */
function writtenChecks(
  document: SettingsDocument,
  automation: SettingPath,
  open: (file: string) => Opened,
): { written: readonly WrittenCheck[]; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const written = listAt(document, [...automation, "checks"]).flatMap((entry, index) => {
    const path = [...automation, "checks", index];
    if (typeof entry !== "string") return [{ document, path, value: entry }];
    const opened = open(besideFile(document.file, entry));
    if ("reason" in opened) {
      faults.push(document.fault(path, `${found(entry)}: ${opened.reason}, expected a check file`));
      return [];
    }
    faults.push(...opened.faults);
    return checksIn(opened.document);
  });
  return { written, faults };
}

function openCheckFile(file: string, readFile: ReadFile): Opened {
  const text = readText(file, readFile);
  if (!text.ok) return { reason: text.reason };
  const document = parseSettings(file, text.text);
  const faults = document.faults.length > 0 ? document.faults : schemaFaults(checkFileSettings, document);
  return { document, faults };
}

function checksIn(document: SettingsDocument): WrittenCheck[] {
  return listAt(document, ["checks"]).map((value, index) => ({ document, path: ["checks", index], value }));
}

function sameIds(written: readonly WrittenCheck[]): Fault[] {
  const first = new Map<string, () => Fault>();
  return written.flatMap(({ document, path }) => {
    const id = textAt(document, [...path, "id"]);
    if (id === null) return [];
    const earlier = first.get(id);
    // where it stands is worked out only when it is told
    first.set(id, earlier ?? (() => document.fault([...path, "id"], "")));
    if (earlier === undefined) return [];
    const { file, line } = earlier();
    const message = `${found(id)}: used twice in one automation, first in ${file}:${line}; expected another id`;
    return [document.fault([...path, "id"], message)];
  });
}

/** The check compiled; a fault when it cannot be; null when its settings are at fault already. */
async function prepare(
  written: WrittenCheck,
  { scripts, ...files }: FilePorts & { readonly scripts: ScriptRunner | undefined },
): Promise<DeclaredCheck | Fault | null> {
  const { document, path } = written;
  const settings = checkSettings.safeParse(written.value);
  if (!settings.success) return null;
  const checkPorts = { ...checkPortsBeside(document.file, files), scripts };
  try {
    return {
      settings: settings.data,
      check: await prepareCheck(settings.data, checkPorts),
      file: document.file,
    };
  } catch (thrown) {
    if (!(thrown instanceof KnownError)) throw thrown;
    return document.fault(path, messageOf(thrown));
  }
}
