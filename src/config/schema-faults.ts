import { z } from "zod";
import { knownElsewhere } from "../check/other-names.js";
import { meantHint, nearest } from "../text/nearest.js";
import type { SettingsDocument } from "./document.js";
import { expectedForm, isSecretForm, oneOf } from "./expected.js";
import type { Fault, SettingPath } from "./fault.js";
import {
  alternatives,
  descriptionOf,
  nearestAlternative,
  type Schema,
  schemaAt,
  settingsOf,
} from "./schema-walk.js";
import { found, valueAt } from "./setting-values.js";

type Issue = z.core.$ZodIssue;

/** Everything in a document that its schema refuses, in sentences. */
export function schemaFaults(schema: Schema, document: SettingsDocument): readonly Fault[] {
  const result = z.safeParse(schema, document.value);
  return result.success
    ? []
    : result.error.issues.flatMap((issue) => issueFaults(issue, [], { schema, document }));
}

/** What is checked; `schema` is the whole document's. */
interface Question {
  readonly schema: Schema;
  readonly document: SettingsDocument;
}

function issueFaults(issue: Issue, above: SettingPath, question: Question): Fault[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === "number" ? step : String(step)))];
  if (issue.code === "unrecognized_keys") return unknownSettings(issue.keys, path, question);
  if (issue.code === "invalid_union") return unionFaults(issue, path, question);
  if (issue.code === "invalid_key" || issue.code === "invalid_element")
    return issue.issues.flatMap((inner) => issueFaults(inner, path, question));
  const value = valueAt(question.document.value, path);
  if (value === undefined) return [missing(path, question)];
  if (issue.code === "invalid_value") return [notAmong(issue.values.map(String), value, path, question)];
  const expected = expectation(issue, schemaAt(question.schema, question.document.value, path));
  return [
    question.document.fault(path, saysWhatWasFound(issue, value) ? expected : `${found(value)}: ${expected}`),
  ];
}

/** True for a room's own sentence that names the value, or that is about an object as a whole. */
function saysWhatWasFound(issue: Issue, value: unknown): boolean {
  if (issue.code !== "custom") return false;
  return typeof value === "string" ? issue.message.includes(`"${value}"`) : typeof value === "object";
}

function unknownSettings(keys: readonly string[], path: SettingPath, question: Question): Fault[] {
  const schema = schemaAt(question.schema, question.document.value, path);
  const object = schema === null ? null : nearestAlternative(schema, valueAt(question.document.value, path));
  const known = object === null ? [] : [...settingsOf(object).keys()];
  return keys.map((key) =>
    question.document.faultAtKey([...path, key], "no such setting", [meantHint(key, known, "known here:")]),
  );
}

function unionFaults(issue: z.core.$ZodIssueInvalidUnion, path: SettingPath, question: Question): Fault[] {
  const value = valueAt(question.document.value, path);
  if ("options" in issue && issue.options !== undefined) {
    const options = issue.options.map(String);
    if (value === undefined) return [question.document.fault(path, `missing, expected ${oneOf(options)}`)];
    return [notAmong(options, value, path, question)];
  }
  const [closest] = issue.errors
    .filter((issues) => !issues.some(isOtherKind))
    .sort((a, b) => a.length - b.length);
  if (closest !== undefined) return closest.flatMap((inner) => issueFaults(inner, path, question));
  if (value === undefined) return [missing(path, question)];
  const schema = schemaAt(question.schema, question.document.value, path);
  const secret = schema !== null && alternatives(schema).some(isSecretForm);
  const what = secret && typeof value === "string" ? "a text, perhaps a secret written out" : found(value);
  return [
    question.document.fault(
      path,
      `${what}: expected ${schema === null ? "another form" : expectedForm(schema)}`,
    ),
  ];
}

/** True when an alternative refuses the value as a whole: by its kind, or as none of its words. */
function isOtherKind(issue: Issue): boolean {
  return (issue.code === "invalid_type" || issue.code === "invalid_value") && issue.path.length === 0;
}

function missing(path: SettingPath, { schema, document }: Question): Fault {
  const setting = schemaAt(schema, document.value, path);
  const description = setting === null ? null : descriptionOf(setting);
  const expected = setting === null ? "a value" : expectedForm(setting);
  return document.fault(path, `missing, expected ${expected}`, description === null ? [] : [description]);
}

function notAmong(known: readonly string[], value: unknown, path: SettingPath, question: Question): Fault {
  const isType = path.at(-1) === "type";
  const message = isType ? `no such ${typeNoun(path)}` : `expected ${oneOf(known)}`;
  const name = typeof value === "string" ? value : "";
  const near = nearest(name, known);
  const elsewhere = isType && typeNoun(path) === "check type" ? knownElsewhere(name) : null;
  const meant =
    elsewhere !== null ? [elsewhere] : near === null ? [] : [`did you mean ${JSON.stringify(near)}?`];
  const hints = isType ? [[...meant, `all types: ${known.join(", ")}`].join("   ")] : meant;
  return question.document.fault(path, `${found(value)}: ${message}`, hints);
}

const typeNouns = ["model", "channel", "source", "probe", "check"];

/** `check type` for `automations[2].checks[4].type`. */
function typeNoun(path: SettingPath): string {
  const steps = path.filter((step) => typeof step === "string").map((step) => step.replace(/s$/, ""));
  const noun = steps.reverse().find((step) => typeNouns.includes(step));
  return noun === undefined ? "type" : `${noun} type`;
}

function expectation(issue: Issue, schema: Schema | null): string {
  switch (issue.code) {
    case "custom":
      return issue.message;
    case "invalid_type":
      return issue.expected === "int"
        ? "expected a whole number"
        : `expected ${formAt(schema, issue.expected)}`;
    case "too_small":
      return `expected ${issue.inclusive === false ? "more than" : "at least"} ${amount(issue.minimum, issue.origin)}`;
    case "too_big":
      return `expected ${issue.inclusive === false ? "less than" : "at most"} ${amount(issue.maximum, issue.origin)}`;
    case "invalid_format":
      return issue.message.startsWith("Invalid ") ? `expected ${formatWords(issue.format)}` : issue.message;
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

function formAt(schema: Schema | null, type: string): string {
  return schema === null ? type : expectedForm(schema);
}

function amount(limit: number | bigint, origin: string): string {
  const units: Readonly<Record<string, string>> = { string: "character", array: "entry" };
  const unit = units[origin];
  if (unit === undefined) return String(limit);
  return `${limit} ${Number(limit) === 1 ? unit : unit === "entry" ? "entries" : `${unit}s`}`;
}

function formatWords(format: string): string {
  const words: Readonly<Record<string, string>> = {
    email: "an e-mail address",
    url: 'a web address, such as "https://example.com"',
    date: 'a date, such as "2026-12-25"',
    datetime: 'an instant, such as "2026-12-25T09:00:00Z"',
    regex: "another form",
  };
  return words[format] ?? format;
}
