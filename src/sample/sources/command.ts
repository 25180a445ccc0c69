/**
 * Reads outputs that a program prints: JSONL, or one JSON document. No shell; `{since}` and `{cursor}` in
 * the arguments carry how far the last reading came. Its standard error never enters a message.
 */
import { z } from "zod";
import { SourceError } from "../../domain/errors.js";
import type { Json } from "../../domain/json.js";
import type { Aside } from "../../domain/output.js";
import type { CommandResult } from "../../domain/ports.js";
import { compilePath } from "../../text/json-path.js";
import { textOfJson } from "../../text/json-value.js";
import { parseJson } from "../../text/parse-json.js";
import {
  durationMs,
  durationSetting,
  fillSecrets,
  pathSetting,
  programSettings,
} from "../../text/setting-types.js";
import { absolutePath } from "../files/place.js";
import { listItems } from "../items.js";
import { mapRecords, newestOf } from "../map-records.js";
import { type Mapping, setAside } from "../mapping.js";
import { firstPass, passSchema, takeRecords } from "../passes.js";
import { defineSourceType, type SourcePorts, type SourceRead, type SourceRequest } from "../source.js";

const settings = z.strictObject({
  argv: z
    .array(z.string())
    .min(1)
    .describe("Program and arguments, without a shell; {since} (ISO time) and {cursor} are filled in"),
  ...programSettings,
  items: pathSetting.optional().describe("Where the records lie when it prints one JSON document"),
  cursor: pathSetting
    .optional()
    .describe("Where a record holds what {cursor} becomes: the last record's counts"),
  overlap: durationSetting.default("5m").describe("How far {since} reaches back behind the newest record"),
  maxBytes: z
    .number()
    .int()
    .positive()
    .max(50_000_000)
    .default(5_242_880)
    .describe("Most it may print, in bytes"),
});

type CommandSettings = z.infer<typeof settings>;

const cursorSchema = z.strictObject({
  sinceAt: z.number(),
  token: z.string(),
  newestAt: z.number().nullable(),
  pass: passSchema,
});

/** Outputs that a program prints. */
export const command = defineSourceType({
  type: "command",
  settings,
  prepare: (checked, ports, map) => ({ read: (request) => readCommand(checked, ports, map, request) }),
});

async function readCommand(
  checked: CommandSettings,
  ports: SourcePorts,
  map: Mapping,
  request: SourceRequest,
): Promise<SourceRead> {
  const stored = cursorSchema.safeParse(request.cursor);
  const cursor = stored.success ? stored.data : { sinceAt: 0, token: "", newestAt: null, pass: firstPass };
  const program = checked.argv[0] ?? "";
  const result = await ports.command.run({
    argv: checked.argv.map((word) => fillIn(word, cursor)),
    cwd: absolutePath(checked.folder, ports.baseDir),
    environment: fillSecrets(checked.environment, ports.secret),
    timeoutMs: durationMs(checked.timeout),
    maxBytes: checked.maxBytes,
    signal: request.signal,
  });
  const printed = readPrinted(result, program, checked.items ?? null);
  const taken = takeRecords(printed.records, cursor.pass, request.limit);
  const mapped = mapRecords(taken.fresh, map, program);
  const newestAt = newestOf(mapped.outputs, cursor.newestAt);
  const next = taken.finished
    ? {
        sinceAt: newestAt === null ? cursor.sinceAt : Math.max(0, newestAt - durationMs(checked.overlap)),
        token: lastToken(checked.cursor, printed.records) ?? cursor.token,
      }
    : { sinceAt: cursor.sinceAt, token: cursor.token };
  return {
    outputs: mapped.outputs,
    asides: [...(taken.finished ? printed.asides : []), ...mapped.asides],
    foreign: mapped.foreign,
    cursor: { ...next, newestAt, pass: taken.pass },
    more: !taken.finished,
  };
}

function fillIn(word: string, cursor: { sinceAt: number; token: string }): string {
  return word
    .replaceAll("{since}", () => new Date(cursor.sinceAt).toISOString())
    .replaceAll("{cursor}", () => cursor.token);
}

function lastToken(path: string | undefined, records: readonly Json[]): string | null {
  const last = records.at(-1);
  if (path === undefined || last === undefined) return null;
  const value = compilePath(path).select(last)[0]?.value ?? null;
  return value === null ? null : textOfJson(value);
}

function readPrinted(
  result: CommandResult,
  program: string,
  items: string | null,
): { records: readonly Json[]; asides: readonly Aside[] } {
  if (result.exitCode !== 0) {
    throw new SourceError("source-unavailable", `${program}: ended with exit code ${result.exitCode}`, {
      retryable: true,
    });
  }
  if (result.stdout.trim() === "") return { records: [], asides: [] };
  const whole = parseJson(result.stdout);
  const list = whole.ok ? listItems(whole.value, items) : null;
  if (list !== null) return { records: list, asides: [] };
  if (items !== null) {
    throw new SourceError("source-body", `${program}: printed no JSON document with a list at ${items}`);
  }
  return readLines(result.stdout, program);
}

function readLines(text: string, program: string): { records: readonly Json[]; asides: readonly Aside[] } {
  const records: Json[] = [];
  const asides: Aside[] = [];
  text.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const parsed = parseJson(line);
    if (parsed.ok) records.push(parsed.value);
    else asides.push(setAside(`${program}:${index + 1}`, parsed.reason, line));
  });
  if (records.length === 0) {
    throw new SourceError("source-body", `${program}: printed neither JSON nor lines of JSON`);
  }
  return { records, asides };
}
