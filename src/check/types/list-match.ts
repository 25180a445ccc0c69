import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, skipped } from "../../domain/verdict.js";
import { roundedDown } from "../../measure/rounding.js";
import { isJsonList } from "../../text/json-value.js";
import { parseStructured } from "../../text/parse-json.js";
import { quoted, quotedList, shown } from "../../text/shown.js";
import { defineCheckType, passing } from "../check-type.js";
import { itemComplaint, listItemSettings, prepareItems } from "../compared-fields.js";
import { expectedFor, expectedSetting, noReference } from "../expected.js";
import { type Compared, type ComparedFields, comparedPairs } from "../field-comparison.js";
import { plainKey } from "../field-rules.js";
import { mostPairs, type Pairing, pairItems } from "../list-pairing.js";
import { wording } from "../setting-kinds.js";
import { seenIn } from "../subject.js";

/** Longest list; longer ones are compared by equality alone, up to here. */
const mostItems = 10_000;
const namedChanges = 3;

/** The list has the items of the known-good one, whatever their order. */
export const listMatch = defineCheckType({
  type: "list-match",
  group: "reference",
  says: "has the items of the known list",
  example: {
    settings: { on: "lines", fields: { amount: { number: { abs: 0.01 } } } },
    good: {
      text: '{"lines":[{"sku":"B-2","amount":60},{"sku":"A-1","amount":39.5}]}',
      reference: {
        lines: [
          { sku: "A-1", amount: 39.5 },
          { sku: "B-2", amount: 60 },
        ],
      },
    },
    bad: {
      text: '{"lines":[{"sku":"B-2","amount":6}]}',
      reference: {
        lines: [
          { sku: "A-1", amount: 39.5 },
          { sku: "B-2", amount: 60 },
        ],
      },
    },
  },
  settings: z.strictObject({
    expected: expectedSetting,
    ...listItemSettings,
    separator: wording
      .optional()
      .describe('For a list written as text: what stands between the items, such as "," or a line break'),
    minF1: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe("Least F1 of items: twice those that match, by items of the output and of the known list"),
  }),
  complaint: itemComplaint,
  prepare: ({ expected, separator, minF1, ...item }) => {
    const fields = prepareItems(item);
    const exact = fields.rules.length === 0 && fields.otherwise === "exact";
    return (subject) => {
      const known = expectedFor(subject, expected);
      if (known === null) return noReference();
      const wanted = itemsOf(known, separator);
      if (wanted === null) return skipped("the reference is not a list");
      const seen = itemsOf(seenIn(subject), separator);
      if (seen === null) return fail(`is ${quoted(subject.text)}, expected a list of ${wanted.length} items`);
      if (Math.max(seen.length, wanted.length) > mostItems) {
        return error(`a list has more than ${mostItems} items`);
      }
      const compared = exact ? compareEqual(seen, wanted, fields) : compareBest(seen, wanted, fields);
      const { matched } = compared;
      const score = seen.length + wanted.length === 0 ? 1 : (2 * matched) / (seen.length + wanted.length);
      if (score >= minF1)
        return passing(() => `has the items it must not have (F1 ${roundedDown(score)})`, { score });
      const limit = minF1 === 1 ? "" : ` (F1 ${roundedDown(score)}, expected at least ${minF1})`;
      return fail(`has ${matched} of ${wanted.length} known items${limit}: ${compared.said.join("; ")}`, {
        score,
      });
    };
  },
});

/** null: not a list, neither as JSON nor as text. */
function itemsOf(value: Json, separator: string | undefined): readonly Json[] | null {
  if (isJsonList(value)) return value;
  if (typeof value !== "string") return null;
  const parsed = parseStructured(value);
  if (parsed !== undefined) return isJsonList(parsed) ? parsed : null;
  if (separator === undefined) return null;
  return value
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

interface ListCompared {
  readonly matched: number;
  readonly said: readonly string[];
}

/** Equal items are paired at once, in lists of any length; only what is left is searched for changed ones. */
function compareEqual(seen: readonly Json[], wanted: readonly Json[], fields: ComparedFields): ListCompared {
  const left = new Map<string, Json[]>();
  for (const item of seen) {
    const key = plainKey(item);
    const alike = left.get(key) ?? [];
    alike.push(item);
    left.set(key, alike);
  }
  const missing = wanted.filter((item) => left.get(plainKey(item))?.pop() === undefined);
  const extra = [...left.values()].flat();
  const matched = wanted.length - missing.length;
  const isPlain = (item: Json) => typeof item !== "object";
  if (missing.length * extra.length > mostPairs && missing.every(isPlain)) {
    return { matched, said: unpaired(missing, extra) };
  }
  const rest = compareBest(extra, missing, fields);
  return { matched: matched + rest.matched, said: rest.said };
}

function compareBest(seen: readonly Json[], wanted: readonly Json[], fields: ComparedFields): ListCompared {
  const pairing = pairItems(seen, wanted, comparedPairs(seen, wanted, fields));
  const changed = pairing.pairs.filter((pair) => pair.compared.differences.length > 0);
  const itemsAt = (places: readonly number[], list: readonly Json[]) => places.map((at) => list[at] ?? null);
  return {
    matched: pairing.pairs.length - changed.length,
    said: [
      ...unpaired(itemsAt(pairing.missing, wanted), itemsAt(pairing.extra, seen)),
      ...saidChanges(changed, wanted),
    ],
  };
}

function unpaired(missing: readonly Json[], extra: readonly Json[]): readonly string[] {
  return [
    ...(missing.length === 0 ? [] : [`missing ${quotedList(missing, "and")}`]),
    ...(extra.length === 0 ? [] : [`not expected ${quotedList(extra, "and")}`]),
  ];
}

/** `changed {"sku":"A-1"}: amount is 9, expected 10`. */
function saidChanges(changed: Pairing<Compared>["pairs"], wanted: readonly Json[]): readonly string[] {
  const named = changed.slice(0, namedChanges).map(({ wantedAt, compared }) => {
    const fields = compared.differences.slice(0, 2).map(({ path, said }) => {
      const field = path.replace(/^\$\.?/, "");
      return field === "" ? said : `${shown(field)} ${said}`;
    });
    const [only] = compared.differences;
    if (only?.path === "$") return `changed: ${fields.join(", ")}`;
    return `changed in ${quoted(wanted[wantedAt] ?? null, 40)}: ${fields.join(", ")}`;
  });
  const more = changed.length - named.length;
  return more > 0 ? [...named, `and ${more} more changed`] : named;
}
