import { z } from "zod";
import type { CheckGroup, CheckType, ExampleOutput } from "../check/check-type.js";
import { checkGroups } from "../check/check-type.js";
import { commonOptions } from "../check/common-options.js";
import { checkTypes } from "../check/registry.js";
import { textOfJson } from "../text/json-value.js";
import { code, rowsOf, settingsTable, table } from "./reference-table.js";
import { settingsOf } from "./schema-walk.js";

const groupTitles: Readonly<Record<CheckGroup, string>> = {
  shape: "Shape",
  text: "Text",
  numbers: "Numbers and business rules",
  reference: "Against a known answer",
  safety: "Privacy and safety",
  judge: "Judged by a model or a service",
  operation: "Operation",
};

const longestShown = 160;

/** The part of the reference about checks: what all share, then each section of the catalogue with its examples. */
export function checksReference(): string {
  return [settingsTable(z.strictObject(commonOptions)), ...checkGroups.flatMap(groupReference)].join("\n\n");
}

function groupReference(group: CheckGroup): readonly string[] {
  const types = [...checkTypes.values()]
    .filter((each) => each.group === group)
    .sort((left, right) => (left.type < right.type ? -1 : 1));
  if (types.length === 0) return [];
  return [`#### ${groupTitles[group]}`, exampleTable(types), ownSettings(types)];
}

function exampleTable(types: readonly CheckType[]): string {
  const rows = types.map(({ type, says, example }) => [
    code(type),
    says,
    code(JSON.stringify({ type, ...example.settings })),
    shownOutput(example.good),
    shownOutput(example.bad),
  ]);
  return table(["`type`", "the output", "example", "passes", "fails"], rows);
}

/** The text of an example, then what else matters of it. */
function shownOutput(output: ExampleOutput): string {
  if (typeof output === "string") return cut(output);
  const { text, ...more } = output;
  return [
    cut(text),
    ...Object.entries(more).map(([name, value]) => `${name} ${cut(textOfJson(value ?? null))}`),
  ].join(", ");
}

/** Backticks would end the code they stand in; an empty text could not be seen. */
function cut(text: string): string {
  const plain = text.replaceAll("`", "\u02CB").replace(/\s+/g, " ");
  const short = plain.length > longestShown ? `${plain.slice(0, longestShown)}…` : plain;
  return short.trim() === "" ? "(nothing)" : code(short);
}

function ownSettings(types: readonly CheckType[]): string {
  const rows = types.flatMap(({ type, settings }) =>
    rowsOf(settingsOf(settings), "").map((row) => [code(type), ...row]),
  );
  return table(["`type`", "setting", "takes", "default", "what it is"], rows);
}
