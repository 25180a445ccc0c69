import { ConfigError } from "../domain/errors.js";
import type { CheckPorts } from "./check-type.js";

/** For checks that stand on their own: every file they ask for is missing, and no script runs. */
export const noFiles: CheckPorts = { readFile: missing, followFile: missing, followColumn: missing };

function missing(path: string): never {
  throw new ConfigError("file", `${path}: no such file`);
}
