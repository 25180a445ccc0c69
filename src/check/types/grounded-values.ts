import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, pass, skipped } from "../../domain/verdict.js";
import { foldText } from "../../text/fold.js";
import { compilePath } from "../../text/json-path.js";
import { isJsonList } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { compilePattern } from "../../text/pattern.js";
import { shown } from "../../text/shown.js";
import { defineCheckType } from "../check-type.js";
import { type Claim, type ClaimOptions, claimKinds, claimOfNumber, claimsIn } from "../grounding-claims.js";
import { type Facts, factsOf } from "../grounding-facts.js";
import { nearestFact } from "../grounding-nearest.js";
import { pathSetting, patternSetting, wording } from "../setting-kinds.js";

const longestText = 500_000;
const mostClaims = 5_000;
const namedValues = 4;

interface PlacedClaim extends Claim {
  readonly path: string;
}

/**
 * Every number, amount, date, time, identifier and name of the output occurs in the input, however either is written.
 * Limits: it says that a value occurs, not that it stands in the right place; an ambiguous value (`1.234`, `03/04/2026`)
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
        "What is looked for; `names` in the fields of structured outputs, `names-in-text` also in running text, `number-words` such as three",
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
    anyYear: z.boolean().default(false).describe("Accepts a year that was added to a date without one"),
  }),
  prepare: (settings) => {
    const path = settings.in === undefined ? null : compilePath(settings.in);
    const options = { kinds: new Set(settings.kinds), listNumbers: settings.listNumbers };
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
      const leaves = values.flatMap((value) => leavesOf(value, ""));
      const texts = leaves.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
      const numbers = leaves.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
      const facts = factsOf([...texts, ...values.flatMap(keysOf)], numbers, settings);
      last = new WeakRef({ input, facts });
      return facts;
    };
    return ({ input, text, value }) => {
      if (input === null || input.trim() === "") return skipped("no input to compare with");
      if (input.length > longestText || text.length > longestText) {
        const longer = Math.max(input.length, text.length);
        return error(`a text has ${longer} characters, ${longestText} are looked at`);
      }
      const facts = factsAbout(input);
      if (facts === null) return skipped(`the input has nothing at ${settings.in}`);
      const claims = claimsOf(value ?? text, options).filter((claim) => !ignored(claim));
      if (claims.length > mostClaims)
        return error(`has ${claims.length} values, ${mostClaims} are looked at`);
      const missing = claims.filter(
        (claim) => !claim.anyOf.some((all) => all.every((fact) => facts.has(fact))),
      );
      if (missing.length === 0) return pass({ reason: "has only values that occur in the input" });
      return fail(describe(missing, facts, value !== undefined), {
        score: 1 - missing.length / claims.length,
        excerpt: around(missing[0], text, value),
      });
    };
  },
});

/** A value inside a document and its place, such as `lines[0].amount`. */
interface Leaf {
  readonly path: string;
  readonly value: Json;
}

function leavesOf(value: Json, path: string): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  if (isJsonList(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  return Object.entries(value).flatMap(([key, member]) =>
    leavesOf(member, path === "" ? key : `${path}.${key}`),
  );
}

function keysOf(value: Json): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (isJsonList(value)) return value.flatMap(keysOf);
  return Object.entries(value).flatMap(([key, member]) => [key, ...keysOf(member)]);
}

function claimsOf(value: Json, options: Omit<ClaimOptions, "field">): readonly PlacedClaim[] {
  const field = typeof value === "object" || typeof value === "number";
  return leavesOf(value, "").flatMap(({ path, value: leaf }) => {
    if (typeof leaf === "number")
      return options.kinds.has("numbers") ? [{ ...claimOfNumber(leaf), path }] : [];
    if (typeof leaf !== "string") return [];
    return claimsIn(leaf, { ...options, field }).map((claim) => ({ ...claim, path }));
  });
}

function describe(missing: readonly PlacedClaim[], facts: Facts, structured: boolean): string {
  const named = missing.slice(0, namedValues).map((claim) => {
    const place = claim.path === "" ? "" : `${shown(claim.path)} `;
    const offset = claim.at > 0 || !structured ? ` at character ${claim.at + 1}` : "";
    return { said: `${place}${shown(claim.text)}${offset}`, near: nearestFact(claim, facts) };
  });
  const [first] = named;
  if (missing.length === 1 && first !== undefined) {
    const instead = first.near === null ? "" : `; the input has ${shown(first.near)}`;
    return `${first.said} is not in the input${instead}`;
  }
  const list = named.map(({ said, near }) =>
    near === null ? said : `${said} (the input has ${shown(near)})`,
  );
  const more = missing.length - named.length;
  return `${missing.length} values are not in the input: ${list.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function around(claim: PlacedClaim | undefined, text: string, value: Json | undefined): string {
  return claim === undefined || value !== undefined ? text : text.slice(Math.max(0, claim.at - 80));
}
