import { CsvError, parse } from "csv-parse/sync";
import type { Json } from "../../domain/json.js";
import { parseJson } from "../../text/parse-json.js";

/** One record read from text, or what is wrong with it. */
export type ParsedRecord =
  | { readonly ok: true; readonly record: Json }
  | { readonly ok: false; readonly reason: string };

/** One line of JSONL. */
export function parseLine(text: string): ParsedRecord {
  const parsed = parseJson(text);
  return parsed.ok ? { ok: true, record: parsed.value } : { ok: false, reason: parsed.reason };
}

/** What a CSV file's first line says. */
export interface CsvHeader {
  readonly delimiter: string;
  /** The column names, or what is wrong with the line. */
  readonly names: readonly string[] | string;
}

/** Reads the header line; the delimiter is the comma, semicolon or tab that occurs most in it. */
export function readHeader(line: string): CsvHeader {
  const bare = line.replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t"].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  const { delimiter } = counts.reduce((best, next) => (next.count > best.count ? next : best));
  return { delimiter, names: csvCells(line, delimiter) };
}

/** One CSV record under its header line; every value is text. */
export function parseCsvRecord(text: string, header: CsvHeader): ParsedRecord {
  const { names, delimiter } = header;
  const cells = csvCells(text, delimiter);
  if (typeof names === "string") return { ok: false, reason: `the header line ${names}` };
  if (typeof cells === "string") return { ok: false, reason: cells };
  if (cells.length !== names.length) {
    return { ok: false, reason: `has ${cells.length} cells, the header has ${names.length}` };
  }
  return {
    ok: true,
    record: Object.fromEntries(names.map((name, index) => [name.trim(), cells[index] ?? ""])),
  };
}

function csvCells(text: string, delimiter: string): readonly string[] | string {
  try {
    const rows = parse(text, { delimiter, relax_quotes: true, relax_column_count: true, max_record_size: 0 });
    return rows[0] ?? "is empty";
  } catch (thrown) {
    if (!(thrown instanceof CsvError)) throw thrown;
    return thrown.code === "CSV_QUOTE_NOT_CLOSED" ? "opens a quote that never closes" : "is not CSV";
  }
}
