/**
 * Reads the next records of one JSONL or CSV file. Its place enters, records and records set aside leave
 * with the place after them. A record that cannot be read never stops the ones after it; a half-written
 * last line stays where it is until it is whole.
 */
import { open } from "node:fs/promises";
import { SourceError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import type { Aside } from "../../domain/output.js";
import { setAside } from "../mapping.js";
import { type Decoded, decodeRecord, showBytes } from "./decode.js";
import { type CsvHeader, type ParsedRecord, parseCsvRecord, parseLine, readHeader } from "./parse-record.js";
import { absolutePath, type Place } from "./place.js";
import { MAX_RECORD_BYTES, type RawRecord, rawRecords } from "./raw-records.js";

/** A record of a file, or one set aside. */
export type FileRecord =
  | { readonly kind: "record"; readonly record: Json; readonly where: string; readonly position: string }
  | { readonly kind: "aside"; readonly aside: Aside };

/** What to read. */
export interface PageRequest {
  readonly place: Place;
  readonly format: "jsonl" | "csv";
  readonly limit: number;
  /** True when nothing will be appended: an unfinished last record is then all there is of it. */
  readonly final: boolean;
  /** A CSV file untouched since then is taken as finished, though its last row has no line break. */
  readonly quietBefore: number;
  readonly baseDir: string;
  readonly signal: AbortSignal;
}

/** What was read, and how far. */
export interface FilePage {
  readonly found: readonly FileRecord[];
  readonly place: Place;
}

/** Reads at most `limit` records from the place on. */
export async function readPage(asked: PageRequest): Promise<FilePage> {
  const file = await open(absolutePath(asked.place.path, asked.baseDir), "r");
  const quiet = asked.format === "csv" && (await file.stat()).mtimeMs < asked.quietBefore;
  const request: PageRequest = { ...asked, final: asked.final || quiet };
  const found: FileRecord[] = [];
  let place: Place = { ...request.place, atEnd: false };
  try {
    for (let going = true; going; ) {
      going = false;
      const header = place.header === null ? null : readHeader(place.header);
      const quoted = request.format === "csv" ? (header?.delimiter ?? ",").charCodeAt(0) : null;
      for await (const raw of rawRecords(file, { offset: place.offset, line: place.line }, quoted)) {
        if (request.signal.aborted) throw cancelled(place);
        const step = takeRecord(raw, place, header, request);
        if (step.kind === "wait") return { found, place: { ...place, atEnd: true } };
        place = step.place;
        if (step.found !== null) found.push(step.found);
        if (found.length >= request.limit) return { found, place };
        if (step.kind === "reread") {
          going = true;
          break;
        }
      }
    }
    return { found, place: { ...place, atEnd: true } };
  } finally {
    await file.close();
  }
}

type Step =
  | { readonly kind: "wait" }
  | { readonly kind: "taken" | "reread"; readonly place: Place; readonly found: FileRecord | null };

function takeRecord(raw: RawRecord, place: Place, header: CsvHeader | null, request: PageRequest): Step {
  const where = `${place.path}:${raw.line}`;
  const after: Place = { ...place, offset: raw.end, line: raw.nextLine };
  const aside = (reason: string): FileRecord => ({
    kind: "aside",
    aside: setAside(where, reason, raw.bytes === null ? "" : showBytes(raw.bytes)),
  });
  if (raw.bytes === null) {
    const tooLong = `is ${raw.size} bytes long; at most ${MAX_RECORD_BYTES} are read`;
    return raw.ended || request.final
      ? { kind: "taken", place: after, found: aside(tooLong) }
      : { kind: "wait" };
  }
  const decoded = decodeRecord(raw.bytes);
  if (decoded.ok && decoded.text.trim() === "") return { kind: "taken", place: after, found: null };
  if (request.format === "csv" && header === null) return takeHeader(raw, decoded, after, request, aside);
  const parsed = decoded.ok ? parseRecord(decoded.text, header) : decoded;
  if (!raw.ended && !request.final && !isWholeWithoutBreak(parsed, request.format)) return { kind: "wait" };
  if (parsed.ok) {
    const position = `${place.path}@${raw.start}`;
    return { kind: "taken", place: after, found: { kind: "record", record: parsed.record, where, position } };
  }
  const lineBreak = raw.bytes.indexOf("\n");
  if (request.format === "csv" && !raw.ended && lineBreak >= 0) {
    // An open quote swallowed the lines after it: give up this line only.
    const next: Place = { ...place, offset: raw.start + lineBreak + 1, line: raw.line + 1 };
    return { kind: "reread", place: next, found: aside(parsed.reason) };
  }
  return { kind: "taken", place: after, found: aside(parsed.reason) };
}

function takeHeader(
  raw: RawRecord,
  decoded: Decoded,
  after: Place,
  request: PageRequest,
  aside: (reason: string) => FileRecord,
): Step {
  if (!raw.ended && !request.final) return { kind: "wait" };
  if (!decoded.ok) return { kind: "taken", place: after, found: aside(`the header line ${decoded.reason}`) };
  // The delimiter is only known now: what follows has to be cut with it.
  return { kind: "reread", place: { ...after, header: decoded.text }, found: null };
}

function parseRecord(text: string, header: CsvHeader | null): ParsedRecord {
  return header === null ? parseLine(text) : parseCsvRecord(text, header);
}

// A line of JSON without its line break is whole once its object closes; a CSV row could still grow.
function isWholeWithoutBreak(parsed: ParsedRecord, format: "jsonl" | "csv"): boolean {
  return format === "jsonl" && parsed.ok && typeof parsed.record === "object" && parsed.record !== null;
}

function cancelled(place: Place): SourceError {
  return new SourceError("file-timeout", `${place.path}: reading was cancelled`, { retryable: true });
}
