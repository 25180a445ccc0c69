/**
 * The configuration reference of the README, written from the schemas: what the program accepts is what
 * the page says.
 */
import { z } from "zod";
import { personSettings } from "../automation/person-settings.js";
import { modelSettings } from "../model/settings.js";
import { channelSettings } from "../notify/settings.js";
import { mappingSettings } from "../sample/mapping-settings.js";
import { sourceSettings } from "../sample/settings.js";
import { checksReference } from "./check-reference.js";
import { code, rowsOf, settingsTable, table } from "./reference-table.js";
import { alternatives, plainSchema, type Schema, settingsOf } from "./schema-walk.js";
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
    section("`models`", "A list; each with", typesTables(modelSettings)),
    section("`automations`", "A list; each with", settingsTable(automationSettings)),
    section("`source`", "Where outputs are read from.", typesTables(sourceSettings)),
    section("`source.map`", "Where the parts of an output lie in a record.", settingsTable(mappingSettings)),
    section(
      "`golden.probe`",
      "How golden inputs are put to the automation.",
      probe === undefined ? "" : typesTables(probe),
    ),
    section("Checks", "In a check file, or in `checks` of an automation.", checksReference()),
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

/** A table of what is the same in all types, then one of what each type has of its own, or in its own way. */
function typesTables(union: Schema): string {
  const types = alternatives(union).map((schema) => ({
    name: typeName(schema),
    settings: settingsOf(schema),
  }));
  const [first] = types;
  const told = (settings: ReadonlyMap<string, Schema> | undefined, name: string): string | null => {
    const setting = settings?.get(name);
    return setting === undefined ? null : JSON.stringify(rowsOf(new Map([[name, setting]]), ""));
  };
  const isShared = (name: string): boolean =>
    types.every(({ settings }) => told(settings, name) === told(first?.settings, name));
  const shared = [...(first?.settings ?? [])].filter(([name]) => name !== "type" && isShared(name));
  const own = types.flatMap(({ name, settings }) => {
    const rows = rowsOf(
      new Map([...settings].filter(([setting]) => setting !== "type" && !isShared(setting))),
      "",
    );
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
