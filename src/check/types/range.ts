import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { isOutside, limitsComplaint, sayLimits } from "../limits.js";
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
  complaint: (limits) => limitsComplaint("range", limits),
  prepare: (limits) => {
    const expected = sayLimits(limits);
    return (subject) => {
      const seen = seenIn(subject);
      const number = numberIn(seen);
      if (number === null) return fail(`is ${quoted(seen)}, expected a number ${expected}`);
      return isOutside(number, limits)
        ? fail(`is ${number}, expected ${expected}`)
        : pass({ reason: `is ${number}, expected it not to be ${expected}` });
    };
  },
});
