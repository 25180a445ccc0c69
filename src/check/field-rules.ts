import { z } from "zod";
import type { Json } from "../domain/json.js";
import { canonicalJson, isJsonList } from "../text/json-value.js";
import { dayIn } from "./calendar-day.js";
import { likeness } from "./likeness.js";
import { numberIn } from "./numbers.js";

/** How one field is compared with the known-good answer. */
export const fieldRuleSetting = z.union([
  z.enum(["exact", "ignore", "date", "set"]),
  z.strictObject({
    number: z
      .strictObject({
        abs: z.number().min(0).optional().describe("Largest difference"),
        rel: z.number().min(0).optional().describe("Largest difference as a share of the expected number"),
      })
      .describe(
        "Both are numbers, or texts that are one, and this near each other; the greater limit counts",
      ),
  }),
  z.strictObject({ fuzzy: z.number().min(0).max(1).describe("Least likeness of the two texts") }),
]);

/** A comparison; null: the field does not count. */
export type FieldRule = ((seen: Json, wanted: Json) => boolean) | null;

/** Turns a declared rule into a comparison. */
export function prepareFieldRule(rule: z.output<typeof fieldRuleSetting>): FieldRule {
  if (typeof rule === "string") return namedRules[rule];
  if ("fuzzy" in rule) {
    return (seen, wanted) =>
      typeof seen === "string" &&
      typeof wanted === "string" &&
      likeness("levenshtein", seen, wanted, false) >= rule.fuzzy;
  }
  const { abs = 0, rel = 0 } = rule.number;
  return (seen, wanted) => near(numberIn(seen), numberIn(wanted), abs, rel);
}

const namedRules: Readonly<Record<"exact" | "ignore" | "date" | "set", FieldRule>> = {
  ignore: null,
  exact: sameValue,
  date: (seen, wanted) => {
    const day = dayIn(seen);
    return day === null ? sameValue(seen, wanted) : day === dayIn(wanted);
  },
  set: (seen, wanted) => {
    if (!isJsonList(seen) || !isJsonList(wanted)) return sameValue(seen, wanted);
    const [a, b] = [new Set(seen.map(plainKey)), new Set(wanted.map(plainKey))];
    return a.size === b.size && [...a].every((key) => b.has(key));
  },
};

/** The same value, whatever the order of keys; é is é however it is composed. */
export function sameValue(seen: Json, wanted: Json): boolean {
  return plainKey(seen) === plainKey(wanted);
}

/** One text per value; texts that differ only in how characters are composed give the same. */
export function plainKey(value: Json): string {
  return canonicalJson(value).normalize("NFC");
}

/** The greater of both tolerances counts; a few units in the last place are rounding, not a difference. */
function near(seen: number | null, wanted: number | null, abs: number, rel: number): boolean {
  if (seen === null || wanted === null) return false;
  // also 1e999, which a parser reads as infinite
  if (seen === wanted) return true;
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(seen), Math.abs(wanted));
  return Math.abs(seen - wanted) <= Math.max(abs, rel * Math.abs(wanted)) + rounding;
}
