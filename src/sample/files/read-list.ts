/**
 * Reads the next records of a file that is one JSON list (or an object that holds one). Such a file is
 * parsed whole, up to a limit, and again only when it changed; a list that only grew continues where the
 * last reading ended, any other change is read from its beginning (known ids are recognised by the store).
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { SourceError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import { canonicalJson } from "../../text/json-value.js";
import { parseRecords } from "../../text/parse-json.js";
import { listItems } from "../items.js";
import { setAside } from "../mapping.js";
import { decodeRecord } from "./decode.js";
import { absolutePath, type Place } from "./place.js";
import type { FilePage, FileRecord } from "./read-page.js";

const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** What to read. */
export interface ListRequest {
  readonly place: Place;
  /** Path to the records; null: the document is the list. */
  readonly items: string | null;
  readonly limit: number;
  readonly baseDir: string;
  /** True: the configuration names this file, so that unreadable it makes the source blind; one of many is set aside. */
  readonly named: boolean;
  readonly signal: AbortSignal;
}

/** Reads at most `limit` records of a list from the place on. */
export type ReadList = (request: ListRequest) => Promise<FilePage>;

interface Parsed {
  readonly path: string;
  readonly version: string;
  readonly records: readonly Json[] | string;
}

/** A reader that parses a list once for all its pages, and lets it go at the end. */
export function listReader(): ReadList {
  let kept: Parsed | null = null;
  return async (request) => {
    const { place, signal } = request;
    if (signal.aborted) {
      throw new SourceError("file-timeout", `${place.path}: reading was cancelled`, { retryable: true });
    }
    const path = absolutePath(place.path, request.baseDir);
    const { size, mtimeMs } = await stat(path);
    const version = `${size}:${Math.round(mtimeMs)}`;
    if (version === place.version && place.atEnd) return { found: [], place };
    const parsed: Parsed =
      kept?.path === path && kept.version === version
        ? kept
        : { path, version, records: await recordsIn(path, size, request.items) };
    const page = pageOf(parsed, request);
    kept = page.place.atEnd ? null : parsed;
    return page;
  };
}

function pageOf({ version, records }: Parsed, { place, limit, named }: ListRequest): FilePage {
  if (typeof records === "string") {
    // a file that is just being written may be whole a moment later
    if (named) throw new SourceError("file-list", `${place.path}: ${records}`, { retryable: true });
    const aside: FileRecord = { kind: "aside", aside: setAside(place.path, records, "") };
    return { found: [aside], place: { ...place, version, atEnd: true } };
  }
  const continues = version === place.version || chain("", records.slice(0, place.offset)) === place.head;
  const from = continues ? place.offset : 0;
  const taken = records.slice(from, from + limit);
  const offset = from + taken.length;
  return {
    found: taken.map((record, index) => ({
      kind: "record",
      record,
      where: `${place.path}[${from + index}]`,
      position: `${place.path}@${from + index}`,
    })),
    place: {
      ...place,
      version,
      offset,
      head: chain(continues ? place.head : "", taken),
      atEnd: offset >= records.length,
    },
  };
}

async function recordsIn(
  path: string,
  size: number,
  items: string | null,
): Promise<readonly Json[] | string> {
  if (size > MAX_LIST_BYTES) return `is larger than ${MAX_LIST_BYTES} bytes; use JSONL`;
  const decoded = decodeRecord(await readFile(path));
  if (!decoded.ok) return decoded.reason;
  const parsed = parseRecords(decoded.text);
  if (!parsed.ok) return parsed.reason;
  return listItems(parsed.value, items) ?? "holds no list of records; say where it lies with items";
}

// Each record's hash covers those before it, so that a page need not hash the whole list again.
function chain(head: string, records: readonly Json[]): string {
  return records.reduce<string>(
    (before, record) =>
      createHash("sha256")
        .update(`${before}\n${canonicalJson(record)}`)
        .digest("hex")
        .slice(0, 32),
    head,
  );
}
