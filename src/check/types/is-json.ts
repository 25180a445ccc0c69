import { z } from "zod";
import { error, fail, pass, type Verdict } from "../../domain/verdict.js";
import { findJson } from "../../text/find-json.js";
import { parseJson } from "../../text/parse-json.js";
import { repeatedName } from "../../text/repeated-name.js";
import { quoted, shown } from "../../text/shown.js";
import { defineCheckType, inCodeFence, type Judged, noted } from "../check-type.js";
import { jsonType } from "../value-formats.js";

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
      .describe(
        "Refuses a code fence around the whole text, which is otherwise taken off, and a name that one object has twice",
      ),
    kind: z.enum(["any", "object", "list"]).default("any").describe("What the JSON must be"),
    anywhere: z
      .boolean()
      .default(false)
      .describe("Takes an object or list inside other text as well; the first one counts"),
  }),
  complaint: ({ strict, anywhere }) =>
    strict && anywhere ? "strict and anywhere exclude each other; leave one out" : null,
  prepare:
    ({ strict, kind, anywhere }) =>
    ({ text }): Judged => {
      const parsed = parseJson(text);
      if (!parsed.ok) return anywhere ? inside(text, kind) : fail(`"${shown(text)}" ${parsed.reason}`);
      if (strict && parsed.fenced) return fail("is JSON in a code fence, expected bare JSON");
      const twice = strict ? repeatedName(text) : null;
      if (twice !== null) return fail(`has ${quoted(twice)} twice in one object, expected each name once`);
      const found = jsonType(parsed.value);
      if (kind !== "any" && found !== kind) return fail(`is a JSON ${found}, expected a JSON ${kind}`);
      return parsed.fenced ? noted(inCodeFence) : pass();
    },
});

function inside(text: string, kind: "any" | "object" | "list"): Verdict {
  const read = findJson(text);
  if (read.found === "undecided") return error("could not tell: too many brackets to look through for JSON");
  if (read.found !== "json") return fail(`"${shown(text)}" contains no JSON object or list`);
  const found = jsonType(read.value);
  return kind === "any" || found === kind
    ? pass()
    : fail(`contains a JSON ${found} at character ${read.at + 1}, expected a JSON ${kind}`);
}
