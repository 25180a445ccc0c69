/**
 * Turns a record, whatever its shape, into an output. A parsed record enters with where it was found; an
 * output leaves, or word that it belongs to a golden run, or the record set aside with its reason. It
 * invents nothing: what the record does not say is null, and a value that cannot be read is a reason.
 */

import { createHash } from "node:crypto";
import type { Versions } from "../domain/change-marker.js";
import type { Json } from "../domain/json.js";
import { microsOf } from "../domain/money.js";
import type { Aside, ForeignRow, OutputDraft } from "../domain/output.js";
import { excerpt } from "../text/excerpt.js";
import { canonicalJson, textOfJson } from "../text/json-value.js";
import { numberFault, parseStructured } from "../text/parse-json.js";
import { redactText } from "../text/redact.js";
import { type FieldReader, fieldReader } from "./field-reader.js";
import {
  type Converted,
  toAmount,
  toApproval,
  toError,
  toInstant,
  toLink,
  toName,
  toText,
} from "./field-values.js";
import { defaultNames, type FieldName, type MappingSettings } from "./mapping-settings.js";

const MAX_ID_CHARACTERS = 256;

/** What became of a record. */
export type Mapped =
  | { readonly kind: "output"; readonly output: OutputDraft }
  | { readonly kind: "golden" }
  | { readonly kind: "foreign"; readonly foreign: ForeignRow }
  | { readonly kind: "aside"; readonly aside: Aside };

/** What else the source knows of a record. */
export interface RecordContext {
  /** Tells records of equal content apart where the source can: its place in a file. */
  readonly position?: string;
  /** Forms leave empty values out, so an absent output is an empty one there. */
  readonly absentOutput?: "aside" | "empty";
}

/** Maps one record; `where` names its place for people. */
export type Mapping = (record: Json, where: string, context?: RecordContext) => Mapped;

type Readers = Readonly<Record<FieldName, FieldReader>>;

/** How a record may call the automation it is read for. */
export interface OwnNames {
  readonly id: string;
  readonly title: string;
}

/** Compiles the configured paths once; a record that names another automation than `own` is not its. */
export function prepareMapping(settings: MappingSettings, own?: OwnNames): Mapping {
  const reader = (name: FieldName): FieldReader => fieldReader(settings[name], defaultNames[name]);
  const names = new Set(own === undefined ? [] : [own.id, own.title].map(plainly));
  const readers: Readers = {
    automation: reader("automation"),
    id: reader("id"),
    at: reader("at"),
    input: reader("input"),
    output: reader("output"),
    reference: reader("reference"),
    model: reader("model"),
    latencyMs: reader("latencyMs"),
    costUsd: reader("costUsd"),
    tokens: reader("tokens"),
    retries: reader("retries"),
    user: reader("user"),
    approval: reader("approval"),
    finalText: reader("finalText"),
    segment: reader("segment"),
    error: reader("error"),
    link: reader("link"),
    finishReason: reader("finishReason"),
    fingerprint: reader("fingerprint"),
    promptVersion: reader("promptVersion"),
    workflowVersion: reader("workflowVersion"),
    goldenMark: reader("goldenMark"),
  };
  const outputUnmapped = settings.output === null;
  return (record, where, context = {}) => {
    if (isMarked(readers.goldenMark, record)) return { kind: "golden" };
    const named = namedIn(readers.automation, record);
    if (named !== null && !names.has(plainly(named)))
      return { kind: "foreign", foreign: { automation: named, record } };
    return mapRecord(readers, record, where, {
      ...context,
      ...(outputUnmapped ? { absentOutput: "empty" } : {}),
    });
  };
}

/** A record set aside, with the redacted beginning of what was found. */
export function setAside(where: string, reason: string, found: string): Aside {
  return { where, reason, excerpt: excerpt(redactText(found.slice(0, 400)), 120) };
}

/** Capitals and blanks around make no difference. */
function plainly(name: string): string {
  return name.trim().toLowerCase();
}

/** The automation a record names; null: none, so that it belongs to the one that is read. */
function namedIn(reader: FieldReader, record: Json): string | null {
  for (const { value } of reader.find(record)) {
    const name = toName(value);
    if (value !== null && name.ok && plainly(name.value) !== "") return name.value;
  }
  return null;
}

function isMarked(reader: FieldReader, record: Json): boolean {
  return reader.find(record).some(({ value }) => value !== null && value !== "" && value !== false);
}

function mapRecord(readers: Readers, record: Json, where: string, context: RecordContext): Mapped {
  const faults: string[] = [];
  const fault = numberFault(record);
  if (fault !== null) faults.push(fault);
  const take = <T>(name: FieldName, convert: (value: Json) => Converted<T>): T | null =>
    firstFitting(readers[name], record, convert, faults);
  const error = take("error", toError);
  const produced = outputOf(readers.output, record, error !== null || context.absentOutput === "empty");
  if (produced === null) faults.push(`no output: ${expectedOutput(readers.output)}`);
  const cost = take("costUsd", toAmount);
  const tokens = take("tokens", toAmount);
  const retries = take("retries", toAmount);
  const output: OutputDraft = {
    id: idOf(take("id", toName), record, context.position ?? ""),
    at: take("at", toInstant),
    text: produced?.text ?? "",
    fields: produced?.fields,
    input: take("input", toText),
    reference: referenceOf(readers.reference, record),
    model: take("model", toName),
    latencyMs: take("latencyMs", toAmount),
    costMicros: cost === null ? null : microsOf(cost),
    tokens: tokens === null ? null : Math.round(tokens),
    user: take("user", toName),
    approval: take("approval", toApproval),
    finalText: take("finalText", toText),
    segment: take("segment", toName),
    error,
    link: take("link", toLink),
    finishReason: take("finishReason", toName),
    retries: retries === null ? null : Math.round(retries),
    ...versionsOf({
      fingerprint: take("fingerprint", toName),
      prompt: take("promptVersion", toName),
      workflow: take("workflowVersion", toName),
    }),
  };
  return faults.length === 0
    ? { kind: "output", output }
    : { kind: "aside", aside: setAside(where, faults.join("; "), textOfJson(record)) };
}

function versionsOf(versions: Versions): Pick<OutputDraft, "versions"> {
  return Object.values(versions).every((each) => each === null) ? {} : { versions };
}

// A guessed name that holds another kind of thing (an object, a relative link) is some other field;
// a guessed scalar that cannot be read is a fault, because it was most likely meant.
function firstFitting<T>(
  reader: FieldReader,
  record: Json,
  convert: (value: Json) => Converted<T>,
  faults: string[],
): T | null {
  for (const { name, value } of reader.find(record)) {
    if (value === null || value === "") continue;
    const result = convert(value);
    if (result.ok) return result.value;
    if (reader.guessed && (typeof value === "object" || convert === toLink)) continue;
    faults.push(`${name}: ${result.reason}`);
    return null;
  }
  return null;
}

function outputOf(
  reader: FieldReader,
  record: Json,
  mayBeAbsent: boolean,
): { text: string; fields: Json | undefined } | null {
  const found = reader.find(record);
  const chosen = found.find(({ value }) => value !== null) ?? found[0];
  if (chosen === undefined) return mayBeAbsent ? { text: "", fields: undefined } : null;
  const { value } = chosen;
  if (value === null) return { text: "", fields: undefined };
  if (typeof value === "string") return { text: value, fields: parseStructured(value) };
  return { text: textOfJson(value), fields: typeof value === "object" ? value : undefined };
}

function expectedOutput(reader: FieldReader): string {
  return reader.guessed
    ? `none of ${defaultNames.output.join(", ")} is there; say where it lies with map.output`
    : "map.output leads to nothing here";
}

function referenceOf(reader: FieldReader, record: Json): Json {
  const value = reader.find(record).find((found) => found.value !== null)?.value ?? null;
  return typeof value === "string" ? (parseStructured(value) ?? value) : value;
}

function idOf(given: string | null, record: Json, position: string): string {
  if (given !== null && given.length <= MAX_ID_CHARACTERS) return given;
  const content = given ?? `${position}\n${canonicalJson(record)}`;
  return createHash("sha256").update(content).digest("hex");
}
