import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { parseSettings, type SettingsDocument } from "../config/document.js";
import { formatFaults } from "../config/fault.js";
import { besideFile, readText } from "../config/text-files.js";
import { KnownError } from "../domain/errors.js";
import { isJsonObject, type Json } from "../domain/json.js";
import type { ImportSource, LocalFile, Place } from "../import/imported.js";
import { isJson } from "../text/json-value.js";

/** Largest file that is read, in bytes. */
const mostBytes = 50 * 1024 * 1024;
/** Larger documents are named without a line: finding it needs a second, slower parser. */
const mostCharactersWithLines = 4_000_000;

/** Files of an import, each read once. */
export interface ImportFiles {
  /** The document itself; throws KnownError with line and fault where it cannot be read. */
  readonly open: (path: string) => ImportSource;
  /** `promptfooconfig.yaml:12`. */
  readonly placeOf: (place: Place) => string;
}

/** Makes the reader of an import. */
export function createImportFiles(): ImportFiles {
  const texts = new Map<string, string>();
  const documents = new Map<string, SettingsDocument>();
  const textOf = (file: string): LocalFile | string => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const read = readText(file, (path) => {
      if (statSync(path).size > mostBytes) throw new Error(`larger than ${mostBytes / 1024 / 1024} MB`);
      return readFileSync(path, "utf8");
    });
    if (!read.ok) return { ok: false, reason: read.reason };
    texts.set(file, read.text);
    return read.text;
  };
  const read = (file: string): LocalFile => {
    const text = textOf(file);
    return typeof text === "string" ? valueOfFile(file, text) : text;
  };
  return {
    open: (path) => {
      const found = read(path);
      if (!found.ok)
        throw new KnownError(
          "import-unreadable",
          found.reason.startsWith(path) ? found.reason : `${path}: ${found.reason}`,
        );
      return { file: path, value: found.value, read: (reference) => readReference(path, reference, read) };
    },
    placeOf: (place) => {
      if (place.line !== null) return `${place.file}:${place.line}`;
      const text = texts.get(place.file) ?? "";
      if (place.path.length === 0 || text.length > mostCharactersWithLines || /\.jsonl$/i.test(place.file))
        return place.file;
      const document = documents.get(place.file) ?? parseSettings(place.file, text);
      documents.set(place.file, document);
      return document.faults.length > 0
        ? place.file
        : `${place.file}:${document.faultAtKey(place.path, "").line}`;
    },
  };
}

/** Only files of this computer are followed. */
function readReference(from: string, reference: string, read: (file: string) => LocalFile): LocalFile {
  const path = reference.replace(/^file:\/\//, "");
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return { ok: false, reason: "it is not a file of this computer" };
  if (/[*?{}[\]]/.test(path))
    return { ok: false, reason: "it names several files by a pattern; import them one by one" };
  if (!readable.has(extname(path).toLowerCase())) {
    return {
      ok: false,
      reason: `it is a program or another kind of file; ${[...readable].join(", ")} are read`,
    };
  }
  return read(besideFile(from, path));
}

const readable: ReadonlySet<string> = new Set([".yaml", ".yml", ".json", ".jsonl", ".csv", ".txt", ".md"]);

function valueOfFile(file: string, text: string): LocalFile {
  switch (extname(file).toLowerCase()) {
    case ".txt":
    case ".md":
      return { ok: true, file, value: text.replace(/\r?\n$/, ""), lines: null };
    case ".csv":
      return rowsOf(file, text);
    case ".jsonl":
      return linesOf(file, text);
    default:
      return documentOf(file, text);
  }
}

function documentOf(file: string, text: string): LocalFile {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (isJson(value)) return { ok: true, file, value, lines: null };
  } catch {
    // YAML, or JSON with comments or a fault: the other parser tells
  }
  const { value, faults } = parseSettings(file, text);
  if (faults.length > 0) return { ok: false, reason: formatFaults(file, faults, "nothing was imported") };
  const checked = z.json().safeParse(value);
  return checked.success
    ? { ok: true, file, value: checked.data, lines: null }
    : { ok: false, reason: "holds a value that is no JSON, such as .nan" };
}

function rowsOf(file: string, text: string): LocalFile {
  try {
    const options = {
      columns: true,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    };
    const rows: readonly { record: Record<string, string>; info: { lines: number } }[] = z
      .array(row)
      .parse(parse(text, options));
    return {
      ok: true,
      file,
      value: rows.map(({ record }) => record),
      lines: rows.map(({ info }) => info.lines),
    };
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    return { ok: false, reason: thrown.message };
  }
}

const row = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) });

function linesOf(file: string, text: string): LocalFile {
  const values: Json[] = [];
  const lines: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (line.trim() === "") continue;
    const parsed = jsonObject(line);
    if (parsed === null)
      return { ok: false, reason: `${file}:${index + 1}: is no JSON object; expected one in each line` };
    values.push(parsed);
    lines.push(index + 1);
  }
  return { ok: true, file, value: values, lines };
}

function jsonObject(line: string): Json | null {
  try {
    const value: unknown = JSON.parse(line);
    return isJson(value) && isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
