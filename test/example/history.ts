import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkSettings } from "../../src/check/settings.js";
import { parseSettings } from "../../src/config/document.js";
import { checkFileSettings, configSettings } from "../../src/config/settings.js";
import type { Check } from "../../src/domain/check.js";
import { isJsonObject, type Json } from "../../src/domain/json.js";
import type { Output } from "../../src/domain/output.js";
import { prepareMapping } from "../../src/sample/mapping.js";
import { mappingSettings } from "../../src/sample/mapping-settings.js";
import { noFiles } from "../check/judge.js";

/** One automation of the example with its whole history, read as Evenkeel reads it. */
export interface History {
  readonly id: string;
  readonly bytes: number;
  readonly records: readonly Json[];
  readonly outputs: readonly Output[];
  readonly checks: readonly Check[];
}

/** The text of a file of the repository. */
export function repositoryFile(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
}

/** The lines of a JSONL file. */
export function jsonLines(text: string): readonly Json[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line): Json => JSON.parse(line));
}

/** config.example.json as parsed. */
export const example = configSettings.parse(parsed("config.example.json"));

/** The histories of all automations in the example. */
export const histories: readonly History[] = await Promise.all(example.automations.map(readHistory));

/** The history of one automation. */
export function historyOf(id: string): History {
  const found = histories.find((history) => history.id === id);
  if (found === undefined) throw new Error(`no history of ${id}`);
  return found;
}

/** A field of a structured output. */
export function field(output: Output, name: string): Json | undefined {
  return isJsonObject(output.fields) ? output.fields[name] : undefined;
}

async function readHistory(automation: (typeof example.automations)[number]): Promise<History> {
  const path: unknown = automation.source?.path;
  if (typeof path !== "string") throw new Error(`${automation.id} has no file`);
  const text = repositoryFile(path);
  const records = jsonLines(text);
  const map = prepareMapping(mappingSettings.parse(automation.source?.map ?? {}));
  const outputs = records.map((record, index) => {
    const mapped = map(record, `${path}:${index + 1}`);
    if (mapped.kind !== "output" || mapped.output.at === null)
      throw new Error(`${path}:${index + 1} is no output`);
    return { ...mapped.output, at: mapped.output.at };
  });
  return {
    id: automation.id,
    bytes: Buffer.byteLength(text),
    records,
    outputs,
    checks: await readChecks(automation.checks),
  };
}

async function readChecks(
  declared: (typeof example.automations)[number]["checks"],
): Promise<readonly Check[]> {
  const settings = declared.flatMap((entry) =>
    typeof entry === "string" ? checkFileSettings.parse(parsed(entry)).checks : [checkSettings.parse(entry)],
  );
  return Promise.all(settings.map((each) => prepareCheck(each, { ...noFiles, readFile: repositoryFile })));
}

function parsed(path: string): unknown {
  const document = parseSettings(path, repositoryFile(path));
  if (document.faults.length > 0) throw new Error(document.faults.map(({ message }) => message).join("\n"));
  return document.value;
}
