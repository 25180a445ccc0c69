import type { CheckPorts } from "../../src/check/check-type.js";
import { prepareCheck } from "../../src/check/prepare.js";
import { checkSettings } from "../../src/check/settings.js";
import { type Asking, nobody } from "../../src/domain/asking.js";
import { ConfigError } from "../../src/domain/errors.js";
import { noDetails, type Output } from "../../src/domain/output.js";
import type { Verdict } from "../../src/domain/verdict.js";
import { createScriptRunner } from "../../src/platform/script-runner.js";
import { parseStructured } from "../../src/text/parse-json.js";

/** An output with nothing but its text; `fields` as a source would set it. */
export function anOutput(text: string, more: Partial<Output> = {}): Output {
  return {
    id: "o-1",
    at: Date.UTC(2026, 10, 17, 14),
    text,
    fields: parseStructured(text),
    ...noDetails,
    ...more,
  };
}

function noSuchFile(path: string): never {
  throw new ConfigError("file", `${path}: no such file`);
}

/** No files; scripts are allowed. */
export const noFiles: CheckPorts = {
  readFile: noSuchFile,
  followFile: noSuchFile,
  followColumn: noSuchFile,
  scripts: createScriptRunner(),
};

/** These files alone, as they are when asked. */
export function theseFiles(files: Readonly<Record<string, string>>): CheckPorts {
  const readFile = (path: string) => files[path] ?? noSuchFile(path);
  return {
    ...noFiles,
    readFile,
    followFile: (path) => {
      readFile(path);
      return () => readFile(path);
    },
  };
}

/** The verdict of one declared check, through settings and preparation as in a run. */
export async function judge(
  declared: Readonly<Record<string, unknown>>,
  output: Output | string,
  ports: CheckPorts = noFiles,
  asking: Asking = nobody,
): Promise<Verdict> {
  const check = await prepareCheck(checkSettings.parse({ id: "under-test", ...declared }), ports);
  return check.judge(typeof output === "string" ? anOutput(output) : output, asking);
}

/** Every fault that the settings of a check have. */
export function faultsOf(declared: unknown): readonly string[] {
  const parsed = checkSettings.safeParse(declared);
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}
