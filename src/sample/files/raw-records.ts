/**
 * Cuts a file into records at line breaks, from a byte offset on, without holding more than one record
 * and one chunk. For CSV a line break inside quotes does not end a record.
 */
import type { FileHandle } from "node:fs/promises";

const CHUNK_BYTES = 64 * 1024;
/** Longest record kept; the rest of a longer one is skipped. */
export const MAX_RECORD_BYTES = 5 * 1024 * 1024;

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** A record as bytes, and where it lies. */
export interface RawRecord {
  /** null: longer than the limit. */
  readonly bytes: Buffer | null;
  readonly size: number;
  /** Line of its first byte, from 1. */
  readonly line: number;
  readonly start: number;
  /** Offset after its line break. */
  readonly end: number;
  readonly nextLine: number;
  /** False: the file ended before the record did. */
  readonly ended: boolean;
}

/** Where to begin. */
interface RecordStart {
  readonly offset: number;
  readonly line: number;
}

/** Yields records up to the end of the file; the last one may be unfinished. */
export async function* rawRecords(
  file: FileHandle,
  from: RecordStart,
  delimiter: number | null,
): AsyncGenerator<RawRecord> {
  let open = begin(from.offset, from.line);
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let position = from.offset; ; ) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    let rest = Buffer.from(chunk.subarray(0, bytesRead));
    while (rest.length > 0) {
      const length = delimiter === null ? lineLength(rest) : csvLength(open, rest, delimiter);
      take(open, rest.subarray(0, length ?? rest.length));
      rest = rest.subarray(length ?? rest.length);
      if (length === null) continue;
      yield finish(open, true);
      open = begin(open.start + open.size, open.line + open.breaks);
    }
  }
  if (open.size > 0) yield finish(open, false);
}

interface OpenRecord {
  readonly start: number;
  readonly line: number;
  parts: Buffer[];
  size: number;
  breaks: number;
  /** How far a CSV reader is inside a field. */
  field: "start" | "plain" | "quoted" | "after-quote";
}

function begin(start: number, line: number): OpenRecord {
  return { start, line, parts: [], size: 0, breaks: 0, field: "start" };
}

function take(open: OpenRecord, bytes: Buffer): void {
  open.size += bytes.length;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) open.breaks += 1;
  if (open.size <= MAX_RECORD_BYTES) open.parts.push(bytes);
  else open.parts = [];
}

function finish(open: OpenRecord, ended: boolean): RawRecord {
  return {
    bytes: open.size > MAX_RECORD_BYTES ? null : Buffer.concat(open.parts),
    size: open.size,
    line: open.line,
    start: open.start,
    end: open.start + open.size,
    nextLine: open.line + open.breaks,
    ended,
  };
}

function lineLength(bytes: Buffer): number | null {
  const at = bytes.indexOf(LINE_FEED);
  return at < 0 ? null : at + 1;
}

// RFC 4180, with one leniency: a quote inside an unquoted field (5" screen) is an ordinary character.
function csvLength(open: OpenRecord, bytes: Buffer, delimiter: number): number | null {
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (open.field === "quoted") {
      if (byte === QUOTE) open.field = "after-quote";
    } else if (byte === QUOTE && open.field !== "plain") open.field = "quoted";
    else if (byte === LINE_FEED) return index + 1;
    else open.field = byte === delimiter ? "start" : "plain";
  }
  return null;
}
