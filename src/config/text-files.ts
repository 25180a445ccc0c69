import { dirname, isAbsolute, join } from "node:path";
import { messageOf } from "../domain/errors.js";

/** Reads a text file; throws as node:fs does. */
export type ReadFile = (path: string) => string;

/** A file's text, or why there is none. */
export type TextRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly reason: string };

/** Reads a file and says in words why it cannot be read. */
export function readText(path: string, readFile: ReadFile): TextRead {
  try {
    return { ok: true, text: readFile(path) };
  } catch (thrown) {
    return { ok: false, reason: reasonOf(thrown) };
  }
}

/** A path as it is named in a file, seen from where that file is named from. */
export function besideFile(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

function reasonOf(thrown: unknown): string {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : null;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "no such file";
    case "EISDIR":
      return "is a folder";
    case "EACCES":
    case "EPERM":
      return "may not be read; check its permissions";
    default:
      return `cannot be read (${messageOf(thrown)})`;
  }
}
