import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { fail, pass, skipped } from "../../domain/verdict.js";
import { compilePath } from "../../text/json-path.js";
import { parseStructured, whyNoFields } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import {
  extraSetting,
  itemComplaint,
  listRuleSetting,
  otherwiseSetting,
  prepareItems,
} from "../compared-fields.js";
import { expectedFor, expectedSetting, noReference } from "../expected.js";
import { compareFields, type Difference, type PlacedRule } from "../field-comparison.js";
import { fieldRuleSetting, prepareFieldRule } from "../field-rules.js";

const namedDifferences = 4;
const ruleSetting = z.union([fieldRuleSetting, listRuleSetting]);

/** The fields of the output are those of the known-good answer, each by its own rule. */
export const fieldsMatch = defineCheckType({
  type: "fields-match",
  group: "reference",
  says: "has the fields of the known answer",
  example: {
    settings: {
      fields: {
        total: { number: { abs: 0.01 } },
        lines: { list: { fields: { amount: { number: { abs: 0.01 } } } } },
        note: "ignore",
      },
    },
    good: {
      text: '{"supplier":"Alder","total":99.5,"lines":[{"sku":"B","amount":60},{"sku":"A","amount":39.5}]}',
      reference: {
        supplier: "Alder",
        total: 99.5,
        lines: [
          { sku: "A", amount: 39.5 },
          { sku: "B", amount: 60 },
        ],
        note: "x",
      },
    },
    bad: {
      text: '{"supplier":"Alder","total":95.9,"lines":[]}',
      reference: { supplier: "Alder", total: 99.5, lines: [], note: "x" },
    },
  },
  settings: z.strictObject({
    expected: expectedSetting,
    fields: z
      .record(pathSetting, ruleSetting)
      .default({})
      .describe(
        'A rule per field, by name or JSONPath: "exact", "ignore", "date" (the day counts), "set" (order and repeats do not count), { "number": { "abs": 0.01 } } or { "rel": 0.02 } (of the known number), { "fuzzy": 0.8 }, { "list": {} } (items in any order, each compared with the one most like it; { "list": { "fields": { "amount": … } } } with rules for their fields); the first rule for a place holds',
      ),
    otherwise: otherwiseSetting.describe("What holds for fields of the known answer without a rule"),
    extra: extraSetting.describe("Whether fields count that the known answer does not have"),
    minShare: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe("Least share of compared fields that must match; the score of the verdict"),
  }),
  complaint: ({ fields }) => {
    for (const [path, rule] of Object.entries(fields)) {
      const complaint = typeof rule === "object" && "list" in rule ? itemComplaint(rule.list) : null;
      if (complaint !== null) return `fields ${path}: ${complaint}`;
    }
    return null;
  },
  prepare: ({ expected, fields, otherwise, extra, minShare }) => {
    const rules = Object.entries(fields).map(([path, rule]) => placedRule(path, rule));
    return (subject) => {
      const wanted = structured(expectedFor(subject, expected));
      if (wanted === null) return noReference();
      if (wanted === undefined) return skipped("the reference is not a JSON object or list");
      if (subject.fields === undefined) return fail(`${whyNoFields(subject.text)}, so no field can match`);
      const compared = compareFields(subject.fields, wanted, { rules, otherwise, extra });
      if (compared.total === 0) return skipped("no field to compare");
      const score = 1 - compared.differences.length / compared.total;
      if (score >= minShare) return pass({ score, reason: "has the fields it must not have" });
      return fail(describe(compared.differences, compared.total, minShare), { score });
    };
  },
});

function placedRule(path: string, rule: z.output<typeof ruleSetting>): PlacedRule {
  const isList = typeof rule === "object" && "list" in rule;
  return { path: compilePath(path), compare: isList ? prepareItems(rule.list) : prepareFieldRule(rule) };
}

/** null: nothing known; undefined: known, but without fields. */
function structured(wanted: Json): Json | undefined {
  if (typeof wanted === "string") return parseStructured(wanted);
  return typeof wanted === "object" ? wanted : undefined;
}

function describe(differences: readonly Difference[], total: number, minShare: number): string {
  const named = differences
    .slice(0, namedDifferences)
    .map(({ path, said }) => `${shown(path.replace(/^\$\./, ""))} ${said}`);
  const more = differences.length - named.length;
  const limit = minShare === 1 ? "" : `, ${Math.ceil(minShare * 100)}% must match`;
  const fields = total === 1 ? "field differs" : "fields differ";
  return `${differences.length} of ${total} ${fields}${limit}: ${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
