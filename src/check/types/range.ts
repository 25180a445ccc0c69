import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { numberIn } from "../numbers.js";
import { seenIn } from "../subject.js";

/** The number lies within limits; a text that is nothing but a number counts as one. */
export const range = defineCheckType({
  type: "range",
  group: "numbers",
  says: "is in its range",
  example: {
    settings: { on: "total", min: 0, max: 50_000 },
    good: '{"total":1249}',
    bad: '{"total":-3}',
  },
  settings: z.strictObject({
    min: z.number().optional().describe("Least value"),
    max: z.number().optional().describe("Greatest value"),
    exclusive: z.boolean().default(false).describe("Leaves the limits themselves out"),
  }),
  complaint: ({ min, max }) => {
    if (min === undefined && max === undefined) return "range needs min, max or both";
    return min !== undefined && max !== undefined && min > max ? `min ${min} is above max ${max}` : null;
  },
  prepare: ({ min, max, exclusive }) => {
    const atLeast = min === undefined ? null : `${exclusive ? "above" : "at least"} ${min}`;
    const atMost = max === undefined ? null : `${exclusive ? "below" : "at most"} ${max}`;
    const expected = [atLeast, atMost].filter((limit) => limit !== null).join(" and ");
    return (subject) => {
      const seen = seenIn(subject);
      const number = numberIn(seen);
      if (number === null) return fail(`is ${quoted(seen)}, expected a number ${expected}`);
      const low = min !== undefined && (exclusive ? number <= min : number < min);
      const high = max !== undefined && (exclusive ? number >= max : number > max);
      return low || high
        ? fail(`is ${number}, expected ${expected}`)
        : pass({ reason: `is ${number}, expected it not to be ${expected}` });
    };
  },
});
