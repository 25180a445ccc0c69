import { z } from "zod";
import { fail, pass, skipped } from "../../domain/verdict.js";
import { defineCheckType } from "../check-type.js";
import { isOutside, limitsComplaint, sayLimits } from "../limits.js";

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
  complaint: (limits) => limitsComplaint("tokens", limits),
  prepare: (limits) => {
    const expected = sayLimits(limits);
    return (output) => {
      if (output.tokens === null) return skipped("the source reports no tokens");
      const said = `took ${output.tokens} ${output.tokens === 1 ? "token" : "tokens"}`;
      return isOutside(output.tokens, limits)
        ? fail(`${said}, expected ${expected}`)
        : pass({ reason: `${said}, expected not ${expected}` });
    };
  },
});
