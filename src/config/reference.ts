/**
 * The configuration reference of the README, written from the schemas: what the program accepts is what
 * the page says.
 */
import { z } from "zod";
import { personSettings } from "../automation/person-settings.js";
import { checkSettings } from "../check/settings.js";
import { channelSettings } from "../notify/settings.js";
import { mappingSettings } from "../sample/mapping-settings.js";
import { sourceSettings } from "../sample/settings.js";
import { expectedForm, isOptional, isSecretForm } from "./expected.js";
import {
  alternatives,
  defaultOf,
  descriptionOf,
  plainSchema,
  type Schema,
  settingsOf,
} from "./schema-walk.js";
import { automationSettings, configSettings } from "./settings.js";

/** The lines of the README between which the reference stands. */
export const referenceMarkers = { begin: "<!-- reference:begin -->", end: "<!-- reference:end -->" };

/** The configuration reference as Markdown. */
export function configReference(): string {
  const golden = settingsOf(automationSettings).get("golden");
  const probe = golden === undefined ? undefined : settingsOf(golden).get("probe");
  return [
    section("The file", "", settingsTable(configSettings)),
    section("`people`", "A list; each with", settingsTable(personSettings)),
    section("`channels`", "A list; each with", typesTables(channelSettings)),
    section("`automations`", "A list; each with", settingsTable(automationSettings)),
    section("`source`", "Where outputs are read from.", typesTables(sourceSettings)),
    section("`source.map`", "Where the parts of an output lie in a record.", settingsTable(mappingSettings)),
    section(
      "`golden.probe`",
      "How golden inputs are put to the automation.",
      probe === undefined ? "" : typesTables(probe),
    ),
    section("Checks", "In a check file, or in `checks` of an automation.", typesTables(checkSettings)),
  ].join("\n\n");
}

/** A text with its reference replaced by the present one; the markers stay. */
export function withReference(text: string): string {
  const begin = text.indexOf(referenceMarkers.begin);
  const end = text.indexOf(referenceMarkers.end);
  if (begin < 0 || end < begin) return text;
  const head = text.slice(0, begin + referenceMarkers.begin.length);
  return `${head}\n${configReference()}\n${text.slice(end)}`;
}

function section(title: string, intro: string, body: string): string {
  return [`### ${title}`, intro, body].filter((part) => part !== "").join("\n\n");
}

function settingsTable(schema: Schema): string {
  return table(["setting", "takes", "default", "what it is"], rowsOf(settingsOf(schema), ""));
}

/** A table of what all types have, then one of what each type has of its own. */
function typesTables(union: Schema): string {
  const types = alternatives(union).map((schema) => ({
    name: typeName(schema),
    settings: settingsOf(schema),
  }));
  const [first] = types;
  const isShared = (name: string): boolean => types.every(({ settings }) => settings.has(name));
  const shared = [...(first?.settings ?? [])].filter(([name]) => name !== "type" && isShared(name));
  const own = types.flatMap(({ name, settings }) => {
    const rows = rowsOf(new Map([...settings].filter(([setting]) => !isShared(setting))), "");
    return rows.length === 0
      ? [[code(name), "", "", "", "nothing more"]]
      : rows.map((row) => [code(name), ...row]);
  });
  const sharedTable = table(["setting", "takes", "default", "what it is"], rowsOf(new Map(shared), ""));
  const ownTable = table(["`type`", "setting", "takes", "default", "what it is"], own);
  return shared.length === 0 ? ownTable : `${sharedTable}\n\n${ownTable}`;
}

function typeName(schema: Schema): string {
  const type = settingsOf(schema).get("type");
  const plain = type === undefined ? undefined : plainSchema(type);
  return plain instanceof z.ZodLiteral ? String([...plain.values][0]) : "";
}

/** Settings with a section of their own. */
const ownSections = ["people", "channels", "automations", "checks", "source", "map", "probe"];

function rowsOf(settings: ReadonlyMap<string, Schema>, prefix: string): string[][] {
  return [...settings].flatMap(([name, schema]) => {
    const inner = innerSettings(schema);
    const elsewhere = inner.length > 0 && ownSections.includes(name);
    const form = elsewhere ? "see below" : expectedForm(schema);
    const row = [code(prefix + name), form, shownDefault(schema), descriptionOf(schema) ?? ""];
    return elsewhere
      ? [row]
      : [row, ...inner.flatMap((part) => rowsOf(part.settings, `${prefix}${name}${part.join}`))];
  });
}

/** The settings of objects that a setting holds: itself, in a list, or as one of several forms. */
function innerSettings(schema: Schema): { join: string; settings: ReadonlyMap<string, Schema> }[] {
  return alternatives(schema).flatMap((alternative) => {
    const isList = alternative instanceof z.ZodArray;
    const objects = isList ? alternatives(alternative.element) : [alternative];
    return objects
      .filter((object) => settingsOf(object).size > 0 && !isSecretForm(object))
      .map((object) => ({ join: isList ? "[]." : ".", settings: settingsOf(object) }));
  });
}

function shownDefault(schema: Schema): string {
  const value = defaultOf(schema);
  if (value !== undefined && typeof value !== "object") return code(JSON.stringify(value));
  if (Array.isArray(value)) return value.length === 0 ? "none" : code(JSON.stringify(value));
  return isOptional(schema) ? "" : "needed";
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows.map((row) => row.map(cell))];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .replaceAll("<", "&lt;")
    .replace(/\s*\n\s*/g, " ");
}
