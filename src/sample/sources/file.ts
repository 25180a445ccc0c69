/**
 * Reads outputs from files: JSONL, a JSON list, CSV. Follows what is appended, and a file that is rotated
 * (renamed, or copied and truncated) to its end before the new one; compressed files are not opened, so
 * rotate with delaycompress.
 */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { SourceError } from "../../domain/errors.js";
import type { Aside, ForeignRow, OutputDraft } from "../../domain/output.js";
import { pathSetting } from "../../text/setting-types.js";
import { expandGlob, isGlob, isMissing } from "../files/glob.js";
import { findPlaces, freshPlace, type Place, placeSchema, withHead } from "../files/place.js";
import { listReader, type ReadList } from "../files/read-list.js";
import { type FilePage, readPage } from "../files/read-page.js";
import { newestOf } from "../map-records.js";
import { type Mapping, setAside } from "../mapping.js";
import { defineSourceType, type SourceRead, type SourceRequest } from "../source.js";

/** A CSV file that nobody has touched for so long is finished, and so is one that was renamed so long ago. */
const QUIET_MS = 10 * 60_000;
const SCAN_PAGE = 500;

const settings = z.strictObject({
  path: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe(
      "File or pattern (*, **, ?), or a list of them, read in this order; relative to the configuration file",
    ),
  format: z
    .enum(["jsonl", "json", "csv"])
    .optional()
    .describe(
      "jsonl: one record a line; json: one list; csv: a header line, then rows. By default as the name ends",
    ),
  items: pathSetting.optional().describe("json only: where the list of records lies in the document"),
  times: z
    .enum(["as-is", "end-now"])
    .default("as-is")
    .describe(
      "end-now replays an old export as if its newest record had just arrived: every time moves by the same amount, fixed at the first reading",
    ),
  complete: z
    .boolean()
    .default(false)
    .describe(
      "Nothing more will be appended: no silence is reported, and a last line without line break counts",
    ),
});

type FileSettings = z.infer<typeof settings>;

const cursorSchema = z.strictObject({ shiftMs: z.number().nullable(), files: z.array(placeSchema) });

type Cursor = z.infer<typeof cursorSchema>;

interface Reading {
  readonly settings: FileSettings;
  readonly baseDir: string;
  readonly map: Mapping;
  readonly readList: ReadList;
  readonly request: SourceRequest;
}

/** Outputs in files. */
export const file = defineSourceType({
  type: "file",
  settings,
  prepare: (checked, ports, map) => {
    const readList = listReader();
    return {
      read: (request) => readFiles({ settings: checked, baseDir: ports.baseDir, map, readList, request }),
    };
  },
});

async function readFiles(reading: Reading): Promise<SourceRead> {
  const { request, baseDir } = reading;
  const parsed = cursorSchema.safeParse(request.cursor);
  const stored: Cursor = parsed.success ? parsed.data : { shiftMs: null, files: [] };
  const { paths, missing } = await listPaths(reading);
  const { places, lost } = await findPlaces(stored.files, paths, baseDir, request.now);
  if (missing !== null && !places.some((place) => place.retiredAt !== null)) {
    throw new SourceError(
      "file-missing",
      `${missing}: there is no such file${folderHint(missing, reading.baseDir)}`,
      {
        retryable: true,
      },
    );
  }
  const shiftMs = stored.shiftMs ?? (await measureShift(reading, paths));
  const outputs: OutputDraft[] = [];
  const asides: Aside[] = lost.map((place) =>
    setAside(place.path, `went away before its end was read (from byte ${place.offset} on)`, ""),
  );
  const foreign: ForeignRow[] = [];
  const kept: Place[] = [];
  let left = request.limit;
  for (const place of places) {
    if (left <= 0) {
      if (place.offset > 0 || place.retiredAt !== null) kept.push(place);
      continue;
    }
    // A writer may go on in a renamed file for a while.
    const leaving = place.retiredAt !== null && request.now - place.retiredAt > QUIET_MS;
    const page = await readOne(reading, place, left, leaving);
    left -= page.found.length;
    mapPage(page, reading.map, shiftMs ?? 0, { outputs, asides, foreign });
    const after = page.place.version === null ? await withHead(page.place, baseDir) : page.place;
    if (!(leaving && after.atEnd && page.found.length === 0)) kept.push(after);
  }
  return { outputs, asides, foreign, cursor: { shiftMs, files: kept }, more: left <= 0 };
}

function folderHint(path: string, baseDir: string): string {
  const isFolder = statSync(resolve(baseDir, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? `, it is a folder; for the files in it write "${path.replace(/\/+$/, "")}/*.jsonl"` : "";
}

async function listPaths(reading: Reading): Promise<{ paths: readonly string[]; missing: string | null }> {
  const patterns = patternsOf(reading.settings);
  const lists = await Promise.all(patterns.map((pattern) => expandGlob(pattern, reading.baseDir)));
  const missing = patterns.find((pattern, index) => !isGlob(pattern) && lists[index]?.length === 0);
  const paths = [...new Set(lists.flat())];
  // Once files have been read, an emptied folder is no fault; before, it is most likely a wrong path.
  if (paths.length === 0 && missing === undefined && reading.request.cursor === null) {
    throw new SourceError("file-missing", `${patterns.join(", ")}: no file matches`, { retryable: true });
  }
  return { paths, missing: missing ?? null };
}

function patternsOf({ path }: FileSettings): readonly string[] {
  return typeof path === "string" ? [path] : path;
}

async function readOne(reading: Reading, place: Place, limit: number, leaving: boolean): Promise<FilePage> {
  const { baseDir, request } = reading;
  const format = reading.settings.format ?? formatOf(place.path);
  try {
    if (format === "json") {
      const items = reading.settings.items ?? null;
      const named = patternsOf(reading.settings).includes(place.path);
      return await reading.readList({ place, items, limit, baseDir, named, signal: request.signal });
    }
    const final = reading.settings.complete || leaving;
    return await readPage({
      place,
      format,
      limit,
      final,
      quietBefore: request.now - QUIET_MS,
      baseDir,
      signal: request.signal,
    });
  } catch (thrown) {
    // Rotated away between listing and opening: the next reading finds it under its new name.
    if (isMissing(thrown)) return { found: [], place: { ...place, atEnd: false } };
    if (thrown instanceof SourceError) throw thrown;
    throw new SourceError("file-refused", `${place.path}: cannot be read`, {
      retryable: true,
      cause: thrown,
    });
  }
}

function formatOf(path: string): "jsonl" | "json" | "csv" {
  const ending = /\.(jsonl|ndjson|json|csv|tsv)(?=\.|$)/i.exec(path)?.[1]?.toLowerCase();
  if (ending === "jsonl" || ending === "ndjson") return "jsonl";
  if (ending === "csv" || ending === "tsv") return "csv";
  if (ending === "json") return "json";
  throw new SourceError("file-format", `${path}: the name tells no format; set format to jsonl, json or csv`);
}

function mapPage(
  page: FilePage,
  map: Mapping,
  shiftMs: number,
  into: { readonly outputs: OutputDraft[]; readonly asides: Aside[]; readonly foreign: ForeignRow[] },
): void {
  const { outputs, asides, foreign } = into;
  for (const entry of page.found) {
    if (entry.kind === "aside") {
      asides.push(entry.aside);
      continue;
    }
    const mapped = map(entry.record, entry.where, { position: entry.position });
    if (mapped.kind === "aside") asides.push(mapped.aside);
    if (mapped.kind === "foreign") foreign.push(mapped.foreign);
    if (mapped.kind === "output") {
      const { at } = mapped.output;
      outputs.push(at === null ? mapped.output : { ...mapped.output, at: at + shiftMs });
    }
  }
}

// One pass over everything there is, page by page; null while no record has told a time.
async function measureShift(reading: Reading, paths: readonly string[]): Promise<number | null> {
  if (reading.settings.times === "as-is") return 0;
  let newestAt: number | null = null;
  for (const path of paths) {
    for (let place = freshPlace(path); !place.atEnd; ) {
      const page = await readOne(reading, place, SCAN_PAGE, false);
      if (page.found.length === 0) break;
      place = page.place;
      const outputs: OutputDraft[] = [];
      mapPage(page, reading.map, 0, { outputs, asides: [], foreign: [] });
      newestAt = newestOf(outputs, newestAt);
    }
  }
  return newestAt === null ? null : reading.request.now - newestAt;
}
