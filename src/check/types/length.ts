import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { defineCheckType } from "../check-type.js";
import { isOutside, limitsComplaint, sayLimits } from "../limits.js";
import { measures } from "../text-length.js";

/** The text is neither too short nor too long. */
export const length = defineCheckType({
  type: "length",
  group: "text",
  says: "is as long as it should be",
  example: {
    settings: { unit: "words", min: 3, max: 120 },
    good: "It is on its way.",
    bad: "Ok.",
  },
  settings: z.strictObject({
    unit: z
      .enum(["chars", "words", "sentences"])
      .default("chars")
      .describe("What is counted; characters are code points"),
    min: z.int().min(0).optional().describe("Least number"),
    max: z.int().min(0).optional().describe("Greatest number"),
  }),
  complaint: (limits) => limitsComplaint("length", limits),
  prepare: ({ unit, ...limits }) => {
    const measure = measures[unit];
    const expected = sayLimits(limits);
    return ({ text }) => {
      const counted = measure.count(text);
      const said = `has ${counted} ${counted === 1 ? measure.one : measure.many}`;
      return isOutside(counted, limits)
        ? fail(`${said}, expected ${expected}`)
        : pass({ reason: `${said}, expected not ${expected}` });
    };
  },
});
