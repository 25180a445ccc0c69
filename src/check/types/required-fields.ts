import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { compilePath } from "../../text/json-path.js";
import { whyNoFields } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";

/** Every named field is there, in every list item that a path such as `lines[*].amount` passes through. */
export const requiredFields = defineCheckType({
  type: "required-fields",
  group: "shape",
  says: "has the required fields",
  example: {
    settings: { fields: ["supplier", "lines[*].amount"] },
    good: '{"supplier":"Alder","lines":[{"amount":5}]}',
    bad: '{"supplier":"Alder","lines":[{"price":5}]}',
  },
  settings: z.strictObject({
    fields: z.array(pathSetting).min(1).max(200).describe("Names or JSONPaths that must be there"),
    allowNull: z.boolean().default(false).describe("Accepts a field whose value is null"),
    allowEmpty: z.boolean().default(true).describe('Accepts "", [] and {}'),
  }),
  prepare: ({ fields, allowNull, allowEmpty }) => {
    const paths = fields.map((field) => compilePath(field));
    return ({ fields: value, text }) => {
      if (value === undefined) return fail(`${whyNoFields(text)}, so it has no fields`);
      const missing = paths.flatMap((path) => path.missingIn(value));
      const nodes = paths.flatMap((path) => path.select(value));
      const isNull = allowNull ? [] : nodes.filter((node) => node.value === null);
      const isEmpty = allowEmpty ? [] : nodes.filter((node) => hasNothing(node.value));
      const faults = [
        list("lacks", missing),
        list(
          "has null at",
          isNull.map((node) => node.path),
        ),
        list(
          "has nothing at",
          isEmpty.map((node) => node.path),
        ),
      ].filter((fault) => fault !== "");
      return faults.length === 0 ? pass() : fail(faults.join(" and "));
    };
  },
});

function hasNothing(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function list(verb: string, paths: readonly string[]): string {
  if (paths.length === 0) return "";
  const named = paths.slice(0, 5).map((path) => shown(path));
  const more = paths.length - named.length;
  return `${verb} ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
