import { z } from "zod";
import { fail, pass, type Verdict } from "../../domain/verdict.js";
import { parseJson } from "../../text/parse-json.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";

/** The text is JSON, by default also inside one code fence. */
export const isJson = defineCheckType({
  type: "is-json",
  group: "shape",
  says: "is JSON",
  example: {
    settings: { kind: "object" },
    good: '{"category":"billing"}',
    bad: "Sure! The category is billing.",
  },
  settings: z.strictObject({
    strict: z
      .boolean()
      .default(false)
      .describe("Refuses a code fence around the whole text, which is otherwise taken off"),
    kind: z.enum(["any", "object", "list"]).default("any").describe("What the JSON must be"),
  }),
  prepare:
    ({ strict, kind }) =>
    ({ text }): Verdict => {
      const parsed = parseJson(text);
      if (!parsed.ok) return fail(`"${shown(text)}" ${parsed.reason}`);
      if (strict && parsed.fenced) return fail("is JSON in a code fence, expected bare JSON");
      const found = kindOf(parsed.value);
      return kind === "any" || found === kind ? pass() : fail(`is a JSON ${found}, expected a JSON ${kind}`);
    },
});

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}
