import { z } from "zod";
import { compilePath } from "../text/json-path.js";
import { pathSetting } from "../text/setting-types.js";
import { type ComparedFields, type PlacedRule, wholeDocument } from "./field-comparison.js";
import { fieldRuleSetting, prepareFieldRule } from "./field-rules.js";

/** What holds for fields without a rule. */
export const otherwiseSetting = z.enum(["exact", "ignore"]).default("exact");

/** Whether fields count that the known answer does not have. */
export const extraSetting = z.enum(["ignore", "count"]).default("ignore");

/** How the items of a list are compared, once the best pairs are found. */
export const listItemSettings = {
  item: fieldRuleSetting
    .optional()
    .describe(
      'How two items are compared as a whole: a rule as for fields, such as "exact" (the default) or { "fuzzy": 0.8 }',
    ),
  fields: z
    .record(pathSetting, fieldRuleSetting)
    .optional()
    .describe("For items that are objects: a rule per field, by name or JSONPath, as in fields-match"),
  otherwise: otherwiseSetting.describe("What holds for fields of a known item without a rule"),
  extra: extraSetting.describe("Whether fields count that only the item of the output has"),
};

type ListItem = z.output<z.ZodObject<typeof listItemSettings>>;

/** The rule for a list whose order does not matter. */
export const listRuleSetting = z.strictObject({
  list: z
    .strictObject(listItemSettings)
    .describe("A list in any order: each known item is compared with the one most like it"),
});

/** Turns what is declared about items into a comparison. */
export function prepareItems({ item, fields, otherwise, extra }: ListItem): ComparedFields {
  const whole: readonly PlacedRule[] =
    item === undefined ? [] : [{ path: wholeDocument, compare: prepareFieldRule(item) }];
  const named = Object.entries(fields ?? {}).map(([path, rule]) => ({
    path: compilePath(path),
    compare: prepareFieldRule(rule),
  }));
  return { rules: [...whole, ...named], otherwise, extra };
}

/** What is wrong with a declared item, or null. */
export function itemComplaint({ item, fields }: Pick<ListItem, "item" | "fields">): string | null {
  return item !== undefined && fields !== undefined
    ? "either item or fields: item compares items as a whole, fields one field at a time"
    : null;
}
