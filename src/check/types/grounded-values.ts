import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, pass, skipped } from "../../domain/verdict.js";
import { foldText } from "../../text/fold.js";
import { compilePath } from "../../text/json-path.js";
import { isJsonList } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { compilePattern } from "../../text/pattern.js";
import { pathSetting } from "../../text/setting-types.js";
import { defineCheckType } from "../check-type.js";
import { type Claim, claimKinds } from "../grounding-claims.js";
import { type Facts, factsOf } from "../grounding-facts.js";
import { claimsOf, leavesOf, type PlacedClaim } from "../grounding-places.js";
import { describeMissing } from "../grounding-words.js";
import { patternSetting, wording } from "../setting-kinds.js";

const longestText = 500_000;
const mostClaims = 5_000;

/**
 * Every number, amount, date, time, identifier and name of the output occurs in the input, however either is written.
 * What a field holds is told by its name: labels (category, status, language) and figures of confidence are the
 * automation's own and not looked at; names are looked for where a field says that it holds one (supplier, contact),
 * and elsewhere by title or legal form; links are left to the type `links`. What `on` picks is looked at whatever its
 * name. `within 24 hours` in running text counts only where the input sets a time limit itself. A year may be added to
 * a day without one as long as it lies within a year of the output. Limits: it says that a value occurs, not that it stands in the right place; an ambiguous value (`1.234`, `03/04/2026`)
 * passes when one of its readings occurs; signs and time zones are not compared; a number counts as grounded by any
 * digits of the input, those of an identifier or date included; names are capitalised words of scripts that have
 * capitals, and a wrong name made of words that stand together in the input passes.
 */
export const groundedValues = defineCheckType({
  type: "grounded-values",
  group: "numbers",
  says: "has only values that occur in the input",
  example: {
    settings: {},
    good: {
      text: '{"supplier":"Alder GmbH","total":1249,"due":"2026-03-03"}',
      input: "Alder GmbH · Rechnung INV-004711 · Gesamt 1.249,00 EUR · zahlbar bis 3. März 2026",
    },
    bad: {
      text: '{"supplier":"Alder GmbH","total":1294,"due":"2026-03-03"}',
      input: "Alder GmbH · Rechnung INV-004711 · Gesamt 1.249,00 EUR · zahlbar bis 3. März 2026",
    },
  },
  settings: z.strictObject({
    kinds: z
      .array(z.enum(claimKinds))
      .min(1)
      .default(["numbers", "dates", "ids", "names"])
      .describe(
        "What is looked for; `names` in fields that say they hold one and in what `on` picks, `names-in-fields` in every field, `names-in-text` also in running text, `number-words` such as three",
      ),
    in: pathSetting
      .optional()
      .describe("The part of a structured input that counts, by name or JSONPath; default: all of it"),
    ignore: z
      .array(
        z.union([
          wording,
          z.strictObject({ pattern: patternSetting.describe("RE2 pattern of values that need no ground") }),
        ]),
      )
      .max(1_000)
      .default([])
      .describe("Values that need not occur, such as your own name or telephone number"),
    except: z
      .array(pathSetting)
      .max(100)
      .default([])
      .describe(
        "Fields of the output that are not looked at, by name or JSONPath: labels and other values of your own",
      ),
    ignoreUpTo: z
      .int()
      .min(0)
      .default(0)
      .describe("Whole numbers up to this need not occur: counts such as 2 options"),
    listNumbers: z
      .boolean()
      .default(false)
      .describe("Looks at the numbers of numbered lists in running text as well"),
    allowSums: z
      .boolean()
      .default(false)
      .describe("Accepts sums of neighbouring numbers of the input, and sums and differences of any two"),
    anyYear: z
      .boolean()
      .default(false)
      .describe("Accepts any year that was added to a date without one; default: one near the output"),
  }),
  prepare: (settings) => {
    const path = settings.in === undefined ? null : compilePath(settings.in);
    const options = {
      kinds: new Set(settings.kinds),
      listNumbers: settings.listNumbers,
      except: settings.except.map((one) => compilePath(one)),
    };
    const harmless = new Set(
      settings.ignore.flatMap((one) => (typeof one === "string" ? [foldText(one.trim())] : [])),
    );
    const patterns = settings.ignore.flatMap((one) =>
      typeof one === "string" ? [] : [compilePattern(one.pattern)],
    );
    const ignored = ({ text, kind }: Claim) =>
      harmless.has(foldText(text.trim())) ||
      patterns.some((pattern) => pattern.test(text)) ||
      (kind !== "ids" &&
        kind !== "dates" &&
        /^\d+$/.test(text) &&
        Number(text) <= settings.ignoreUpTo &&
        settings.ignoreUpTo > 0);
    // Several values of one output share one input; it is held only as long as memory is not wanted elsewhere.
    let last: WeakRef<{ readonly input: string; readonly facts: Facts }> | null = null;
    const factsAbout = (input: string): Facts | null => {
      const kept = last?.deref();
      if (kept !== undefined && kept.input === input) return kept.facts;
      const parsed = parseStructured(input);
      const values =
        parsed === undefined || path === null
          ? [parsed ?? input]
          : path.select(parsed).map(({ value }) => value);
      if (values.length === 0) return null;
      const leaves = values.flatMap((value) => leavesOf(value));
      const texts = leaves.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
      const numbers = leaves.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
      const facts = factsOf([...texts, ...values.flatMap(keysOf)], numbers, settings);
      last = new WeakRef({ input, facts });
      return facts;
    };
    return ({ input, text, value, at, place }) => {
      if (input === null || input.trim() === "") return skipped("no input to compare with");
      if (input.length > longestText || text.length > longestText) {
        const longer = Math.max(input.length, text.length);
        return error(`a text has ${longer} characters, ${longestText} are looked at`);
      }
      const facts = factsAbout(input);
      if (facts === null) return skipped(`the input has nothing at ${settings.in}`);
      const claims = claimsOf(value ?? text, {
        ...options,
        promises: facts.setsTimeLimit,
        picked: place,
      }).filter((claim) => !ignored(claim));
      if (claims.length > mostClaims)
        return error(`has ${claims.length} values, ${mostClaims} are looked at`);
      const missing = claims.filter(
        (claim) => !claim.anyOf.some((all) => all.every((fact) => facts.has(fact, at))),
      );
      if (missing.length === 0) return pass({ reason: "has only values that occur in the input" });
      const structured = value !== undefined;
      return fail(describeMissing(missing, { facts, at, structured, picked: place !== null }), {
        score: 1 - missing.length / claims.length,
        excerpt: around(missing[0], text, value),
      });
    };
  },
});

function keysOf(value: Json): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isJsonList(value)) return value.flatMap(keysOf);
  return Object.entries(value).flatMap(([key, member]) => [key, ...keysOf(member)]);
}

function around(claim: PlacedClaim | undefined, text: string, value: Json | undefined): string {
  return claim === undefined || value !== undefined ? text : text.slice(Math.max(0, claim.at - 80));
}
