import type { SecretReference } from "../domain/ports.js";
import { readGoldenSet } from "../golden/golden-set.js";
import { meantHint } from "../text/nearest.js";
import type { SettingsDocument } from "./document.js";
import type { Fault, SettingPath } from "./fault.js";
import { found, listAt, textAt, valueAt } from "./setting-values.js";
import { besideFile, type ReadFile, readText } from "./text-files.js";

/** Golden cases that cannot be read, and checks that a golden set names and its automation lacks. */
export function goldenFaults(
  document: SettingsDocument,
  automation: SettingPath,
  checkIds: readonly string[],
  readFile: ReadFile,
): readonly Fault[] {
  const golden = [...automation, "golden"];
  const named = listAt(document, [...golden, "checks"]).flatMap((id, index) => {
    if (typeof id !== "string" || checkIds.includes(id)) return [];
    const hint = meantHint(id, checkIds, "checks:");
    return [document.fault([...golden, "checks", index], `${found(id)}: no such check`, [hint])];
  });
  return [...casesFaults(document, [...golden, "cases"], readFile), ...named];
}

function casesFaults(document: SettingsDocument, path: SettingPath, readFile: ReadFile): Fault[] {
  const cases = textAt(document, path);
  if (cases === null) return [];
  const file = besideFile(document.file, cases);
  const text = readText(file, readFile);
  if (!text.ok)
    return [document.fault(path, `${found(cases)}: ${text.reason}, expected a file of golden cases`)];
  return readGoldenSet(text.text, file).faults.map((fault) => placedFault(document, path, file, fault));
}

/** A fault that begins with `file:line: ` stands there; any other at the setting that names the file. */
function placedFault(document: SettingsDocument, path: SettingPath, file: string, fault: string): Fault {
  const [, line, message] = fault.startsWith(`${file}:`)
    ? (/^:(\d+): (.*)$/s.exec(fault.slice(file.length)) ?? [])
    : [];
  if (line === undefined || message === undefined) return document.fault(path, fault);
  return { file, line: Number(line), column: 1, path: "", message, hints: [] };
}

/** Secrets that the settings name and that are not there. */
export function secretFaults(
  document: SettingsDocument,
  isPresent: (reference: SecretReference) => boolean,
): readonly Fault[] {
  return secretHolders(document).flatMap((holder) => missingSecrets(document, holder, isPresent));
}

/** Secrets that are named anywhere under a setting and that are not there. */
export function missingSecrets(
  document: SettingsDocument,
  holder: SettingPath,
  isPresent: (reference: SecretReference) => boolean,
): readonly Fault[] {
  return secretsIn(valueAt(document.value, holder), holder).flatMap(({ reference, path }) =>
    isPresent(reference) ? [] : [missingSecret(document, path, reference)],
  );
}

/** The parts of the configuration file that may name secrets; those of checks are in asking-faults.ts. */
function secretHolders(document: SettingsDocument): SettingPath[] {
  const automations = listAt(document, ["automations"]).flatMap((_entry, index) => [
    ["automations", index, "source"],
    ["automations", index, "golden", "probe"],
    ["automations", index, "fallback"],
  ]);
  return [["channels"], ["models"], ["deadMan", "url"], ...automations];
}

function secretsIn(value: unknown, path: SettingPath): { reference: SecretReference; path: SettingPath }[] {
  const reference = asReference(value);
  if (reference !== null) return [{ reference, path }];
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsIn(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, [...path, name]));
}

function asReference(value: unknown): SecretReference | null {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return null;
  if ("env" in value && typeof value.env === "string") return { env: value.env };
  return "file" in value && typeof value.file === "string" ? { file: value.file } : null;
}

function missingSecret(document: SettingsDocument, path: SettingPath, reference: SecretReference): Fault {
  if ("env" in reference)
    return document.fault(path, `environment variable ${found(reference.env)} is not set`, [
      'set it where evenkeel is started, or put the secret into a file: { "file": "path" }',
    ]);
  return document.fault(path, `secret file ${found(reference.file)} is empty or cannot be read`);
}
