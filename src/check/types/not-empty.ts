import { z } from "zod";
import { fail, pass } from "../../domain/verdict.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";

const usualPlaceholders = [
  "-",
  "--",
  "...",
  "???",
  "n/a",
  "na",
  "nil",
  "none",
  "null",
  "nan",
  "undefined",
  "unknown",
  "not available",
  "tbd",
  "todo",
  "lorem ipsum",
  "[object object]",
];

/** Something is there, and it is not a word that stands for nothing. */
export const notEmpty = defineCheckType({
  type: "not-empty",
  group: "shape",
  says: "is not empty",
  example: {
    settings: {},
    good: "It left on Friday.",
    bad: "N/A",
  },
  judgesErrors: true,
  settings: z.strictObject({
    trim: z.boolean().default(true).describe("White space alone counts as empty"),
    placeholders: z
      .array(z.string().min(1))
      .default(usualPlaceholders)
      .describe("Texts that count as empty when they are all there is, in any case"),
  }),
  prepare: ({ trim, placeholders }) => {
    const standIns = new Set(placeholders.map((placeholder) => placeholder.toLowerCase()));
    return ({ text, value, error }) => {
      if (text === "" || (trim && text.trim() === "")) {
        return fail(error === null ? "is empty" : `is empty; the automation reported "${shown(error)}"`);
      }
      if (value === null) return fail("is null, expected something");
      if (typeof value === "object" && Object.keys(value).length === 0) {
        return fail(Array.isArray(value) ? "is an empty list" : "is an object without fields");
      }
      const plain = text.trim().toLowerCase();
      return standIns.has(plain) ? fail(`is only "${shown(text)}", which stands for nothing`) : pass();
    };
  },
});
