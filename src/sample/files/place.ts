/**
 * Recognises files by how they begin, so that a reading continues in the right one after a rename, a
 * truncation or a replacement under the same name. Places of the last reading and the files of this one
 * enter; what to read from where leaves.
 */
import { createHash } from "node:crypto";
import { open, readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { SourceError } from "../../domain/errors.js";
import { isMissing } from "./glob.js";

const HEAD_BYTES = 1_024;
const MAX_SIBLINGS = 1_000;

/** How far one file has been read. */
export const placeSchema = z.strictObject({
  path: z.string(),
  /** Bytes taken; for a JSON list, records taken. */
  offset: z.number().int().nonnegative(),
  line: z.number().int().positive(),
  /** Hash of the first `headBytes` bytes. */
  head: z.string(),
  headBytes: z.number().int().nonnegative(),
  /** First line of a CSV file. */
  header: z.string().nullable(),
  /** Size and time of change of a JSON list when it was last parsed. */
  version: z.string().nullable(),
  /** Whether everything there had been taken. */
  atEnd: z.boolean(),
  /** Since when it is under no name the settings list: read to its end, later forgotten. */
  retiredAt: z.number().nullable(),
});

/** How far one file has been read. */
export type Place = z.infer<typeof placeSchema>;

/** The beginning of a file nobody has read. */
export function freshPlace(path: string): Place {
  return {
    path,
    offset: 0,
    line: 1,
    head: "",
    headBytes: 0,
    header: null,
    version: null,
    atEnd: false,
    retiredAt: null,
  };
}

/** What to read, in order, and the files that went away unread. */
export interface Places {
  readonly places: readonly Place[];
  readonly lost: readonly Place[];
}

/** Joins the places of the last reading with the files that are there now. */
export async function findPlaces(
  known: readonly Place[],
  paths: readonly string[],
  baseDir: string,
  now: number,
): Promise<Places> {
  const unmoved = new Map<string, Place>();
  const moved: Place[] = [];
  for (const place of known) {
    const stays =
      (place.retiredAt !== null || paths.includes(place.path)) &&
      (await isSameFile(place, place.path, baseDir));
    if (stays) unmoved.set(place.path, place);
    else moved.push(place);
  }
  const lost: Place[] = [];
  for (const place of moved) {
    const path = await newPathOf(place, paths, unmoved, baseDir);
    if (path !== null)
      unmoved.set(path, {
        ...place,
        path,
        retiredAt: paths.includes(path) ? null : (place.retiredAt ?? now),
      });
    else if (!place.atEnd) lost.push(place);
  }
  // A file under a new name is older than what is now under its old one: it goes first.
  const movedPaths = [...unmoved.values()].filter(
    (place) => !known.includes(place) || place.retiredAt !== null,
  );
  const rest = paths.filter((path) => !movedPaths.some((place) => place.path === path));
  return { places: [...movedPaths, ...rest.map((path) => unmoved.get(path) ?? freshPlace(path))], lost };
}

/** The place after reading, with the file's beginning as it is known by now. */
export async function withHead(place: Place, baseDir: string): Promise<Place> {
  const headBytes = Math.min(HEAD_BYTES, place.offset);
  if (headBytes === place.headBytes) return place;
  return { ...place, headBytes, head: await hashHead(place.path, headBytes, baseDir) };
}

// Renamed (log.jsonl to log.jsonl.1) or copied before a truncation: a neighbour whose name begins alike.
async function newPathOf(
  place: Place,
  paths: readonly string[],
  taken: ReadonlyMap<string, Place>,
  baseDir: string,
): Promise<string | null> {
  if (place.headBytes === 0) return null;
  const listed = paths.filter((path) => !taken.has(path) && path !== place.path);
  const neighbours = (await neighboursOf(place.path, baseDir)).filter((path) => !paths.includes(path));
  for (const path of [...listed, ...neighbours.filter((neighbour) => !taken.has(neighbour))]) {
    if (await isSameFile(place, path, baseDir)) return path;
  }
  return null;
}

async function neighboursOf(path: string, baseDir: string): Promise<readonly string[]> {
  const stem = basename(path).split(".")[0] ?? "";
  const folder = dirname(path);
  try {
    const names = await readdir(absolutePath(folder, baseDir));
    return names
      .filter((name) => name.startsWith(stem) && name !== basename(path))
      .slice(0, MAX_SIBLINGS)
      .map((name) => join(folder, name));
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

async function isSameFile(place: Place, path: string, baseDir: string): Promise<boolean> {
  try {
    const found = await stat(absolutePath(path, baseDir));
    // A JSON list is written anew each time; its own prefix is compared where it is read.
    if (!found.isFile()) return false;
    if (place.version !== null) return path === place.path;
    return found.size >= place.offset && (await hashHead(path, place.headBytes, baseDir)) === place.head;
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw new SourceError("file-refused", `${path}: cannot be read`, { retryable: true, cause: thrown });
  }
}

async function hashHead(path: string, bytes: number, baseDir: string): Promise<string> {
  if (bytes === 0) return "";
  const file = await open(absolutePath(path, baseDir), "r");
  try {
    const head = Buffer.alloc(bytes);
    const { bytesRead } = await file.read(head, 0, bytes, 0);
    return createHash("sha256").update(head.subarray(0, bytesRead)).digest("hex").slice(0, 32);
  } finally {
    await file.close();
  }
}

/** Where a path of the settings lies. */
export function absolutePath(path: string, baseDir: string): string {
  return isAbsolute(path) ? path : join(baseDir, path);
}
