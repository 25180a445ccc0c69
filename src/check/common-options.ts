import { z } from "zod";
import { levels } from "../domain/check.js";
import { filterNames } from "../text/filter-view.js";
import { pathSetting } from "../text/setting-types.js";
import { filterSetting } from "./setting-kinds.js";

const identifier = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What every check may say, whatever its type. */
export const commonOptions = {
  id: z
    .string()
    .regex(identifier, 'expected kebab-case, such as "total-is-positive"')
    .describe("Unique within the automation; kebab-case"),
  title: z
    .string()
    .min(1)
    .optional()
    .describe('What people read, such as "Category is one of ours"; default: from the type and `on`'),
  on: pathSetting
    .optional()
    .describe(
      "The value to judge: a bare name or JSONPath into the output; each of several must pass. Default: the whole output",
    ),
  when: filterSetting
    .optional()
    .describe(
      `Judges only outputs for which this filter holds: over ${filterNames.map((name) => `\`${name}\``).join(", ")}, such as \`@.segment == 'DE'\``,
    ),
  level: z.enum(levels).optional().describe("How loud a finding is; default: by the automation's risk"),
  not: z.boolean().default(false).describe("Turns the check round: what would pass fails"),
  rule: z
    .union([
      z.enum(["zeroTolerance", "drift"]),
      z.strictObject({ floor: z.number().min(0).max(1).describe("Least share that must pass, 0 to 1") }),
    ])
    .default("drift")
    .describe(
      "`zeroTolerance`: any fail is a finding; `{ floor: 0.95 }`: when under 95% pass; `drift`: when the share changes from its baseline",
    ),
};

/** The shared options of a check, as parsed. */
export type CommonOptions = z.output<z.ZodObject<typeof commonOptions>>;
