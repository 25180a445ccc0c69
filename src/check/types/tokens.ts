import { z } from "zod";
import { fail, pass, skipped } from "../../domain/verdict.js";
import { defineCheckType } from "../check-type.js";

/**
 * The output took about as many tokens as it should: too many is a loop or a swollen prompt, too few a short
 * answer. An empty text is the business of `not-empty`, whatever was counted.
 */
export const tokens = defineCheckType({
  type: "tokens",
  group: "operation",
  says: "takes as many tokens as it should",
  example: {
    settings: { min: 20, max: 4000 },
    good: { text: "Your parcel left on Friday.", tokens: 812 },
    bad: { text: "Your parcel left on Friday. Your parcel left on Friday.", tokens: 16_384 },
  },
  settings: z.strictObject({
    min: z
      .int()
      .min(0)
      .optional()
      .describe("Least number of tokens of one output, as its source counts them"),
    max: z.int().min(0).optional().describe("Greatest number of tokens of one output"),
  }),
  complaint: ({ min, max }) => {
    if (min === undefined && max === undefined) return "tokens needs min, max or both";
    return min !== undefined && max !== undefined && min > max ? `min ${min} is above max ${max}` : null;
  },
  prepare: ({ min, max }) => {
    const limits = [min === undefined ? "" : `at least ${min}`, max === undefined ? "" : `at most ${max}`];
    const expected = limits.filter((limit) => limit !== "").join(" and ");
    return (output) => {
      if (output.tokens === null) return skipped("the source reports no tokens");
      const said = `took ${output.tokens} ${output.tokens === 1 ? "token" : "tokens"}`;
      const outside =
        (min !== undefined && output.tokens < min) || (max !== undefined && output.tokens > max);
      return outside
        ? fail(`${said}, expected ${expected}`)
        : pass({ reason: `${said}, expected not ${expected}` });
    };
  },
});
