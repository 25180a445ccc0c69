import { z } from "zod";
import type { Json } from "../../domain/json.js";
import { error, fail, pass, skipped, type Verdict } from "../../domain/verdict.js";
import { compilePath, type JsonPath } from "../../text/json-path.js";
import { textOfJson } from "../../text/json-value.js";
import { parseStructured, whyNoFields } from "../../text/parse-json.js";
import { pathSetting } from "../../text/setting-types.js";
import { quoted } from "../../text/shown.js";
import { defineCheckType, type Subject } from "../check-type.js";
import { dayNumber, enteredAmounts, enteredDay } from "../safety/entered.js";
import { entryFault, fieldRoles } from "../safety/field-entry.js";
import { wording } from "../setting-kinds.js";

const usualRange = z
  .strictObject({
    min: z.number().optional().describe("Least usual amount"),
    max: z.number().optional().describe("Largest usual amount"),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    message: "min is above max; exchange them",
  });
const orderedDays = z.strictObject({
  earlier: pathSetting.describe("Path of the day that comes first, such as the order"),
  later: pathSetting.describe("Path of the day that cannot come before it, such as the delivery"),
});

/**
 * The fields hold what they are for: no placeholders and test data, nothing in the wrong field, no impossible dates, no
 * amounts out of their usual scale (a decimal point that slipped). It knows forms, not facts: a wrong name, a wrong but
 * possible day and a wrong but usual amount pass; a rare real name that looks like a test entry fails (list it in `allow`).
 */
export const dataEntry = defineCheckType({
  type: "data-entry",
  group: "safety",
  says: "holds plausible entries",
  example: {
    settings: {
      where: "output",
      roles: { customer: "name", total: "amount", ordered: "date" },
      usual: { total: { min: 5, max: 5_000 } },
    },
    good: '{"customer":"Lena Hofer","total":129.9,"ordered":"2026-11-03"}',
    bad: '{"customer":"lena@example.com","total":129.9,"ordered":"2026-11-03"}',
  },
  settings: z.strictObject({
    where: z
      .enum(["output", "input", "both"])
      .default("input")
      .describe("Whose fields are looked at: they must be JSON"),
    roles: z
      .record(pathSetting, z.enum(fieldRoles))
      .default({})
      .describe('What each field is for, by its path, such as `{ "$.customer.name": "name" }`'),
    usual: z
      .record(pathSetting, usualRange)
      .default({})
      .describe(
        "Usual range of amounts by path; one outside fails, and the reason says where the decimal point may have slipped",
      ),
    order: z
      .array(orderedDays)
      .max(50)
      .default([])
      .describe("Days of which one cannot come before the other"),
    allow: z
      .array(wording)
      .max(1_000)
      .default([])
      .describe("Entries that are right here although they look odd, in any case"),
  }),
  complaint: ({ roles, usual, order }) =>
    Object.keys(roles).length + Object.keys(usual).length + order.length === 0
      ? 'data-entry needs roles, usual or order; write for example "roles": { "name": "name" }'
      : null,
  prepare: ({ where, roles, usual, order, allow }) => {
    const plain = (entry: string) => entry.trim().normalize("NFC").toLowerCase();
    const allowed = new Set(allow.map(plain));
    const isAllowed = (value: Json) => allowed.has(plain(textOfJson(value)));
    const compiledRoles = Object.entries(roles).map(([path, role]) => ({ path: compilePath(path), role }));
    const ranges = Object.entries(usual).map(([path, range]) => ({ path: compilePath(path), ...range }));
    const pairs = order.map(({ earlier, later }) => ({
      earlier: compilePath(earlier),
      later: compilePath(later),
    }));

    function faultsIn(fields: Json, at: number, within: string): readonly string[] {
      // a day may begin earlier elsewhere
      const until = Number(new Date(at + 86_400_000).toISOString().slice(0, 10).replaceAll("-", ""));
      const entries = compiledRoles.flatMap(({ path, role }) =>
        valuesAt(path, fields).flatMap(({ path: place, value }) => {
          const fault = isAllowed(value) ? null : entryFault(role, textOfJson(value), until);
          return fault === null ? [] : [`${place}${within} ${fault.says}`];
        }),
      );
      const scales = ranges.flatMap(({ path, min, max }) =>
        valuesAt(path, fields).flatMap(({ path: place, value }) => {
          const why = isAllowed(value) ? null : scaleFault(value, { min, max });
          return why === null ? [] : [`${place}${within} ${why}`];
        }),
      );
      return [...entries, ...scales, ...pairs.flatMap((pair) => orderFault(pair, fields, within))];
    }

    return (subject) => judgeFields(subject, where, faultsIn);
  },
});

function judgeFields(
  subject: Subject,
  where: "output" | "input" | "both",
  faultsIn: (fields: Json, at: number, within: string) => readonly string[],
): Verdict {
  const faults: string[] = [];
  let looked = 0;
  if (where !== "input" && typeof subject.value === "object" && subject.value !== null) {
    looked += 1;
    faults.push(...faultsIn(subject.value, subject.at, ""));
  }
  if (where !== "output" && subject.input !== null) {
    const input = parseStructured(subject.input);
    if (input !== undefined) {
      looked += 1;
      faults.push(...faultsIn(input, subject.at, " of the input"));
    }
  }
  const first = faults[0];
  if (first !== undefined) {
    const more = faults.length === 1 ? "" : ` and ${faults.length - 1} more`;
    return fail(`${first}${more}`, { excerpt: faults.slice(0, 3).join("; ") });
  }
  if (looked > 0) return pass({ reason: "holds plausible entries, expected odd ones" });
  if (where === "input" && subject.input === null) return skipped("there is no input to look at");
  const [name, text] = where === "input" ? ["input", subject.input ?? ""] : ["output", subject.text];
  return error(`could not tell: the ${name} ${whyNoFields(text)}`);
}

/** Values that hold something. */
function valuesAt(path: JsonPath, fields: Json) {
  return path
    .select(fields)
    .filter(
      ({ value }) =>
        value !== null && value !== "" && typeof value !== "object" && typeof value !== "boolean",
    );
}

/** How far a decimal point commonly slips: cents taken for units, a place too many or too few. */
const slips = [100, 10, 1_000];

/** null where one of the readings is usual: `1,250` may be meant as 1250. */
function scaleFault(
  value: Json,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): string | null {
  const amounts = enteredAmounts(value);
  const isUsual = (one: number) =>
    one >= (min ?? Number.NEGATIVE_INFINITY) && one <= (max ?? Number.POSITIVE_INFINITY);
  if (amounts.length === 0 || amounts.some(isUsual)) return null;
  const meant = amounts
    .filter((amount) => amount !== 0)
    .flatMap((amount) =>
      slips.map((slip) => (max !== undefined && amount > max ? amount / slip : amount * slip)),
    )
    .find(isUsual);
  const hint =
    meant === undefined ? "" : `; ${Number(meant.toFixed(2))} would be usual: has the decimal point slipped?`;
  return `is ${quoted(value)}, expected ${rangeWords(min, max)}${hint}`;
}

function rangeWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}

function orderFault(
  pair: { earlier: JsonPath; later: JsonPath },
  fields: Json,
  within: string,
): readonly string[] {
  const [first] = valuesAt(pair.earlier, fields);
  const [second] = valuesAt(pair.later, fields);
  if (first === undefined || second === undefined) return [];
  const before = enteredDay(textOfJson(first.value));
  const after = enteredDay(textOfJson(second.value));
  if (before === null || after === null || dayNumber(after) >= dayNumber(before)) return [];
  return [
    `${second.path}${within} is ${quoted(second.value)}, before ${first.path}${within} (${quoted(first.value)}), expected the other way round`,
  ];
}
