import { z } from "zod";
import { fail } from "../../domain/verdict.js";
import { compilePattern } from "../../text/pattern.js";
import { shown } from "../../text/shown.js";
import { defineCheckType, failing, passing } from "../check-type.js";
import { flagsSetting, patternSetting } from "../setting-kinds.js";

/** The text matches a pattern (RE2), anywhere unless it is anchored, and so often. */
export const regex = defineCheckType({
  type: "regex",
  group: "text",
  says: "matches its pattern",
  example: {
    settings: { pattern: "INV-[0-9]{6}" },
    good: "Booked as INV-004711.",
    bad: "Booked as invoice 4711.",
  },
  settings: z.strictObject({
    pattern: patternSetting.describe("RE2 syntax: no look-around, no back references; `^` and `$` anchor it"),
    flags: flagsSetting,
    atLeast: z.int().min(1).default(1).describe("How often it must occur"),
    atMost: z.int().min(1).optional().describe("How often it may occur; default: any number of times"),
  }),
  complaint: ({ atLeast, atMost }) =>
    atMost !== undefined && atMost < atLeast ? `atMost ${atMost} is below atLeast ${atLeast}` : null,
  prepare: ({ pattern, flags, atLeast, atMost }) => {
    const compiled = compilePattern(pattern, flags);
    const name = `/${shown(pattern, 80)}/${flags}`;
    return ({ text }) => {
      if (!compiled.test(text)) return failing(() => `"${shown(text)}" does not match ${name}`);
      if (atLeast > 1 || atMost !== undefined) {
        const found = compiled.count(text, Math.max(atLeast, (atMost ?? 0) + 1));
        if (found < atLeast) return fail(`matches ${name} ${found} times, expected at least ${atLeast}`);
        if (atMost !== undefined && found > atMost) {
          return fail(`matches ${name} more often than ${atMost} ${atMost === 1 ? "time" : "times"}`);
        }
      }
      return passing(() => `"${shown(text)}" matches ${name}, expected that it does not`);
    };
  },
});
