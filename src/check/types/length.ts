import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { defineCheckType } from "../check-type.js";
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
  complaint: ({ min, max }) => {
    if (min === undefined && max === undefined) return "length needs min, max or both";
    return min !== undefined && max !== undefined && min > max ? `min ${min} is above max ${max}` : null;
  },
  prepare: ({ unit, min, max }) => {
    const measure = measures[unit];
    const limits = [min === undefined ? "" : `at least ${min}`, max === undefined ? "" : `at most ${max}`];
    const expected = limits.filter((limit) => limit !== "").join(" and ");
    return ({ text }) => {
      const counted = measure.count(text);
      const said = `has ${counted} ${counted === 1 ? measure.one : measure.many}`;
      return (min !== undefined && counted < min) || (max !== undefined && counted > max)
        ? fail(`${said}, expected ${expected}`)
        : pass({ reason: `${said}, expected not ${expected}` });
    };
  },
});
