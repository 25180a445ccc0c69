import { z } from "zod";
import { fail, pass, skipped, type Verdict } from "../../domain/verdict.js";
import { canonicalJson, isJsonList, stringsIn } from "../../text/json-value.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { longestRepeat, mostFrequent } from "../repeats.js";

/** Words looked at, from the beginning: a loop is long enough to show in them. */
const maxUnits = 20_000;
const maxText = 500_000;
/** A shorter line or sentence may well stand twice: "Yes.", "---". */
const shortestLine = 12;

/**
 * The text does not go round in circles: by the share of it that is one passage again and again, and by how often one
 * sentence or line occurs (Rae and others, Scaling Language Models, 2021, table A1, filters training text alike). A
 * list is judged by its items, so that an agent that calls the same tools over and over shows.
 */
export const repetition = defineCheckType({
  type: "repetition",
  group: "text",
  says: "does not repeat itself",
  example: {
    settings: {},
    good: "Your parcel left our warehouse on Friday. It should reach you by Wednesday, and you can track it on our page at any time.",
    bad: "I will check the order for you now. I will check the order for you now. I will check the order for you now. I will check the order for you now.",
  },
  settings: z.strictObject({
    maxShare: z
      .number()
      .gt(0)
      .max(1)
      .default(0.3)
      .describe(
        "Greatest share of the words (or list items) that lie in the longest passage that occurs again",
      ),
    maxSame: z.int().min(1).default(3).describe("How often one sentence, line or list item may occur"),
    minWords: z.int().min(4).default(20).describe("Texts with fewer words are skipped; lists need 4 items"),
  }),
  prepare:
    (settings) =>
    ({ text, value }): Verdict => {
      if (value !== undefined && isJsonList(value)) {
        if (value.length < 4) return skipped(`has ${value.length} items, too few to call them repeated`);
        const items = value.slice(0, maxUnits).map(canonicalJson);
        return verdictOn(items, items, settings, { one: "item", many: "items" });
      }
      const plain = (value === undefined ? text : stringsIn(value).join("\n"))
        .slice(0, maxText)
        .toLowerCase();
      const words = (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).slice(0, maxUnits);
      if (words.length < settings.minWords) {
        return skipped(`has ${words.length} words, repetition is looked for from ${settings.minWords} on`);
      }
      const lines = plain
        .split(/\n|(?<=[.!?…])\s+/u)
        .map((line) => line.trim())
        .filter((line) => line.length >= shortestLine && /\p{L}/u.test(line));
      return verdictOn(words, lines, settings, { one: "sentence or line", many: "words" });
    },
});

function verdictOn(
  units: readonly string[],
  lines: readonly string[],
  { maxShare, maxSame }: { readonly maxShare: number; readonly maxSame: number },
  named: { readonly one: string; readonly many: string },
): Verdict {
  const often = mostFrequent(lines);
  if (often.times > maxSame) {
    return fail(
      `says the same ${named.one} ${often.times} times ("${shown(often.unit, 80)}"), expected at most ${maxSame}`,
    );
  }
  const repeat = longestRepeat(units);
  const share = repeat === null ? 0 : Math.min(1, (repeat.length * repeat.times) / units.length);
  if (repeat === null || share <= maxShare) return pass();
  const passage = units.slice(repeat.at, repeat.at + Math.min(repeat.length, 30)).join(" ");
  return fail(
    `says ${repeat.length} ${named.many} in a row ${repeat.times} times ("${shown(passage, 80)}"), ${Math.round(share * 100)}% of the whole, expected at most ${Math.round(maxShare * 100)}%`,
  );
}
