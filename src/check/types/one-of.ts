import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { fail } from "../../domain/verdict.js";
import { canonicalJson } from "../../text/json-value.js";
import { quoted, quotedList } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { seenIn } from "../subject.js";
import { comparable, ignoreCaseSetting } from "../wording-match.js";

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** The value is one of a list. */
export const oneOf = defineCheckType({
  type: "one-of",
  group: "numbers",
  says: "is one of the allowed values",
  example: {
    settings: { on: "category", values: ["billing", "technical", "general"] },
    good: '{"category":"billing"}',
    bad: '{"category":"Rechnung"}',
  },
  settings: z.strictObject({
    values: z.array(scalar).min(1).max(10_000).describe("The allowed values"),
    ignoreCase: ignoreCaseSetting,
  }),
  prepare: ({ values, ignoreCase }) => {
    const key = (value: Json) =>
      typeof value === "string" ? `"${comparable(value, ignoreCase).trim()}` : canonicalJson(value);
    const allowed = new Set(values.map(key));
    return (subject) => {
      const seen = seenIn(subject);
      return allowed.has(key(seen))
        ? passing(() => `is ${quoted(seen)}, which it must not be`)
        : fail(`is ${quoted(seen)}, expected ${quotedList(values, "or")}`);
    };
  },
});
