import type { CheckPorts } from "../check/check-type.js";
import { ConfigError, KnownError } from "../domain/errors.js";
import { found } from "./setting-values.js";
import { besideFile, type ReadFile, readText } from "./text-files.js";

/** What checks need of the files beside them. */
export interface FilePorts {
  /** The text of a file; throws as node:fs does. */
  readonly readFile: ReadFile;
  /** Changes when a file does, such as its size and time of change; throws nothing. */
  readonly stampOf: (path: string) => string;
  /** The values of a column in a SQLite file. Throws KnownError. */
  readonly readColumn: (
    path: string,
    place: { readonly table: string; readonly column: string },
  ) => readonly string[];
}

/** The files that a check names, seen from the file that declares it. */
export function checkPortsBeside(file: string, ports: FilePorts): CheckPorts {
  const readFile = (relative: string) => {
    const text = readText(besideFile(file, relative), ports.readFile);
    if (text.ok) return text.text;
    throw new ConfigError("file-unreadable", `${found(relative)}: ${text.reason}`);
  };
  return {
    readFile,
    followFile: (relative) => {
      const path = besideFile(file, relative);
      return followed(
        () => ports.stampOf(path),
        () => readFile(relative),
      );
    },
    followColumn: (relative, place) => {
      const path = besideFile(file, relative);
      // In WAL mode changes wait beside the database.
      const stamp = () => `${ports.stampOf(path)} ${ports.stampOf(`${path}-wal`)}`;
      return followed(stamp, () => {
        const text = readable(path, relative, ports);
        try {
          return ports.readColumn(path, place);
        } catch (thrown) {
          if (!(thrown instanceof KnownError)) throw thrown;
          throw new ConfigError(thrown.code, `${text} ${thrown.message}`, { cause: thrown });
        }
      });
    },
  };
}

/** Reads at once, and again whenever the stamp is another; what could not be read is tried again each time. */
function followed<Content>(stampOf: () => string, read: () => Content): () => Content {
  let stamp = stampOf();
  let content = read();
  return () => {
    const now = stampOf();
    if (now !== stamp) {
      content = read();
      stamp = now;
    }
    return content;
  };
}

/** The name as messages give it; refuses a file that is not there in the words used for all files. */
function readable(path: string, relative: string, ports: FilePorts): string {
  if (ports.stampOf(path) !== "") return found(relative);
  throw new ConfigError("file-unreadable", `${found(relative)}: no such file`);
}
