/**
 * Reads what senders push: JSON (one record or a list), lines of JSON, or a form as Zapier and Make send
 * it. A body enters as text; records leave, and what could not be read with its reason. Keys such as
 * `__proto__` stay ordinary data or are set aside; nothing nests deeper than 64 levels.
 */
import type { Json } from "../domain/json.js";
import type { Aside, ForeignRow, OutputDraft } from "../domain/output.js";
import { isJsonList } from "../text/json-value.js";
import { parseJson, parseRecords } from "../text/parse-json.js";
import { readForm } from "./form.js";
import { type Mapping, setAside } from "./mapping.js";

const MAX_KEYS = 10_000;

/** What a body held. */
export interface PushBody {
  readonly records: readonly Json[];
  readonly asides: readonly Aside[];
  /** Forms leave empty values out, so an absent output is an empty one there. */
  readonly absentOutput: "aside" | "empty";
}

/** Reads a pushed body by its content type; without a usable one, as JSON. */
export function parsePushBody(body: string, contentType: string): PushBody {
  const type = (contentType.split(";")[0] ?? "").trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded") {
    const form = readForm(body);
    const asides = form.faults.map((fault) => setAside("body", fault, body));
    return { records: form.record === null ? [] : [form.record], asides, absentOutput: "empty" };
  }
  if (type === "multipart/form-data") {
    return refused("is multipart/form-data; send JSON, lines of JSON or a url-encoded form", "");
  }
  const isLines =
    type === "application/x-ndjson" || type === "application/jsonl" || type === "application/x-jsonlines";
  return isLines ? readLines(body) : readDocument(body);
}

/** What the records of a body are. */
export interface MappedBody {
  readonly outputs: readonly OutputDraft[];
  readonly asides: readonly Aside[];
  /** Records that name another automation. */
  readonly foreign: readonly ForeignRow[];
  readonly golden: number;
}

/** Outputs of a pushed body, ready to be taken. */
export function mapPushBody(pushed: PushBody, map: Mapping): MappedBody {
  const outputs: OutputDraft[] = [];
  const asides = [...pushed.asides];
  const foreign: ForeignRow[] = [];
  let golden = 0;
  pushed.records.forEach((record, index) => {
    const mapped = map(record, `record ${index + 1}`, { absentOutput: pushed.absentOutput });
    if (mapped.kind === "output") outputs.push(mapped.output);
    else if (mapped.kind === "aside") asides.push(mapped.aside);
    else if (mapped.kind === "foreign") foreign.push(mapped.foreign);
    else golden += 1;
  });
  return { outputs, asides, foreign, golden };
}

function readDocument(body: string): PushBody {
  const parsed = parseRecords(body);
  if (!parsed.ok) {
    const lines = body.split("\n").filter((line) => line.trim() !== "");
    const firstLine = parseJson(lines[0] ?? "");
    return lines.length > 1 && firstLine.ok ? readLines(body) : refused(parsed.reason, body);
  }
  const records = isJsonList(parsed.value) ? parsed.value : [parsed.value];
  return accepted(records, []);
}

function readLines(body: string): PushBody {
  const records: Json[] = [];
  const asides: Aside[] = [];
  body.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const parsed = parseJson(line);
    if (parsed.ok) records.push(parsed.value);
    else asides.push(setAside(`line ${index + 1}`, parsed.reason, line));
  });
  return accepted(records, asides);
}

function accepted(records: readonly Json[], asides: readonly Aside[]): PushBody {
  const tooWide = records.some((record) => countKeys(record) > MAX_KEYS);
  return tooWide
    ? refused(`holds more than ${MAX_KEYS} keys`, "")
    : { records, asides, absentOutput: "aside" };
}

function countKeys(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  const members = Object.values(value);
  return members.reduce<number>(
    (count, member) => count + countKeys(member),
    isJsonList(value) ? 0 : members.length,
  );
}

function refused(reason: string, body: string): PushBody {
  return { records: [], asides: [setAside("body", reason, body)], absentOutput: "aside" };
}
