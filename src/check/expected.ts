import type { z } from "zod";
import type { Json } from "../domain/json.js";
import { skipped, type Verdict } from "../domain/verdict.js";
import { textOfJson } from "../text/json-value.js";
import type { Subject } from "./check-type.js";
import { jsonSetting } from "./setting-kinds.js";

/** The known-good answer, when it is the same for every output. */
export const expectedSetting: z.ZodOptional<z.ZodType<Json>> = jsonSetting
  .optional()
  .describe("The known-good answer; default: the reference of each output (outputs without one are skipped)");

/** What the subject is compared with; null: nothing is known. */
export function expectedFor(subject: Subject, expected: Json | undefined): Json {
  return expected ?? subject.reference;
}

// the checks of one output ask for the text of the same known answer, one after the other
let latest: { readonly value: Json; readonly text: string } | null = null;

/** The text of what the subject is compared with. */
export function expectedText(value: Json): string {
  if (typeof value === "string") return value;
  if (latest?.value !== value) latest = { value, text: textOfJson(value) };
  return latest.text;
}

/** The verdict where nothing is known to compare with. */
export function noReference(): Verdict {
  return skipped("no reference to compare with");
}
