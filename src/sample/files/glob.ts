/**
 * Finds files by patterns: `*` and `?` within a name, `**` over folders. A relative or absolute pattern
 * enters, the files that exist leave, sorted by path. Names that begin with a dot need a dot in the
 * pattern; symbolic links to folders are not walked into by `**` (they may lead in a circle).
 */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { isAbsolute, join, parse, sep } from "node:path";
import { SourceError } from "../../domain/errors.js";

const MAX_FILES = 1_000;
const MAX_DEPTH = 32;

/** True when a pattern stands for more than one name. */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** The files a pattern matches, as paths relative to `baseDir` where the pattern is relative. */
export async function expandGlob(pattern: string, baseDir: string): Promise<readonly string[]> {
  const root = isAbsolute(pattern) ? parse(pattern).root : "";
  const segments = pattern
    .slice(root.length)
    .split(/[\\/]/)
    .filter((segment) => segment !== "" && segment !== ".");
  const found: string[] = [];
  await walk({ baseDir, segments, found, pattern }, root, 0, 0);
  return [...new Set(found)].sort();
}

interface Walk {
  readonly baseDir: string;
  readonly segments: readonly string[];
  readonly found: string[];
  readonly pattern: string;
}

async function walk(plan: Walk, folder: string, index: number, depth: number): Promise<void> {
  const segment = plan.segments[index];
  if (segment === undefined || depth > MAX_DEPTH) return;
  const isLast = index === plan.segments.length - 1;
  if (segment === "**") {
    await walk(plan, folder, isLast ? index : index + 1, depth + 1);
    for (const entry of await entries(plan, folder)) {
      if (entry.isDirectory() && !entry.name.startsWith(".")) {
        await walk(plan, join(folder, entry.name), index, depth + 1);
      } else if (isLast && entry.isFile() && !entry.name.startsWith(".")) add(plan, join(folder, entry.name));
    }
    return;
  }
  for (const name of await names(plan, folder, segment)) {
    const path = join(folder, name);
    if (!isLast) await walk(plan, path, index + 1, depth + 1);
    else if (await isFile(plan, path)) add(plan, path);
  }
}

async function names(plan: Walk, folder: string, segment: string): Promise<readonly string[]> {
  if (!isGlob(segment)) return [segment];
  const matches = namePattern(segment);
  return (await entries(plan, folder)).map((entry) => entry.name).filter((name) => matches.test(name));
}

function namePattern(segment: string): RegExp {
  const body = segment
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, "[^/]*")
    .replace(/\?/g, "[^/]");
  return new RegExp(`^${segment.startsWith(".") ? "" : "(?!\\.)"}${body}$`, "u");
}

async function entries(plan: Walk, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(absolute(plan, folder), { withFileTypes: true });
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw new SourceError("file-refused", `${folder || "."}: the folder cannot be read`, {
      retryable: true,
      cause: thrown,
    });
  }
}

async function isFile(plan: Walk, path: string): Promise<boolean> {
  try {
    return (await stat(absolute(plan, path))).isFile();
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw new SourceError("file-refused", `${path}: cannot be read`, { retryable: true, cause: thrown });
  }
}

function add(plan: Walk, path: string): void {
  plan.found.push(sep === "/" ? path : path.split(sep).join("/"));
  if (plan.found.length > MAX_FILES) {
    throw new SourceError(
      "file-too-many",
      `${plan.pattern}: matches more than ${MAX_FILES} files; move the finished ones away`,
    );
  }
}

function absolute(plan: Walk, path: string): string {
  return isAbsolute(path) ? path : join(plan.baseDir, path);
}

/** True when nothing lies at the path (any more). */
export function isMissing(thrown: unknown): boolean {
  return (
    thrown instanceof Error && "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR")
  );
}
